import { ok, type Result } from '@parley/kernel'
import { type FileProblem, type ImportedRecord, largestImport, mostRecords } from './imported-record.ts'
import type { ListFormat } from '../list-file.ts'
import { readCsv } from './read-csv.ts'
import { readJson } from './read-json.ts'
import { readVcards } from './read-vcards.ts'

/** The records of a file in the format that is said, else in the one that it looks like. */
export function readImport(
  text: string,
  format?: ListFormat,
): Result<readonly ImportedRecord[], FileProblem> {
  if (text.length > largestImport) return { ok: false, refusal: 'directory/import-too-large' }
  const bare = text.replace(/^\ufeff/, '').trim()
  if (bare === '') return { ok: false, refusal: 'directory/import-empty' }
  // What is no UTF-8 became this character on its way in; guessing another encoding would guess at names.
  if (bare.includes('\ufffd')) return { ok: false, refusal: 'directory/import-encoding' }
  const records = readers[format ?? formatOf(bare)](bare)
  if (records === undefined) return { ok: false, refusal: 'directory/import-unreadable' }
  if (records.length === 0) return { ok: false, refusal: 'directory/import-empty' }
  return records.length > mostRecords ? { ok: false, refusal: 'directory/import-too-many' } : ok(records)
}

const readers: Readonly<Record<ListFormat, (text: string) => readonly ImportedRecord[] | undefined>> = {
  csv: readCsv,
  vcard: readVcards,
  json: readJson,
}

function formatOf(text: string): ListFormat {
  if (/^BEGIN:VCARD/i.test(text)) return 'vcard'
  return /^[[{]/.test(text) ? 'json' : 'csv'
}
