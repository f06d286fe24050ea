import { type Locale, ok, parseId, refuse, type Result } from '@parley/kernel'
import {
  chartKey,
  empty,
  figures,
  html,
  type Html,
  href,
  linkButton,
  moment,
  notice,
  nothing,
  writeNumber,
} from '@parley/web'
import type { Tx } from '../../platform/database/database.ts'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import type { Round } from './domain/check.ts'
import { ages } from './domain/standing.ts'
import { text } from './locales/index.ts'
import { type DirectoryThen, findDirectoryThen } from './make-report.ts'
import { countByTime, type Dimension, listRates, type RoundRate, type WithinHours } from './report-figures.ts'
import { reportCsv } from './report-csv.ts'
import {
  countSection,
  duration,
  outcomeSection,
  readReport,
  type Report,
  rowName,
  shareOf,
  withinName,
  withShare,
} from './report-tables.ts'
import { reportFileRoute, reportRoute, roundRoute, totalsRoute } from './routes.ts'
import { findRound } from './store.ts'

/** POC-17, POC-42: what became of a closed round, for the manager: a page to print, and the same as a file. */
export function reportPages(community: Community): readonly DirectoryPage[] {
  const shown = page({
    route: reportRoute,
    verb: 'checks.report.read',
    read: async ({ locale, tx, params, now }) => {
      const found = await findClosed(tx, params.round)
      if (!found.ok) return found
      const round = found.value
      const t = text(locale)
      const report = await readReport(tx, community, round)
      const title = t('report.title', { number: round.number })
      const { notSent } = report.all.outcome
      const body = html`<h1>${title}</h1>
        <p class="lede">
          ${t.html('round.started', { at: moment(locale, round.startedAt) })}
          ${round.closedAt ? t.html('round.ended', { at: moment(locale, round.closedAt) }) : nothing}
          ${t('report.lede')}
        </p>
        <p class="printed small">${t.html('report.printed', { at: moment(locale, now) })}</p>
        <p class="row unprinted">
          ${linkButton(href(locale, reportFileRoute, { round: round.id }), t('report.file'))}
          ${linkButton(href(locale, totalsRoute, { round: round.id }), t('totals.link'))}
          ${linkButton(href(locale, roundRoute, { round: round.id }), t('round.title', { number: round.number }))}
        </p>
        ${notSent > 0 ? notice(t('report.ours', { count: notSent }), 'warn') : nothing}
        ${figures(bigFigures(locale, report))}
        ${chartKey('by-kind', [
          { tone: 'good', label: t('figure.in-time') },
          { tone: 'late', label: t('figure.late') },
          { tone: 'stop', label: t('figure.unanswered') },
        ])}
        ${tables(locale, community, report)} ${timeSection(locale, await countByTime(tx, round))}
        ${ratesSection(locale, await listRates(tx, round))}
        ${standingSection(locale, await findDirectoryThen(tx, round.id))}`
      return ok({ title, body })
    },
  })

  const file = page({
    route: reportFileRoute,
    verb: 'checks.report.read',
    read: async ({ tx, params }) => {
      const found = await findClosed(tx, params.round)
      if (!found.ok) return found
      const round = found.value
      return ok({
        file: {
          name: `round-${round.number}.csv`,
          type: 'text/csv; charset=utf-8',
          text: reportCsv({
            report: await readReport(tx, community, round),
            within: await countByTime(tx, round),
            rates: await listRates(tx, round),
            directory: await findDirectoryThen(tx, round.id),
          }),
        },
      })
    },
  })
  return [shown, file]
}

/** A round that is still open has no report yet; one that was stopped has none at all. */
export async function findClosed(tx: Tx, id: string): Promise<Result<Round>> {
  const parsed = parseId<'round'>(id)
  const round = parsed && (await findRound(tx, parsed))
  return round?.status === 'closed' ? ok(round) : refuse({ code: 'checks/no-report', kind: 'absent' })
}

function bigFigures(locale: Locale, { all: { outcome, times } }: Report) {
  const t = text(locale)
  const number = (value: number) => writeNumber(locale, value)
  return [
    { value: number(outcome.checks), label: t('figure.checks', { count: outcome.states }) },
    {
      value: number(outcome.answered),
      label: t('figure.answered', { share: shareOf(locale, outcome) }),
    },
    { value: number(outcome.late), label: t('figure.late') },
    { value: number(outcome.noAnswer), label: t('figure.no-answer') },
    { value: number(outcome.undeliverable), label: t('figure.undeliverable') },
    { value: duration(locale, times?.median), label: t('figure.median') },
    { value: duration(locale, times?.ninetieth), label: t('figure.ninetieth') },
  ]
}

