import { type Locale, ok, parseId, refuse, type StateCode } from '@parley/kernel'
import {
  empty,
  errorSummary,
  type FormView,
  href,
  html,
  type Html,
  linkButton,
  moment,
  nothing,
  select,
  table,
} from '@parley/web'
import { z } from 'zod'
import { recordViewing } from '../../platform/history/record-viewing.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import { suspensionFields, suspensionInputs } from '../accounts/index.ts'
import type { Community } from '../community/index.ts'
import { text } from './locales/index.ts'
import { lastUsed, scopesOf, standingMark } from './our-tokens.page.ts'
import { tokensRoute } from './routes.ts'
import { listTokens } from './store.ts'
import { suspendToken } from './suspend-token.ts'
import { standingOf, type Token } from './token.ts'

const unknownState = refuse({ code: 'web/not-found', kind: 'absent' })

/** For the manager's page of a State: that its systems have tokens, and the way to them. */
export function tokensSection(community: Community) {
  return async (
    { locale, tx, now }: Pick<DirectoryScope, 'locale' | 'tx' | 'now'>,
    state: StateCode,
  ): Promise<Html> => {
    const t = text(locale)
    const live = (await listTokens(tx, state)).filter((token) => isInUse(token, now))
    if (live.length === 0) return html``
    const label = t('of-state.title', { state: community.stateName(state, locale) })
    return html`<h2>${t('of-state.section')}</h2>
      <p>${t('of-state.count', { count: live.length })}</p>
      <p>${linkButton(href(locale, tokensRoute, { state }), label)}</p>`
  }
}

function isInUse(token: Token, now: Date): boolean {
  return ['live', 'suspended'].includes(standingOf(token, now))
}

/** The tokens of a State without their addresses of use; looking at them is a line of its history (RULE-9). */
export function tokensOfStatePage(community: Community): DirectoryPage {
  return page({
    route: tokensRoute,
    verb: 'tokens.of-state',
    read: async (scope, state) => {
      const { locale, tx, now, params } = scope
      const code = community.findState(params.state)?.code
      if (!code) return unknownState
      await recordViewing(scope, { verb: 'tokens.viewed', subject: `state:${code}`, state: code })
      const t = text(locale)
      const tokens = await listTokens(tx, code)
      const title = t('of-state.title', { state: community.stateName(code, locale) })
      const live = tokens.filter((token) => standingOf(token, now) === 'live')
      const view = formView(scope, state)
      const body = html`<h1>${title}</h1>
        <p class="lede">${t('of-state.lede')}</p>
        ${errorSummary(view)} ${tokens.length === 0 ? empty(t('of-state.none')) : list(locale, now, tokens)}
        ${live.length === 0 ? nothing : suspending(view, live)}`
      return ok({ title, body })
    },
  })
}

function suspending(view: FormView, live: readonly Token[]): Html {
  const t = text(view.locale)
  return html`<h2>${t('suspend.title')}</h2>
    <p>${t('suspend.lede')}</p>
    <form method="post">
      ${select(view, {
        name: 'token',
        label: t('field.token'),
        options: live.map(({ id, name }) => ({ value: id, label: name })),
      })}
      ${suspensionInputs(view)}
    </form>`
}

function list(locale: Locale, now: Date, tokens: readonly Token[]): Html {
  const t = text(locale)
  return table(
    t('ours.list'),
    [t('field.name'), t('field.scopes'), t('token.until'), t('token.last-used')],
    tokens.map((token) => [
      html`<bdi>${token.name}</bdi> ${standingMark(locale, now, token)}`,
      scopesOf(locale, token),
      moment(locale, token.expiresAt, 'date'),
      lastUsed(locale, token),
    ]),
  )
}

export function suspendTokenForm(community: Community, on: DirectoryPage): DirectoryForm {
  return form({
    route: tokensRoute,
    verb: 'tokens.of-state',
    fields: suspensionFields.extend({ token: z.string().default('') }),
    on,
    act: async (scope, { token, ...typed }) => {
      const code = community.findState(scope.params.state)?.code
      return code ? suspendToken(scope, code, parseId(token), typed) : unknownState
    },
    next: ({ locale, params }) => href(locale, tokensRoute, { state: params.state }),
  })
}
