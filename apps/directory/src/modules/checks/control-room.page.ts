import { type Locale, ok, parseId, refuse, type Result } from '@parley/kernel'
import {
  actButton,
  bar,
  chip,
  errorSummary,
  figures,
  html,
  type Html,
  href,
  linkButton,
  moment,
  notice,
  nothing,
  table,
  writeDuration,
  writeNumber,
  writeShare,
} from '@parley/web'
import { z } from 'zod'
import type { ActionScope, Done } from '../../platform/action.ts'
import { type DirectoryForm, type DirectoryPage, form, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import type { Check, Round, RoundId } from './domain/check.ts'
import { correctionNote } from './correct-round.page.ts'
import { findLastDue } from './keep-distances.ts'
import { text } from './locales/index.ts'
import { countRound, type RoundFigures } from './round-figures.ts'
import {
  callSheetRoute,
  correctRoute,
  followUpsRoute,
  pauseRoute,
  reportRoute,
  resumeRoute,
  roundRoute,
  stopRoute,
} from './routes.ts'
import { statusChip } from './rounds.page.ts'
import { findRound } from './store.ts'
import { pauseRound, resumeRound } from './steer-round.ts'
import { stopping } from './stop-round.page.ts'
import { workList } from './work-list.ts'

/** A round as the manager sees it: the figures, what needs a hand, and the means to hold it. */
export function controlRoom(community: Community): {
  pages: readonly DirectoryPage[]
  forms: readonly DirectoryForm[]
} {
  const roundPage = page({
    route: roundRoute,
    verb: 'checks.rounds.read',
    read: async (scope, state) => {
      const { locale, tx, params, now, texts } = scope
      const t = text(locale)
      const id = parseId<'round'>(params.round)
      const round = id && (await findRound(tx, id))
      if (!round) return refuse({ code: 'checks/round-unknown', kind: 'absent' })
      const counted = await countRound(tx, round)
      const lastDue = round.status === 'running' ? await findLastDue(tx, round) : undefined
      const title = t('round.title', { number: round.number })
      const body = html`<div class="row">
          <h1>${title} ${statusChip(locale, round)}</h1>
          <span class="grow"></span>
          ${steering(locale, round, counted)}
        </div>
        ${errorSummary({ locale, texts, form: state })}
        <p class="lede">
          ${t.html('round.started', { at: moment(locale, round.startedAt) })}
          ${
            round.closedAt
              ? t.html('round.ended', { at: moment(locale, round.closedAt) })
              : t.html('round.as-of', { at: moment(locale, now, 'time') })
          }
          ${lastDue && lastDue > now ? t.html('round.last-due', { at: moment(locale, lastDue) }) : nothing}
        </p>
        ${round.pausedAt ? notice(t.html('round.paused-since', { at: moment(locale, round.pausedAt) }), 'warn') : nothing}
        ${round.status === 'stopped' ? notice(t('round.stopped-what', { count: counted.notSentMessages }), 'warn') : nothing}
        ${await correctionNote(scope, round)}
        ${counted.ourFaults > 0 ? notice(t('round.our-faults', { count: counted.ourFaults }), 'stop') : nothing}
        ${shares(locale, counted)} ${figures(bigFigures(locale, counted))}
        <h2>${t('round.by-kind')}</h2>
        ${table(
          t('round.by-kind'),
          [t('kind'), t('checks'), t('answered')],
          counted.byKind.map((row) => [
            community.kindName(row.kind, locale),
            writeNumber(locale, row.checks),
            `${writeNumber(locale, row.answered)} (${writeShare(locale, row.answered / row.checks)})`,
          ]),
        )}
        <h2>${t('report.by-group')}</h2>
        ${table(
          t('report.by-group'),
          [t('group'), t('checks'), t('answered')],
          byGroup(community, counted).map((row) => [
            community.groupName(row.group, locale),
            writeNumber(locale, row.checks),
            `${writeNumber(locale, row.answered)} (${writeShare(locale, row.answered / row.checks)})`,
          ]),
        )}
        <h2 id="work">${t('round.hand')}</h2>
        ${await workList(scope, round, community, { happened: (check) => whatHappened(locale, check), next: (check) => t(`next.${nextStep(check)}`) })}`
      return ok({ title, body, ...(round.status === 'running' ? { reloadAfter: 30 } : {}) })
    },
  })

  const steer = (route: typeof pauseRoute | typeof resumeRoute, act: Steer) =>
    form({
      route,
      verb: 'checks.round.steer',
      fields: z.object({}),
      on: roundPage,
      act: async (scope) => {
        const id = parseId<'round'>(scope.params.round)
        return id ? act(scope, id) : refuse({ code: 'checks/round-unknown', kind: 'absent' })
      },
      next: ({ locale, params }) => href(locale, roundRoute, params),
    })
  return {
    pages: [roundPage, ...stopping.pages],
    forms: [steer(pauseRoute, pauseRound), steer(resumeRoute, resumeRound), ...stopping.forms],
  }
}

type Steer = (scope: ActionScope, id: RoundId) => Promise<Result<Done<undefined>>>

function steering(locale: Locale, round: Round, counted: RoundFigures): Html {
  const t = text(locale)
  const params = { round: round.id }
  const calls = linkButton(href(locale, callSheetRoute, params), t('calls.link', { count: counted.toCall }))
  const stop = html`${linkButton(href(locale, correctRoute, params), t('correct.link'))}${linkButton(href(locale, stopRoute, params), t('round.stop'))}`
  if (round.status === 'running') {
    return html`${calls}${actButton(href(locale, pauseRoute, params), t('round.pause'))}${stop}`
  }
  if (round.status === 'paused') {
    return html`${calls}${actButton(href(locale, resumeRoute, params), t('round.resume'), 'main')}${stop}`
  }
  return round.status === 'closed'
    ? html`${linkButton(href(locale, reportRoute, params), t('report'), 'main')}${linkButton(href(locale, followUpsRoute), t('follow-ups.title'))}`
    : nothing
}

function shares(locale: Locale, counted: RoundFigures): Html {
  const t = text(locale)
  const all = Math.max(1, counted.checks)
  const answered = counted.answered + counted.late
  const failed = counted.undeliverable + counted.noAnswer + counted.notSent
  const described = t('round.bar', { answered, checks: counted.checks, waiting: counted.waiting, failed })
  return bar(described, [
    { share: answered / all, tone: 'good' },
    { share: counted.waiting / all, tone: 'wait' },
    { share: failed / all, tone: 'stop' },
  ])
}

/** In the order of the profile, whatever was answered (RULE-3). */
function byGroup(community: Community, { byState }: RoundFigures) {
  const groups = Map.groupBy(byState, ({ state }) => community.findState(state)?.group ?? '')
  const order = community.profile.groups.map(({ id }) => id)
  return [
    ...order.filter((id) => groups.has(id)),
    ...[...groups.keys()].filter((id) => !order.includes(id)),
  ].map((group) => {
    const rows = groups.get(group) ?? []
    return {
      group,
      checks: rows.reduce((all, { checks }) => all + checks, 0),
      answered: rows.reduce((all, { answered }) => all + answered, 0),
    }
  })
}

function bigFigures(locale: Locale, counted: RoundFigures) {
  const t = text(locale)
  const number = (value: number) => writeNumber(locale, value)
  const share = counted.checks === 0 ? 0 : counted.answered / counted.checks
  return [
    { value: number(counted.checks), label: t('figure.checks', { count: counted.states }) },
    { value: number(counted.answered), label: t('figure.answered', { share: writeShare(locale, share) }) },
    { value: number(counted.late), label: t('figure.late') },
    { value: number(counted.waiting), label: t('figure.waiting') },
    { value: number(counted.toSend), label: t('figure.to-send') },
    { value: number(counted.sent), label: t('figure.sent') },
    { value: number(counted.delivered), label: t('figure.delivered') },
    { value: number(counted.undeliverable), label: t('figure.undeliverable') },
    ...(counted.noAnswer > 0 ? [{ value: number(counted.noAnswer), label: t('figure.no-answer') }] : []),
    ...(counted.notSent > 0 ? [{ value: number(counted.notSent), label: t('figure.not-sent') }] : []),
    {
      value: counted.medianAnswer === undefined ? '–' : writeDuration(locale, counted.medianAnswer),
      label: t('figure.median'),
    },
  ]
}

export function whatHappened(locale: Locale, check: Check): Html {
  const t = text(locale)
  const by = check.answeredBy ? t(`by.${check.answeredBy}`) : ''
  const tone = check.status === 'undeliverable' ? 'stop' : check.status === 'answered' ? 'good' : undefined
  return html`${chip(t(`status.${check.status}`), tone)} ${by}
  ${check.relation === 'elsewhere' ? chip(t('relation.elsewhere'), 'warn') : nothing}
  ${check.remark === 'wrong' ? chip(t('remark.wrong'), 'warn') : nothing}
  ${check.instead ? chip(t('instead.named'), 'warn') : nothing}`
}

function nextStep(check: Check): 'call' | 'follow-up' | 'mission-told' | 'ours' | 'wait' {
  if (check.status === 'waiting') return 'call'
  if (check.status === 'not-sent') return 'ours'
  if (check.status === 'no-answer' || check.status === 'undeliverable') return 'follow-up'
  return check.relation === 'elsewhere' || check.remark === 'wrong' ? 'mission-told' : 'wait'
}
