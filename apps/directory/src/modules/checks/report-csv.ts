import { minute, writeCell } from '@parley/kernel'
import { ages } from './domain/standing.ts'
import type { DirectoryThen } from './make-report.ts'
import { dimensions, type RoundRate, type WithinHours } from './report-figures.ts'
import type { Report, ReportRow } from './report-tables.ts'

const columns = [
  'table',
  'row',
  'checks',
  'answered_in_time',
  'answered_late',
  'waiting',
  'no_answer',
  'undeliverable',
  'not_sent_our_fault',
  'median_minutes',
  'ninetieth_percentile_minutes',
  'states',
] as const

type Cells = Partial<Record<(typeof columns)[number], string | number>>

export interface ReportFacts {
  readonly report: Report
  readonly within: readonly WithinHours[]
  readonly rates: readonly RoundRate[]
  readonly directory: DirectoryThen | undefined
}

/** The report as a file for spreadsheets: the names of columns and rows are the program's, in no language. */
export function reportCsv({ report, within, rates, directory }: ReportFacts): string {
  const rows: readonly Cells[] = [
    outcomeCells('all', report.all),
    ...dimensions.flatMap((dimension) => report[dimension].map((row) => outcomeCells(dimension, row))),
    ...within.map(({ hours, answers }) => ({
      table: 'hours',
      row: hours === undefined ? 'later' : hours,
      checks: answers,
    })),
    ...rates.map(({ number, asked, answered, times }) => ({
      table: 'round',
      row: number,
      checks: asked,
      answered_in_time: answered,
      ...timesCells(times),
    })),
    ...(directory
      ? [
          { table: 'directory', row: 'participating', states: directory.participating },
          { table: 'directory', row: 'complete_pairs', states: directory.pairs },
          ...ages.map((age) => ({ table: 'age_of_update', row: age, states: directory.ages[age] ?? 0 })),
        ]
      : []),
  ]
  const lines = rows.map((cells) => columns.map((column) => writeCell(String(cells[column] ?? ''))))
  // The byte order mark is for spreadsheets.
  return `\ufeff${[[...columns], ...lines].map((line) => `${line.join(',')}\r\n`).join('')}`
}

function outcomeCells(table: string, { key, outcome, times }: ReportRow): Cells {
  return {
    table,
    row: key,
    checks: outcome.checks,
    answered_in_time: outcome.answered,
    answered_late: outcome.late,
    waiting: outcome.waiting,
    no_answer: outcome.noAnswer,
    undeliverable: outcome.undeliverable,
    not_sent_our_fault: outcome.notSent,
    states: outcome.states,
    ...timesCells(times),
  }
}

function timesCells(times: ReportRow['times']): Cells {
  return times
    ? {
        median_minutes: Math.round(times.median / minute),
        ninetieth_percentile_minutes: Math.round(times.ninetieth / minute),
      }
    : {}
}
