import { ok } from '@parley/kernel'
import {
  actButton,
  chip,
  empty,
  errorSummary,
  href,
  html,
  type Html,
  moment,
  table,
  writeDuration,
} from '@parley/web'
import type { ActScope, WaitingAct } from '../../platform/dual-control/dual-act.ts'
import type { DualControl } from '../../platform/dual-control/dual-control.ts'
import { listRequests, type Request } from '../../platform/dual-control/requests.ts'
import { type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import { proofNotice } from '../accounts/index.ts'
import { type Circle, managers } from './circle.ts'
import { text } from './locales/index.ts'
import { approvalsRoute, switchOffRoute, switchOnRoute } from './routes.ts'

/** What waits for a second manager, what became of the rest, and whether dual control is on. */
export function listRequestsPage(dual: DualControl, acts: readonly WaitingAct[]): DirectoryPage {
  return page({
    route: approvalsRoute,
    verb: 'approvals.read',
    read: async (scope, form) => {
      const { locale, tx, now } = scope
      const t = text(locale)
      const requests = await listRequests(tx, now, 'managers')
      const isOn = await dual.isOn(tx)
      const body = html`<h1>${t('approvals.title')}</h1>
        <p class="lede">${t('approvals.lede', { lasts: writeDuration(locale, dual.requestLasts) })}</p>
        ${errorSummary(formView(scope, form))} ${proofNotice(scope)}
        ${requestsOf(managers, scope, acts, requests, t('approvals.none'))}
        <h2>${t('switch.title')}</h2>
        <p>${isOn ? t('switch.is-on') : t('switch.is-off')}</p>
        ${
          isOn
            ? actButton(href(locale, switchOffRoute), t('switch.off'), 'stop')
            : actButton(href(locale, switchOnRoute), t('switch.on'), 'main')
        }`
      return ok({ title: t('approvals.title'), body })
    },
  })
}

/** Those that wait, and below them what became of the others. */
export function requestsOf(
  circle: Circle,
  scope: ActScope,
  acts: readonly WaitingAct[],
  requests: readonly Request[],
  none: string,
): Html {
  const t = text(scope.locale)
  const waiting = requests.filter(({ status }) => status === 'waiting')
  const over = requests.filter(({ status }) => status !== 'waiting')
  const waits = t(circle.says.waiting)
  return html`<h2>${waits}</h2>
    ${waiting.length === 0 ? empty(none) : requestsTable(circle, scope, acts, waiting, waits)}
    ${
      over.length === 0
        ? ''
        : html`<h2>${t('approvals.over')}</h2>
            ${requestsTable(circle, scope, acts, over, t('approvals.over'))}`
    }`
}

function requestsTable(
  circle: Circle,
  scope: ActScope,
  acts: readonly WaitingAct[],
  requests: readonly Request[],
  caption: string,
): Html {
  const { locale } = scope
  const t = text(locale)
  return table(
    caption,
    [t('request.what'), t('request.asker'), t('request.asked'), t('request.status')],
    requests.map((request) => [
      html`<a href="${href(locale, circle.routes.request, { request: request.id })}"
        >${titleOf(scope, acts, request)}</a
      >`,
      html`<bdi>${request.askerName}</bdi>`,
      moment(locale, request.askedAt, 'date'),
      chip(t(`status.${request.status}`), request.status === 'waiting' ? 'warn' : undefined),
    ]),
  )
}

/** What a request is about; one that this version no longer knows is called by its name. */
export function titleOf(
  scope: ActScope,
  acts: readonly WaitingAct[],
  { act: name }: Pick<Request, 'act'>,
): string {
  return acts.find((act) => act.name === name)?.title(scope) ?? name
}
