import { newId, parseId, parseStateCode, type StateCode } from '@parley/kernel'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { Address, Entry, EntryContent, EntryId } from '../domain/entry.ts'
import type { DirectoryTables, EntryRow } from '../tables.ts'
import {
  addressesAfter,
  addressToRow,
  entryColumns,
  entryToRow,
  type ReadEntryRow,
  rowToAddress,
  rowToEntry,
} from './rows.ts'

export interface EntryFilter {
  readonly state?: StateCode | undefined
  readonly kind?: string | undefined
  readonly ids?: readonly EntryId[] | undefined
}

/** Live entries with their addresses, by State, kind and age. Everybody who may read entries reads all of them. */
export async function listEntries(tx: Tx, filter: EntryFilter = {}): Promise<readonly Entry[]> {
  const { state, kind, ids } = filter
  let query = tx.withTables<DirectoryTables>().selectFrom('directory.entry').select(entryColumns)
  if (state !== undefined) query = query.where('state', '=', state)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (ids !== undefined) query = query.where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
  return withAddresses(tx, query)
}

/** The entries of a query, with their addresses. */
async function withAddresses(
  tx: Tx,
  query: SelectQueryBuilder<DirectoryTables, 'directory.entry', ReadEntryRow>,
): Promise<readonly Entry[]> {
  const rows = await query.orderBy('state').orderBy('kind').orderBy('created_at').orderBy('id').execute()
  const addresses = await entryAddresses(
    tx,
    rows.flatMap(({ id }) => parseId<'entry'>(id) ?? []),
  )
  return rows.map((row) => rowToEntry(row, addresses.get(row.id) ?? []))
}

export async function findEntry(tx: Tx, id: EntryId): Promise<Entry | undefined> {
  const [entry] = await listEntries(tx, { ids: [id] })
  return entry
}

/** How many live entries these States have. */
export async function countEntries(tx: Tx, states: ReadonlySet<StateCode>): Promise<number> {
  const { total } = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.entry')
    .select(sql<number>`count(*)::int`.as('total'))
    .where(sql<boolean>`state = any(${[...states]}::text[])`)
    .executeTakeFirstOrThrow()
  return total
}

/** Which of these States have live entries of these kinds; none named are all. */
export async function statesWithEntries(
  tx: Tx,
  states: ReadonlySet<StateCode>,
  kinds: readonly string[],
): Promise<readonly StateCode[]> {
  let query = tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.entry')
    .select('state')
    .distinct()
    .where(sql<boolean>`state = any(${[...states]}::text[])`)
    .orderBy('state')
  if (kinds.length > 0) query = query.where(sql<boolean>`kind = any(${[...kinds]}::text[])`)
  return (await query.execute()).flatMap(({ state }) => parseStateCode(state) ?? [])
}

/** The addresses of entries by the entry's id, in the order in which the State wrote them. */
async function entryAddresses(
  tx: Tx,
  entries: readonly EntryId[],
): Promise<ReadonlyMap<string, readonly Address[]>> {
  if (entries.length === 0) return new Map()
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.address')
    .selectAll()
    .where(sql<boolean>`entry_id = any(${[...entries]}::uuid[])`)
    .orderBy('entry_id')
    .orderBy('position')
    .execute()
  const byEntry = Map.groupBy(rows, (row) => row.entry_id)
  return new Map([...byEntry].map(([entry, of]) => [entry, of.map(rowToAddress)]))
}

/** One act at a time adds to the entries of a State: two cannot both take the last place. */
export async function countLive(tx: Tx, state: StateCode, kind: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext(${`directory.entry ${state}`}))`.execute(tx)
  const { total } = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.entry')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('state', '=', state)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return total
}

export interface NewEntry extends Pick<Entry, 'state' | 'kind' | 'onBehalfReference'> {
  readonly content: EntryContent
  /** The id that it had before, where it comes back. */
  readonly id?: EntryId
}

export async function insertEntry(tx: Tx, now: Date, added: NewEntry): Promise<Entry> {
  const { content, ...whose } = added
  const entry: Entry = {
    ...content,
    ...whose,
    id: added.id ?? newId(),
    addresses: addressesAfter([], content.addresses, () => ({ id: newId(), changedAt: now })),
    version: 1,
    createdAt: now,
    changedAt: now,
  }
  await tx.withTables<DirectoryTables>().insertInto('directory.entry').values(entryToRow(entry)).execute()
  await insertionOfAddresses(tx, entry).execute()
  return entry
}

/**
 * Writes `content` over the entry as it was read; nothing when somebody else changed it since. An address that
 * comes back takes the id and date that `former` has for it.
 */
export async function updateEntry(
  tx: Tx,
  now: Date,
  before: Entry,
  changed: Pick<NewEntry, 'content' | 'onBehalfReference'>,
  former: readonly Address[] = [],
): Promise<Entry | undefined> {
  const { content, onBehalfReference } = changed
  const known = [...before.addresses, ...former]
  const addresses = addressesAfter(known, content.addresses, () => ({ id: newId(), changedAt: now }))
  const { id, state, kind, createdAt } = before
  const version = before.version + 1
  const entry: Entry = {
    ...content,
    id,
    state,
    kind,
    createdAt,
    addresses,
    onBehalfReference,
    version,
    changedAt: now,
  }
  if (!(await writeOver(tx, before, entryToRow(entry)))) return undefined
  const kept = new Set<string>(addresses.map((address) => address.id))
  const gone = before.addresses.filter((address) => !kept.has(address.id)).map((address) => address.id)
  const rows = tx.withTables<DirectoryTables>()
  if (gone.length > 0) await rows.deleteFrom('directory.address').where('id', 'in', gone).execute()
  await insertionOfAddresses(tx, entry)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((row) => ({
        label: row.ref('excluded.label'),
        extension: row.ref('excluded.extension'),
        urgent: row.ref('excluded.urgent'),
        card_only: row.ref('excluded.card_only'),
        position: row.ref('excluded.position'),
      })),
    )
    .execute()
  return entry
}

/** The State has confirmed what the directory manager entered for it. */
export async function clearOnBehalf(tx: Tx, now: Date, before: Entry): Promise<boolean> {
  const { onBehalfReference: _, ...entry } = before
  return writeOver(tx, before, entryToRow({ ...entry, version: before.version + 1, changedAt: now }))
}

async function writeOver(tx: Tx, before: Entry, row: EntryRow): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .withTables<DirectoryTables>()
    .updateTable('directory.entry')
    .set(row)
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function insertionOfAddresses(tx: Tx, entry: Entry) {
  return tx
    .withTables<DirectoryTables>()
    .insertInto('directory.address')
    .values(entry.addresses.map((address, position) => addressToRow(entry, address, position)))
}

/** E-mail addresses, in small letters, that stand in more than one live entry. */
export async function listSharedAddresses(tx: Tx): Promise<readonly string[]> {
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.address')
    .select(sql<string>`lower(value)`.as('email'))
    .where('channel', '=', 'email')
    .groupBy(sql`lower(value)`)
    .having(sql<boolean>`count(distinct entry_id) > 1`)
    .orderBy('email')
    .execute()
  return rows.map(({ email }) => email)
}
