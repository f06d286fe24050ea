import { ok, type Refusal, refuse } from '@parley/kernel'
import { actButton, errorSummary, facts, href, html, type Html, moment, writeRelative } from '@parley/web'
import type { ActScope, WaitingAct } from '../../platform/dual-control/dual-act.ts'
import { findRequest, type Request } from '../../platform/dual-control/requests.ts'
import { type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import type { Actor } from '../../platform/session/actor.ts'
import { proofNotice } from '../accounts/index.ts'
import { type Circle, isSeenBy } from './circle.ts'
import { titleOf } from './list-requests.page.ts'
import { text } from './locales/index.ts'

export const unknownRequest: Refusal = { code: 'approvals/request-unknown', kind: 'absent' }

/** One request: who asks, the exact change, and what this person may do about it. */
export function requestPage(circle: Circle, acts: readonly WaitingAct[]): DirectoryPage {
  return page({
    route: circle.routes.request,
    verb: circle.verbs.read,
    read: async (scope, form) => {
      const { locale, now } = scope
      const request = await requestAt(circle, scope)
      if (!request) return refuse(unknownRequest)
      const t = text(locale)
      const title = titleOf(scope, acts, request)
      const until = request.lapsesAt.getTime() - now.getTime()
      const body = html`<p><a href="${href(locale, circle.list)}">${t(circle.says.title)}</a></p>
        <h1>${title}</h1>
        ${errorSummary(formView(scope, form))} ${request.status === 'waiting' ? proofNotice(scope) : ''}
        ${facts([
          [t('request.status'), t(`status.${request.status}`)],
          [t('request.asker'), html`<bdi>${request.askerName}</bdi>`],
          [t('request.asked'), moment(locale, request.askedAt)],
          [
            t('request.lapses'),
            request.status === 'waiting'
              ? html`${moment(locale, request.lapsesAt)} (${writeRelative(locale, until)})`
              : undefined,
          ],
          [t('request.decided'), request.decidedAt && moment(locale, request.decidedAt)],
        ])}
        ${await changeOf(scope, acts, request)} ${buttons(circle, scope, request)}`
      return ok({ title, body, width: 'narrow' })
    },
  })
}

/** The request of an address, if this person may see it; held where it is to be decided. */
export async function requestAt(
  circle: Circle,
  {
    tx,
    now,
    actor,
    params,
  }: Pick<ActScope, 'tx' | 'now'> & {
    readonly actor: Actor
    readonly params: { readonly request: string }
  },
  use?: 'hold',
): Promise<Request | undefined> {
  const among = circle.amongOf(actor)
  // What is decided already is not held: row-level security lets nobody change it.
  const found =
    among &&
    ((use && (await findRequest(tx, now, params.request, among, use))) ??
      (await findRequest(tx, now, params.request, among)))
  return found && isSeenBy(circle, actor, found) ? found : undefined
}

async function changeOf(
  scope: ActScope,
  acts: readonly WaitingAct[],
  { act: name, status, input }: Request,
): Promise<Html> {
  const t = text(scope.locale)
  const act = acts.find((each) => each.name === name)
  if (status !== 'waiting' || input === undefined || !act) return html`<p>${t('request.over')}</p>`
  return html`<h2>${t('request.change')}</h2>
    ${await act.describe(scope, input)}`
}

function buttons({ says, routes, mayDecide }: Circle, { locale, actor }: ActScope, request: Request): Html {
  const t = text(locale)
  if (request.status !== 'waiting' || !('account' in actor)) return html``
  const here = { request: request.id }
  if (request.askedBy === actor.account) {
    return html`<p>${t(says.own)}</p>
      ${actButton(href(locale, routes.withdraw, here), t('request.withdraw'), 'stop')}`
  }
  if (!mayDecide(actor)) return html``
  return html`<div class="row">
    ${actButton(href(locale, routes.approve, here), t('request.approve'), 'main')}
    ${actButton(href(locale, routes.decline, here), t('request.decline'), 'stop')}
  </div>`
}
