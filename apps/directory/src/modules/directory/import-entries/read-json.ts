import { z } from 'zod'
import { csvColumns } from '../entry-csv.ts'
import { jsonFormat } from '../entry-json.ts'
import type { ImportedRecord } from './imported-record.ts'

const cell = z.string().max(2000)

/** The JSON format of entries: the columns of the CSV as texts. Its JSON Schema stands in `docs/formats`. */
export const entriesJson = z.object({
  format: z.literal(jsonFormat),
  taken_by: z.string().optional(),
  taken_at: z.string().optional(),
  entries: z.array(z.object(Object.fromEntries(csvColumns.map((name) => [name, cell.optional()])))),
})

const file = z.object({ format: z.literal(jsonFormat), entries: z.array(z.unknown()) })
const entry = z.record(z.string(), z.unknown())

export function readJson(text: string): readonly ImportedRecord[] | undefined {
  const read = file.safeParse(parsed(text))
  if (!read.success) return undefined
  return read.data.entries.map((each, position): ImportedRecord => {
    const number = position + 1
    const record = entry.safeParse(each)
    const cells = record.success
      ? Object.entries(record.data).filter(([name]) => csvColumns.includes(name))
      : []
    const texts = cells.flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.trim()] as const] : [],
    )
    return record.success && texts.length === cells.length
      ? { number, cells: Object.fromEntries(texts) }
      : { number, problem: 'directory/import-line-broken' }
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
