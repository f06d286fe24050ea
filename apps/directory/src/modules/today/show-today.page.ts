import { type Locale, ok } from '@parley/kernel'
import { empty, href, html, type Html, ltr, moment } from '@parley/web'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import {
  countDueFollowUps,
  countChecks,
  findIntake,
  findNextRound,
  followUpsRoute,
  listRounds,
  nextRoundNote,
  planRoute,
  roundRoute,
  toBeReadRoute,
} from '../checks/index.ts'
import { type Condition, listConditions } from '../../platform/telemetry/conditions.ts'
import { countWaiting } from '../../platform/dual-control/requests.ts'
import { listSuspendedStates, suspendStateRoute } from '../accounts/index.ts'
import { approvalsRoute } from '../approvals/index.ts'
import { type Community, countOpenRequests, statesRoute } from '../community/index.ts'
import { changesRoute, listDisputed } from '../directory/index.ts'
import { text } from './locales/index.ts'
import { todayRoute } from './routes.ts'

/** The manager's day: what needs a hand, each with the link to lend it. */
export function todayPage(community: Community): DirectoryPage {
  return page({
    route: todayRoute,
    verb: 'today.read',
    read: async ({ locale, tx, now, actor }) => {
      const t = text(locale)
      const rounds = await listRounds(tx)
      const open = rounds.find(({ status }) => status === 'running' || status === 'paused')
      const dueAt = (await findNextRound(tx, community))?.dueAt
      const requests = await countOpenRequests(tx)
      const approvals = 'account' in actor ? await countWaiting(tx, now, actor.account, 'managers') : 0
      const disputed = (await listDisputed(tx)).length
      const followUps = await countDueFollowUps(tx, now)
      const intake = await findIntake(tx)
      const counted = open && (await countChecks(tx, open))
      const conditions = await listConditions(tx, now)
      const suspended = await listSuspendedStates(tx, now)
      const items = [
        ...conditions.map((condition) => operation(locale, condition)),
        open &&
          counted &&
          html`<a href="${href(locale, roundRoute, { round: open.id })}"
            >${t('today.round', {
              number: open.number,
              answered: counted.answered + counted.late,
              checks: counted.checks,
            })}</a
          >`,
        !open &&
          dueAt &&
          dueAt <= now &&
          html`<a href="${href(locale, planRoute)}"
            >${t.html('today.round-due', { date: moment(locale, dueAt, 'date') })}</a
          >`,
        ...suspended.map(
          ({ state, until }) =>
            html`<a href="${href(locale, suspendStateRoute, { state })}"
              >${t.html('today.suspended', { state: community.stateName(state, locale), until: moment(locale, until) })}</a
            >`,
        ),
        disputed > 0 &&
          html`<a href="${href(locale, changesRoute)}">${t('today.disputed', { count: disputed })}</a>`,
        followUps > 0 &&
          html`<a href="${href(locale, followUpsRoute)}">${t('today.follow-ups', { count: followUps })}</a>`,
        intake.stoppedAt &&
          html`<a href="${href(locale, toBeReadRoute)}"
            >${t.html('today.intake-stopped', { date: moment(locale, intake.stoppedAt) })}</a
          >`,
        intake.waiting > 0 &&
          html`<a href="${href(locale, toBeReadRoute)}">${t('today.unread', { count: intake.waiting })}</a>`,
        approvals > 0 &&
          html`<a href="${href(locale, approvalsRoute)}">${t('today.approvals', { count: approvals })}</a>`,
        requests > 0 &&
          html`<a href="${href(locale, statesRoute)}?requests=open"
            >${t('today.requests', { count: requests })}</a
          >`,
      ].filter((item) => typeof item === 'object')
      const body = html`<h1>${t('today.title')}</h1>
        ${
          items.length === 0
            ? empty(t('today.nothing'))
            : html`<p class="lede">${t('today.lede')}</p>
                <div class="card">${items.map((item) => html`<section>${item}</section>`)}</div>`
        }
        ${await nextRoundNote(community)({ locale, tx })}`
      return ok({ title: t('today.title'), body, width: 'narrow' })
    },
  })
}

/** Something of the machine below; whoever runs it lends the hand. */
function operation(locale: Locale, condition: Condition): Html {
  const t = text(locale)
  const date = moment(locale, condition.since)
  switch (condition.name) {
    case 'duty-late':
      return html`${t.html('today.duty-late', { date, duty: ltr(condition.duty) })}`
    case 'disk-nearly-full':
      return html`${t('today.disk-nearly-full')}`
    case 'relay-unreachable':
      return html`${t.html('today.relay-unreachable', { date })}`
    case 'signing-key-ends':
      return html`${t('today.signing-key-ends')}`
    case 'clock-set-back':
      return html`${t.html('today.clock-set-back', { date })}`
  }
}
