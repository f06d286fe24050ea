import { type Locale, ok } from '@parley/kernel'
import {
  errorSummary,
  href,
  html,
  type Html,
  linkButton,
  nothing,
  notice,
  tickBox,
  writeDuration,
} from '@parley/web'
import type { WaitingAct } from '../../platform/dual-control/dual-act.ts'
import { countWaiting, listRequests } from '../../platform/dual-control/requests.ts'
import {
  findOwnRule,
  ourApprovalsRoute,
  type TwoPersonRule,
} from '../../platform/dual-control/two-person-rule.ts'
import { type DirectoryPage, type DirectoryScope, formView, page } from '../../platform/pages/scope.ts'
import { countOthersOfMission, ourUsersRoute, proofNotice } from '../accounts/index.ts'
import { isSeenBy, ofState } from './circle.ts'
import { requestsOf } from './list-requests.page.ts'
import { text } from './locales/index.ts'
import { ownRuleRoute } from './routes.ts'

/** What waits for a second person of the State, and for what the State asks two. */
export function ourApprovalsPage(rule: TwoPersonRule, acts: readonly WaitingAct[]): DirectoryPage {
  return page({
    route: ourApprovalsRoute,
    verb: ofState.verbs.read,
    read: async (scope, form) => {
      const { locale, tx, now, actor } = scope
      const t = text(locale)
      const among = ofState.amongOf(actor)
      const all = among ? await listRequests(tx, now, among) : []
      const requests = all.filter((request) => isSeenBy(ofState, actor, request))
      const body = html`<h1>${t('ours.title')}</h1>
        <p class="lede">${t('ours.lede', { lasts: writeDuration(locale, rule.requestLasts) })}</p>
        ${errorSummary(formView(scope, form))} ${proofNotice(scope)}
        ${requestsOf(ofState, scope, acts, requests, t('ours.none'))}
        ${actor.role === 'mission' ? await ruleOf(scope, actor, form) : nothing}`
      return ok({ title: t('ours.title'), body, width: 'narrow' })
    },
  })
}

type Mission = Extract<DirectoryScope['actor'], { readonly role: 'mission' | 'contributor' }>

async function ruleOf(
  scope: Pick<DirectoryScope, 'locale' | 'tx' | 'texts'>,
  { state, account }: Mission,
  form: Parameters<DirectoryPage['respond']>[1],
): Promise<Html> {
  const { locale, tx } = scope
  const t = text(locale)
  const own = await findOwnRule(tx, state)
  const isOn = own.entries || own.users
  const isLonely = (await countOthersOfMission(tx, state, account)) === 0
  const view = formView(scope, form)
  const invite = html`<p>${t('ours.one-person')}</p>
    ${linkButton(href(locale, ourUsersRoute), t('ours.invite'))}`
  return html`<h2>${t('ours.rule-title')}</h2>
    <p>${t('ours.voluntary')}</p>
    ${
      isLonely
        ? notice(
            isOn
              ? html`<p>${t('ours.alone-now')}</p>
                  ${invite}`
              : invite,
            'warn',
          )
        : nothing
    }
    ${
      isLonely && !isOn
        ? nothing
        : html`<form method="post" action="${href(locale, ownRuleRoute)}">
            ${tickBox(view, { name: 'entries', label: t('ours.entries'), help: t('ours.entries-means'), ticked: own.entries })}
            ${tickBox(view, { name: 'users', label: t('ours.users'), help: t('ours.users-means'), ticked: own.users })}
            <p>${t('ours.mission-means')}</p>
            <button class="button main">${t('ours.save')}</button>
          </form>`
    }
    <h3>${t('ours.limits')}</h3>
    <ul>
      <li>${t('ours.never')}</li>
      <li>${t('ours.manager')}</li>
      <li>${t('ours.alone')}</li>
      <li>${t('ours.seen')}</li>
    </ul>`
}

/** On the start page of a Mission: that something waits for this person. */
export async function waitingForSecond({
  tx,
  locale,
  actor,
  now,
}: Pick<DirectoryScope, 'tx' | 'locale' | 'actor' | 'now'>): Promise<Html> {
  if (actor.role !== 'mission') return nothing
  const count = await countWaiting(tx, now, actor.account, { state: actor.state })
  if (count === 0) return nothing
  return notice(
    html`<a href="${href(locale, ourApprovalsRoute)}">${text(locale)('ours.count', { count })}</a>`,
    'warn',
  )
}

/** The way to the rule, on the start page of a Mission. */
export function toOurApprovals(locale: Locale): Html {
  const t = text(locale)
  return html`<h2>${t('ours.title')}</h2>
    <p>${t('ours.short')}</p>
    ${linkButton(href(locale, ourApprovalsRoute), t('ours.open'))}`
}
