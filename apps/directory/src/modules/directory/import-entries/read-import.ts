import { ok, type Result } from '@parley/kernel'
import { type FileProblem, type ImportedRecord, largestImport, mostRecords } from './imported-record.ts'
import { readCsv } from './read-csv.ts'
import { readJson } from './read-json.ts'
import { readVcards } from './read-vcards.ts'

/** The records of a file in whichever of the three formats it is written. */
export function readImport(text: string): Result<readonly ImportedRecord[], FileProblem> {
  if (text.length > largestImport) return { ok: false, refusal: 'directory/import-too-large' }
  const bare = text.replace(/^\ufeff/, '').trim()
  if (bare === '') return { ok: false, refusal: 'directory/import-empty' }
  // What is no UTF-8 became this character on its way in; guessing another encoding would guess at names.
  if (bare.includes('\ufffd')) return { ok: false, refusal: 'directory/import-encoding' }
  const records = reader(bare)(bare)
  if (records === undefined) return { ok: false, refusal: 'directory/import-unreadable' }
  if (records.length === 0) return { ok: false, refusal: 'directory/import-empty' }
  return records.length > mostRecords ? { ok: false, refusal: 'directory/import-too-many' } : ok(records)
}

function reader(text: string): (text: string) => readonly ImportedRecord[] | undefined {
  if (/^BEGIN:VCARD/i.test(text)) return readVcards
  return /^[[{]/.test(text) ? readJson : readCsv
}
