import type { Tx } from '../../../platform/database/database.ts'
import { type Address, type EntryId, type Known, rungs } from '../domain/entry.ts'
import type { DirectoryTables } from '../tables.ts'

/** The month (`YYYY-MM`) in which an entry last answered; asked for by the contact card alone (RULE-3). */
export async function findLastAnswered(tx: Tx, entry: EntryId): Promise<string | undefined> {
  const row = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.last_answered')
    .select('month')
    .where('entry_id', '=', entry)
    .executeTakeFirst()
  return row?.month
}

/** What is known of addresses, by their ids, lowest rung first: for the State itself and the manager. */
export async function listKnown(
  tx: Tx,
  addresses: readonly Address[],
): Promise<ReadonlyMap<string, readonly Known[]>> {
  if (addresses.length === 0) return new Map()
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.known')
    .selectAll()
    .where(
      'address_id',
      'in',
      addresses.map((address) => address.id),
    )
    .execute()
  const known = rungs.flatMap((rung) =>
    rows.filter((row) => row.rung === rung).map((row) => ({ address: row.address_id, rung, at: row.at })),
  )
  return Map.groupBy(known, ({ address }) => address)
}
