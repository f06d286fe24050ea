import { type Locale, writeCell } from '@parley/kernel'
import { text } from '../locales/index.ts'
import type { ReportRow } from './report-rows.ts'
import { actsText, citedStep, dueText } from './words.ts'

/** The follow-up report for spreadsheets, in the reader's language; the text of a step stays in its own. */
export function reportCsv(locale: Locale, rows: readonly ReportRow[]): string {
  const t = text(locale)
  const yes = (is: boolean) => (is ? t('library.is-held') : '')
  const columns: readonly (readonly [name: string, cell: (row: ReportRow) => string])[] = [
    [t('library.symbol'), ({ symbol }) => symbol],
    [t('tracker.address'), ({ symbol, address }) => `${symbol}/${address}`],
    [t('tracker.step'), (row) => citedStep(locale, row)],
    [t('library.kind'), ({ kind }) => t(`kind.${kind}`)],
    [t('tracker.acts'), (row) => actsText(locale, row)],
    [t('tracker.due'), (row) => dueText(locale, row)],
    [t('tracker.overdue'), (row) => yes(row.isOverdue)],
    [t('tracker.state'), ({ state }) => t(`state.${state}`)],
    [t('tracker.evidence'), ({ evidence }) => evidence ?? ''],
    [t('tracker.carried-on'), ({ carriedOnBy }) => carriedOnBy.join(' ')],
    [t('library.language'), ({ language }) => language],
    [t('tracker.text'), (row) => row.text],
    [t('library.damaged-short'), ({ isDamaged }) => yes(isDamaged)],
  ]
  const lines = [
    columns.map(([name]) => writeCell(name)),
    ...rows.map((row) => columns.map(([, cell]) => writeCell(cell(row)))),
  ]
  // The byte order mark is for spreadsheets.
  return `\ufeff${lines.map((cells) => `${cells.join(',')}\r\n`).join('')}`
}

/** The same for programs: codes in no language, and beside them the words of the reader's. */
export function reportJson(locale: Locale, rows: readonly ReportRow[], now: Date): string {
  const t = text(locale)
  const steps = rows.map((row) => ({
    ...stepJson(row),
    citedAs: citedStep(locale, row),
    says: actsText(locale, row),
    dueSays: dueText(locale, row),
    stateSays: t(`state.${row.state}`),
  }))
  return `${JSON.stringify({ title: t('tracker.title'), language: locale, at: now.toISOString(), steps }, null, 2)}\n`
}

/** A step as programs read it. */
export function stepJson(row: ReportRow) {
  const { symbol, address, kind, language, text: words, isDamaged, acts, sessions, dates } = row
  return {
    symbol,
    address: `${symbol}/${address}`,
    kind,
    language,
    text: words,
    isDamaged,
    acts: acts.map(({ verb, addressee }) => (addressee === null ? { verb } : { verb, addressee })),
    due: { sessions: [...sessions], dates: [...dates] },
    isOverdue: row.isOverdue,
    state: row.state,
    ...(row.evidence === null ? {} : { evidence: row.evidence }),
    carriedOnBy: [...row.carriedOnBy],
  }
}
