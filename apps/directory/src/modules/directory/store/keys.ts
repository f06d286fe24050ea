import { newId, parseId } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { Entry, EntryId } from '../domain/entry.ts'
import {
  type EntryKey,
  type Expiry,
  type KeyContent,
  type KeyScheme,
  keySchemes,
  keyWarnings,
} from '../domain/key.ts'
import type { DirectoryTables, KeyRow } from '../tables.ts'

/** The keys of entries by the entry's id, OpenPGP first. */
export async function listKeysIn(
  tx: Tx,
  entries: readonly Pick<Entry, 'id'>[],
): Promise<ReadonlyMap<string, readonly EntryKey[]>> {
  if (entries.length === 0) return new Map()
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.key')
    .selectAll()
    .where(sql<boolean>`entry_id = any(${entries.map(({ id }) => id)}::uuid[])`)
    .orderBy('scheme')
    .execute()
  const byEntry = Map.groupBy(rows, (row) => row.entry_id)
  return new Map([...byEntry].map(([entry, of]) => [entry, of.map(rowToKey)]))
}

export async function listKeysOf(tx: Tx, entry: Pick<Entry, 'id'>): Promise<readonly EntryKey[]> {
  return (await listKeysIn(tx, [entry])).get(entry.id) ?? []
}

export async function insertKey(
  tx: Tx,
  now: Date,
  entry: Pick<Entry, 'id' | 'state'>,
  key: KeyContent,
): Promise<EntryKey['id']> {
  const id = newId<'key'>()
  await tx
    .withTables<DirectoryTables>()
    .insertInto('directory.key')
    .values({
      id,
      entry_id: entry.id,
      state: entry.state,
      scheme: key.scheme,
      armored: key.armored,
      fingerprint: key.fingerprint,
      names: key.names,
      issuer: key.issuer ?? null,
      expires_at: key.expiresAt ?? null,
      warnings: key.warnings,
      card_only: key.cardOnly,
      added_at: key.addedAt ?? now,
      told: [],
    })
    .execute()
  return id
}

export async function deleteKey(tx: Tx, entry: EntryId, scheme: KeyScheme): Promise<void> {
  await tx
    .withTables<DirectoryTables>()
    .deleteFrom('directory.key')
    .where('entry_id', '=', entry)
    .where('scheme', '=', scheme)
    .execute()
}

export interface ExpiringKey {
  readonly key: EntryKey
  readonly entry: EntryId
  readonly state: string
  readonly told: readonly string[]
}

/** Keys that expire before an instant, whose State was not yet told all there is to tell. */
export async function listExpiring(tx: Tx, before: Date): Promise<readonly ExpiringKey[]> {
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.key')
    .selectAll()
    .where('expires_at', '<=', before)
    .where(sql<boolean>`not told @> array['past']`)
    .orderBy('expires_at')
    .limit(500)
    .execute()
  return rows.flatMap((row) => {
    const entry = parseId<'entry'>(row.entry_id)
    return entry ? [{ key: rowToKey(row), entry, state: row.state, told: row.told }] : []
  })
}

/** False when the key is gone, or somebody told it meanwhile. */
export async function markTold(tx: Tx, key: EntryKey, expiry: Expiry): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .withTables<DirectoryTables>()
    .updateTable('directory.key')
    .set({ told: sql<readonly string[]>`array_append(told, ${expiry})` })
    .where('id', '=', key.id)
    .where(sql<boolean>`not told @> array[${expiry}]`)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export function rowToKey(row: Omit<KeyRow, 'told'>): EntryKey {
  const id = parseId<'key'>(row.id)
  const scheme = keySchemes.find((each) => each === row.scheme)
  if (!id || !scheme) throw new Error('A key has no id or no scheme')
  return {
    id,
    scheme,
    armored: row.armored,
    fingerprint: row.fingerprint,
    names: row.names,
    issuer: row.issuer ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    warnings: keyWarnings.filter((warning) => row.warnings.includes(warning)),
    cardOnly: row.card_only,
    addedAt: row.added_at,
  }
}
