import { parseStateCode, type StateCode } from '@parley/kernel'
import type { Body, FieldError } from '@parley/web'
import type { Tx } from '../../../platform/database/database.ts'
import type { Profile } from '../../community/index.ts'
import type { Entry } from '../domain/entry.ts'
import { listEntries } from '../store/entries.ts'
import { fieldsOfCells } from './fields-of-cells.ts'
import type { Cells, ImportedRecord } from './imported-record.ts'
import { findLive, weigh, type Weighed } from './weigh-record.ts'

/** What would become of one record. */
export type Tried =
  | { readonly number: number; readonly name: string; readonly errors: readonly FieldError[] }
  | {
      readonly number: number
      readonly name: string
      readonly state: StateCode
      readonly kind: string
      readonly fields: Body
      readonly weighed: Weighed
    }

/** What a file does not say itself. */
export interface ImportRules {
  readonly profile: Profile
  /** The States that records may be of. */
  readonly states: ReadonlySet<StateCode>
  /** Of a record that names none. */
  readonly state: StateCode | undefined
  readonly kind: string
  readonly language: string
}

/** A dry run: reads, compares and writes nothing. A record that is wrong does not spoil the others. */
export async function tryImport(
  tx: Tx,
  records: readonly ImportedRecord[],
  rules: ImportRules,
): Promise<readonly Tried[]> {
  const live = new Map<StateCode, readonly Entry[]>()
  const liveOf = async (state: StateCode) => {
    const entries = live.get(state) ?? (await listEntries(tx, { state }))
    live.set(state, entries)
    return entries
  }
  const seen = new Set<string>()
  const tried: Tried[] = []
  for (const record of records) {
    if ('problem' in record) {
      tried.push({ number: record.number, name: '', errors: [{ field: '', code: record.problem }] })
      continue
    }
    tried.push(await tryRecord(record.number, record.cells, rules, liveOf, seen))
  }
  return tried
}

async function tryRecord(
  number: number,
  cells: Cells,
  rules: ImportRules,
  liveOf: (state: StateCode) => Promise<readonly Entry[]>,
  seen: Set<string>,
): Promise<Tried> {
  const name = cells['entity_name'] ?? ''
  const wrong = (...errors: readonly FieldError[]): Tried => ({ number, name, errors })
  const said = cells['state'] ?? ''
  const state = said === '' ? rules.state : parseStateCode(said.toUpperCase())
  if (state === undefined || !rules.states.has(state))
    return wrong({ field: 'state', code: 'directory/import-other-state' })
  const kind = cells['kind'] || rules.kind
  if (!rules.profile.kinds.some(({ id }) => id === kind))
    return wrong({ field: 'kind', code: 'directory/kind-unknown' })
  const read = fieldsOfCells(cells, cells['language'] || rules.language)
  if (read.errors.length > 0) return wrong(...read.errors)
  const entry = findLive(await liveOf(state), { id: cells['id'] ?? '', kind, fields: read.fields })
  const fields = cells['language'] || !entry ? read.fields : { ...read.fields, language: entry.language }
  const weighed = weigh(fields, state, entry)
  if (!weighed.ok) return wrong(...weighed.errors)
  const { content } = weighed.value
  if (!rules.profile.languages.some((language) => language === content.language))
    return wrong({ field: 'language', code: 'directory/language-unknown' })
  if (content.addresses.length === 0) return wrong({ field: 'email1', code: 'directory/no-address' })
  const same = entry?.id ?? `${state} ${kind} ${name} ${content.addresses.map(({ value }) => value).join()}`
  if (seen.has(same)) return wrong({ field: '', code: 'directory/import-twice' })
  seen.add(same)
  return { number, name, state, kind: entry?.kind ?? kind, fields, weighed: weighed.value }
}
