import { cellsOf, type Taken } from './entry-csv.ts'
import type { Entry } from './domain/entry.ts'

/** The name and version of the format: what an import looks for. */
export const jsonFormat = 'parley-entries-1'

/** What stands before the entries; `jsonTail` closes it. */
export function jsonHead(taken?: Taken): string {
  const who = taken ? `"taken_by":${JSON.stringify(taken.by)},"taken_at":"${taken.at.toISOString()}",` : ''
  return `{"format":"${jsonFormat}",${who}"entries":[\n`
}

export const jsonTail = '\n]}\n'

/** One entry: the columns of the CSV as texts. What it does not say has no property. */
export function jsonObject(shown: Entry): string {
  return JSON.stringify(Object.fromEntries(cellsOf(shown).filter(([, cell]) => cell !== '')))
}
