import { type Locale, ok, parseId, refuse, type StateCode } from '@parley/kernel'
import {
  actButton,
  chip,
  choices,
  empty,
  errorSummary,
  hidden,
  href,
  html,
  type Html,
  line,
  linkButton,
  ltr,
  moment,
  nothing,
  select,
  several,
  table,
  textField,
  tick,
  tickBox,
  type View,
  writeNumber,
} from '@parley/web'
import { z } from 'zod'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import { proofNotice, requireProof } from '../accounts/index.ts'
import { issueToken, lifetimes } from './issue-token.ts'
import type { TokensNeeds } from './needs.ts'
import { text } from './locales/index.ts'
import { revokeToken } from './revoke-token.ts'
import { ourTokensRoute, revokeTokenRoute } from './routes.ts'
import { listTokens } from './store.ts'
import { most, scopes, standingOf, type Token } from './token.ts'

/** POC-12: the tokens of a Mission's State, what each may do, and a form for a new one. */
export function ourTokensPage(needs: Pick<TokensNeeds, 'apiRoute' | 'fingerprint'>): DirectoryPage {
  return page({
    route: ourTokensRoute,
    verb: 'tokens.ours',
    read: async (scope, state) => {
      const { locale, tx, now, actor } = scope
      const t = text(locale)
      const own = stateOf(actor)
      const tokens = own ? await listTokens(tx, own) : []
      const view = formView(scope, state)
      const body = html`<h1>${t('ours.title')}</h1>
        <p class="lede">${t('ours.lede')}</p>
        ${errorSummary(view)}${proofNotice(scope)}
        ${tokens.length === 0 ? empty(t('ours.none')) : listOfTokens(locale, now, tokens)}
        <h2>${t('issue.title')}</h2>
        <form method="post">
          ${textField(view, {
            name: 'name',
            label: t('field.name'),
            help: html`${t('field.name.help')} ${t('help.no-incidents')}`,
            required: true,
          })}
          ${choices(view, {
            name: 'scopes',
            label: t('field.scopes'),
            kind: 'checkbox',
            options: scopes.map((value) => ({
              value,
              label: t(`scope.${value}`),
              help: t(`scope.${value}.help`, { states: writeNumber(locale, most.states) }),
            })),
          })}
          ${tickBox(view, { name: 'copies', label: t('field.copies') })}
          ${select(view, {
            name: 'days',
            label: t('field.days'),
            value: '90',
            options: lifetimes.map((days) => ({ value: String(days), label: t('days', { count: days }) })),
          })}
          <button class="button main">${t('issue.do')}</button>
        </form>
        ${await needs.fingerprint.section(locale, tx)}
        <p class="small"><a href="${href(locale, needs.apiRoute)}">${t('ours.developers')}</a></p>`
      return ok({ title: t('ours.title'), body })
    },
  })
}

function listOfTokens(locale: Locale, now: Date, tokens: readonly Token[]): Html {
  const t = text(locale)
  return table(
    t('ours.list'),
    [t('field.name'), t('field.scopes'), t('token.until'), t('token.last-used'), t('token.from'), ''],
    tokens.map((token) => [
      html`<bdi>${token.name}</bdi> ${standingMark(locale, now, token)}`,
      scopesOf(locale, token),
      moment(locale, token.expiresAt, 'date'),
      lastUsed(locale, token),
      token.lastUsedFrom === undefined ? '–' : ltr(token.lastUsedFrom),
      ['live', 'suspended'].includes(standingOf(token, now))
        ? actButton(href(locale, revokeTokenRoute), t('revoke.do'), 'stop', hidden('token', token.id))
        : nothing,
    ]),
  )
}

export function scopesOf(locale: Locale, { scopes: of }: Token): Html {
  return html`${of.map((scope) => html`<div>${text(locale)(`scope.${scope}`)}</div>`)}`
}

export function lastUsed(locale: Locale, { lastUsedAt }: Token): Html | string {
  return lastUsedAt ? moment(locale, lastUsedAt) : text(locale)('token.never')
}

/** Whether a token works; of a suspended one until when and why. */
export function standingMark(locale: Locale, now: Date, token: Token): Html {
  const t = text(locale)
  const standing = standingOf(token, now)
  if (standing === 'live') return nothing
  if (standing !== 'suspended' || !token.suspended) return chip(t(`standing.${standing}`))
  const { until, because } = token.suspended
  return html`${chip(t('standing.suspended'), 'warn')}
    <div class="small">
      ${t.html('suspended.until', { until: moment(locale, until) })} <bdi>${because}</bdi>
    </div>`
}

const scope = z.enum(scopes)

const wanted = z
  .object({
    name: line(100),
    scopes: several(scope, scopes.length).refine((some) => some.length > 0, { error: 'field/required' }),
    copies: tick,
    days: z.coerce.number().pipe(z.literal(lifetimes)),
  })
  .refine(({ scopes: some, copies }) => copies || !some.includes('address-book'), {
    path: ['copies'],
    error: 'tokens/copies-not-accepted',
  })

export function issueTokenForm(needs: TokensNeeds, on: DirectoryPage): DirectoryForm {
  return form({
    route: ourTokensRoute,
    verb: 'tokens.ours',
    fields: wanted,
    on,
    act: async (asked, input) => {
      const state = stateOf(asked.actor)
      return state
        ? issueToken(asked, needs.keys, state, input)
        : refuse({ code: 'web/forbidden', kind: 'forbidden' })
    },
    next: ({ locale }, secret) => issued(needs, locale, secret),
  })
}

/** The one time that a token is shown. */
function issued({ origin, apiRoute }: TokensNeeds, locale: Locale, secret: string): View {
  const t = text(locale)
  const curl = `curl -H 'Authorization: Bearer ${secret}' ${new URL('/api/v1/token', origin).href}`
  const body = html`<h1>${t('issued.title')}</h1>
    <p class="lede">${t('issued.once')}</p>
    <pre class="letter" dir="ltr">${secret}</pre>
    <h2>${t('issued.try')}</h2>
    <pre class="letter" dir="ltr">${curl}</pre>
    <p>${t.html('issued.address-book', { address: ltr(new URL('/carddav/', origin).href) })}</p>
    <p><a href="${href(locale, apiRoute)}">${t('ours.developers')}</a></p>
    ${linkButton(href(locale, ourTokensRoute), t('issued.kept'))}`
  return { title: t('issued.title'), body, width: 'narrow' }
}

export function revokeTokenForm(on: DirectoryPage): DirectoryForm {
  return form({
    route: revokeTokenRoute,
    verb: 'tokens.ours',
    fields: z.object({ token: z.string().default('') }),
    on,
    act: async (asked, { token }) => {
      const proof = requireProof(asked)
      if (!proof.ok) return proof
      const state: StateCode | undefined = stateOf(asked.actor)
      if (!state) return refuse({ code: 'web/forbidden', kind: 'forbidden' })
      return revokeToken(asked, state, parseId(token))
    },
    next: ({ locale }) => href(locale, ourTokensRoute),
  })
}
