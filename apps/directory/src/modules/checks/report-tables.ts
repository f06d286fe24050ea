import { hour, type Locale } from '@parley/kernel'
import {
  charted,
  empty,
  html,
  type Html,
  ltr,
  nothing,
  table,
  writeDuration,
  writeLanguage,
  writeNumber,
  writeShare,
} from '@parley/web'
import type { Tx } from '../../platform/database/database.ts'
import type { Community } from '../community/index.ts'
import type { Round } from './domain/check.ts'
import { type Outcome, shareInTime, sumUp, type Tally } from './domain/tally.ts'
import { text } from './locales/index.ts'
import {
  type Dimension,
  groupOf,
  listTallies,
  measureTimes,
  type Times,
  type TimesByKey,
  timesKey,
} from './report-figures.ts'
import { answeredBy } from './store.ts'

/** One row of a table of the report. */
export interface ReportRow {
  readonly key: string
  readonly outcome: Outcome
  readonly times: Times | undefined
}

export interface Report {
  readonly all: ReportRow
  readonly kind: readonly ReportRow[]
  readonly group: readonly ReportRow[]
  readonly language: readonly ReportRow[]
  readonly how: readonly ReportRow[]
}

/** How a round went, as the manager sees it. Rows stand in the order of the profile, never by their rate (RULE-3). */
export async function readReport(tx: Tx, community: Community, round: Round): Promise<Report> {
  const tallies = await listTallies(tx, round.id)
  const times = await measureTimes(tx, community, round.id)
  const { profile } = community
  const rowsOf = (dimension: Dimension, order: readonly string[], keyOf: (tally: Tally) => string) =>
    inOrder(Map.groupBy(tallies, keyOf), order).map(([key, some]) =>
      rowOf(key, some, times, timesKey(dimension, key)),
    )
  return {
    all: rowOf('', tallies, times, timesKey('all')),
    kind: rowsOf('kind', idsOf(profile.kinds), ({ kind }) => kind),
    group: rowsOf('group', idsOf(profile.groups), ({ state }) => groupOf(community, state)),
    language: rowsOf('language', profile.languages, ({ language }) => language),
    how: rowsOf('how', answeredBy.options, (tally) => tally.answeredBy ?? '').filter(({ key }) => key !== ''),
  }
}

function idsOf(list: readonly { readonly id: string }[]): readonly string[] {
  return list.map(({ id }) => id)
}

function rowOf(key: string, tallies: readonly Tally[], times: TimesByKey, timed: string): ReportRow {
  return { key, outcome: sumUp(tallies), times: times.get(timed) }
}

/** Those that the order names, as it names them, then any others. */
function inOrder<T>(found: ReadonlyMap<string, T>, order: readonly string[]): readonly [string, T][] {
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
  return [...found].toSorted(([one], [other]) => place(one) - place(other))
}

/** The name of a row in the language of the page. */
export function rowName(community: Community, locale: Locale, dimension: Dimension, key: string): string {
  switch (dimension) {
    case 'kind':
      return community.kindName(key, locale)
    case 'group':
      return community.groupName(key, locale)
    case 'language':
      return writeLanguage(locale, key)
    case 'how':
      return text(locale)(`how.${answeredBy.parse(key)}`)
  }
}

/** A heading, a chart of shares, and the table that says the same in figures. */
export function outcomeSection(
  locale: Locale,
  { id, title, first }: { readonly id: string; readonly title: string; readonly first: string },
  rows: readonly (ReportRow & { readonly name: string })[],
): Html {
  const t = text(locale)
  const number = (value: number) => writeNumber(locale, value)
  const bars = rows.map(({ name, outcome }) => ({
    label: name,
    value: shareOf(locale, outcome),
    parts: partsOf(outcome),
  }))
  return charted(
    { locale, id, title, bars },
    table(
      title,
      [
        first,
        t('checks'),
        t('figure.in-time'),
        t('figure.late'),
        t('figure.no-answer'),
        t('figure.undeliverable'),
        t('figure.not-sent'),
        t('figure.median'),
        t('figure.ninetieth'),
      ],
      rows.map(({ name, outcome, times }) => [
        name,
        number(outcome.checks),
        withShare(locale, outcome.answered, shareInTime(outcome)),
        number(outcome.late),
        number(outcome.noAnswer),
        number(outcome.undeliverable),
        number(outcome.notSent),
        duration(locale, times?.median),
        duration(locale, times?.ninetieth),
      ]),
    ),
  )
}

export interface CountSection {
  readonly id: string
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly {
    readonly name: string
    readonly share: number
    readonly cells: readonly (Html | string)[]
  }[]
  /** What stands under it, or instead of it where there is no row. */
  readonly note?: string | undefined
}

/** Shares of one whole, as a chart and as a table. */
export function countSection(locale: Locale, { id, title, columns, rows, note }: CountSection): Html {
  if (rows.length === 0)
    return html`<h2>${title}</h2>
      ${empty(note ?? text(locale)('report.nothing'))}`
  const bars = rows.map(({ name, share }) => ({
    label: name,
    value: writeShare(locale, share),
    parts: [{ share, tone: 'good' as const }],
  }))
  const rowsOf = table(
    title,
    columns,
    rows.map(({ name, cells }) => [name, ...cells]),
  )
  return charted(
    { locale, id, title, bars },
    html`<div>${rowsOf}${note === undefined ? nothing : html`<p class="small">${note}</p>`}</div>`,
  )
}

/** "12 (60%)", whatever the direction of the page. */
export function withShare(locale: Locale, count: number, share: number | undefined): Html {
  return html`${writeNumber(locale, count)} (${ltr(share === undefined ? '–' : writeShare(locale, share))})`
}

function partsOf(outcome: Outcome) {
  const asked = Math.max(1, outcome.checks - outcome.notSent)
  return [
    { share: outcome.answered / asked, tone: 'good' },
    { share: outcome.late / asked, tone: 'late' },
    { share: (outcome.noAnswer + outcome.undeliverable) / asked, tone: 'stop' },
  ] as const
}

export function shareOf(locale: Locale, outcome: Outcome): string {
  const share = shareInTime(outcome)
  return share === undefined ? '–' : writeShare(locale, share)
}

/** A time to answer: in hours and minutes as they are, never rounded down to a whole window. */
export function duration(locale: Locale, milliseconds: number | undefined): string {
  return milliseconds === undefined ? '–' : writeDuration(locale, milliseconds)
}

/** "≤ 4 hours", or "> 48 hours" for what came after the last of them. */
export function withinName(locale: Locale, hours: number | undefined, last: number): string {
  return hours === undefined
    ? `> ${writeDuration(locale, last * hour)}`
    : `≤ ${writeDuration(locale, hours * hour)}`
}