function tables(locale: Locale, community: Community, report: Report): Html {
  const t = text(locale)
  const section = (dimension: Dimension, title: string, first: string) =>
    report[dimension].length === 0
      ? nothing
      : outcomeSection(
          locale,
          { id: `by-${dimension}`, title, first },
          report[dimension].map((row) => ({ ...row, name: rowName(community, locale, dimension, row.key) })),
        )
  return html`${section('kind', t('round.by-kind'), t('kind'))}
  ${section('group', t('report.by-group'), t('group'))}
  ${section('language', t('report.by-language'), t('report.language'))}
  ${howSection(locale, community, report)}`
}

/** How those answered who did: shares of the answers, not of the checks. */
function howSection(locale: Locale, community: Community, { how }: Report): Html {
  const t = text(locale)
  const answers = how.reduce((sum, { outcome }) => sum + outcome.checks, 0)
  const rows = how.map(({ key, outcome, times }) => ({
    name: rowName(community, locale, 'how', key),
    count: outcome.checks,
    median: duration(locale, times?.median),
  }))
  return countSection(locale, {
    id: 'by-how',
    title: t('report.by-how'),
    columns: [t('report.how'), t('report.answers'), t('figure.median')],
    rows: rows.map(({ name, count, median }) => ({
      name,
      share: count / Math.max(1, answers),
      cells: [withShare(locale, count, count / Math.max(1, answers)), median],
    })),
  })
}

function timeSection(locale: Locale, within: readonly WithinHours[]): Html {
  const t = text(locale)
  const answers = within.reduce((sum, each) => sum + each.answers, 0)
  const last = within.at(-2)?.hours ?? 0
  return countSection(locale, {
    id: 'by-time',
    title: t('report.by-time'),
    columns: [t('report.time'), t('report.answers')],
    rows: within.map(({ hours, answers: count }) => ({
      name: withinName(locale, hours, last),
      share: count / Math.max(1, answers),
      cells: [withShare(locale, count, count / Math.max(1, answers))],
    })),
  })
}

function ratesSection(locale: Locale, rates: readonly RoundRate[]): Html {
  const t = text(locale)
  if (rates.length < 2)
    return html`<h2>${t('report.by-round')}</h2>
      ${empty(t('report.first'))}`
  return countSection(locale, {
    id: 'by-round',
    title: t('report.by-round'),
    columns: [
      t('round'),
      t('rounds.started'),
      t('checks'),
      t('figure.in-time'),
      t('figure.median'),
      t('figure.ninetieth'),
    ],
    rows: rates.map((rate) => ({
      name: t('round.title', { number: rate.number }),
      share: rate.answered / Math.max(1, rate.asked),
      cells: [
        moment(locale, rate.startedAt, 'date'),
        writeNumber(locale, rate.asked),
        withShare(locale, rate.answered, rate.answered / Math.max(1, rate.asked)),
        duration(locale, rate.times?.median),
        duration(locale, rate.times?.ninetieth),
      ],
    })),
  })
}

/** POC-42: what the directory was when the round closed. */
function standingSection(locale: Locale, directory: DirectoryThen | undefined): Html {
  const t = text(locale)
  if (!directory)
    return html`<h2>${t('report.directory')}</h2>
      ${empty(t('report.soon'))}`
  const all = Math.max(1, directory.participating)
  return html`<h2>${t('report.directory')}</h2>
    ${figures([
      { value: writeNumber(locale, directory.participating), label: t('report.participating') },
      { value: writeNumber(locale, directory.pairs), label: t('report.pairs') },
    ])}
    ${countSection(locale, {
      id: 'by-age',
      title: t('report.by-age'),
      columns: [t('report.age'), t('report.states')],
      rows: ages.map((age) => ({
        name: t(`age.${age}`),
        share: (directory.ages[age] ?? 0) / all,
        cells: [writeNumber(locale, directory.ages[age] ?? 0)],
      })),
    })}`
}
