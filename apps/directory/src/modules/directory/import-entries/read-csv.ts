import { readCell } from '@parley/kernel'
import { parse } from 'csv-parse/sync'
import { csvColumns } from '../entry-csv.ts'
import { type ImportedRecord, mostRecords } from './imported-record.ts'

const longestRecord = 64 * 1024

/** CSV with the columns of our own lists, in any order; others are passed over. Nothing without a column of names. */
export function readCsv(text: string): readonly ImportedRecord[] | undefined {
  const lines = text.split(/\r?\n/)
  const delimiter = lines[0]?.includes(',') ? ',' : ';'
  const {
    rows: [names, ...rows],
    broken,
  } = readRows(lines, delimiter)
  if (!names?.cells.includes('entity_name')) return undefined
  const records = rows.map(({ line, cells }): ImportedRecord => {
    const known = names.cells.flatMap((name, position) =>
      csvColumns.includes(name) ? [[name, readCell(cells[position] ?? '').trim()] as const] : [],
    )
    return { number: line, cells: Object.fromEntries(known) }
  })
  const problems = broken.map((line): ImportedRecord => ({
    number: line,
    problem: 'directory/import-line-broken',
  }))
  return [...records, ...problems].toSorted((one, other) => one.number - other.number)
}

interface Row {
  /** Where it ends, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** Behind a record that breaks the rules, reading begins anew with the next line: a library would take that for its rest. */
function readRows(
  lines: readonly string[],
  delimiter: string,
): { readonly rows: readonly Row[]; readonly broken: readonly number[] } {
  const rows: Row[] = []
  const broken: number[] = []
  let begin = 0
  while (begin < lines.length && broken.length <= mostRecords) {
    let end = begin
    try {
      parse(lines.slice(begin).join('\n'), {
        delimiter,
        relax_column_count: true,
        skip_empty_lines: true,
        max_record_size: longestRecord,
        on_record: (cells: string[], { lines: read }) => {
          end = begin + read
          rows.push({ line: end, cells })
          return null
        },
      })
      break
    } catch {
      broken.push(end + 1)
      begin = end + 1
    }
  }
  return { rows, broken }
}
