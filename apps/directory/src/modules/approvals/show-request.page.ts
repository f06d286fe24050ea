import { ok, type Refusal, refuse } from '@parley/kernel'
import { actButton, errorSummary, facts, href, html, type Html, moment, writeRelative } from '@parley/web'
import type { ActScope, WaitingAct } from '../../platform/dual-control/dual-act.ts'
import { approvalRoute } from '../../platform/dual-control/dual-control.ts'
import { findRequest, type Request } from '../../platform/dual-control/requests.ts'
import { type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import { proofNotice } from '../accounts/index.ts'
import { titleOf } from './list-requests.page.ts'
import { text } from './locales/index.ts'
import { approvalsRoute, approveRoute, declineRoute, withdrawRequestRoute } from './routes.ts'

export const unknownRequest: Refusal = { code: 'approvals/request-unknown', kind: 'absent' }

/** One request: who asks, the exact change, and what this manager may do about it. */
export function requestPage(acts: readonly WaitingAct[]): DirectoryPage {
  return page({
    route: approvalRoute,
    verb: 'approvals.read',
    read: async (scope, form) => {
      const { locale, tx, now, params } = scope
      const request = await findRequest(tx, now, params.request)
      if (!request) return refuse(unknownRequest)
      const t = text(locale)
      const title = titleOf(scope, acts, request)
      const until = request.lapsesAt.getTime() - now.getTime()
      const body = html`<p><a href="${href(locale, approvalsRoute)}">${t('approvals.title')}</a></p>
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
        ${await changeOf(scope, acts, request)} ${buttons(scope, request)}`
      return ok({ title, body, width: 'narrow' })
    },
  })
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

function buttons({ locale, actor }: ActScope, request: Request): Html {
  const t = text(locale)
  if (request.status !== 'waiting' || actor.role !== 'manager') return html``
  const here = { request: request.id }
  if (request.askedBy === actor.account) {
    return html`<p>${t('request.own')}</p>
      ${actButton(href(locale, withdrawRequestRoute, here), t('request.withdraw'), 'stop')}`
  }
  return html`<div class="row">
    ${actButton(href(locale, approveRoute, here), t('request.approve'), 'main')}
    ${actButton(href(locale, declineRoute, here), t('request.decline'), 'stop')}
  </div>`
}
