import type { Tx } from '../../../platform/database/database.ts'
import { type Address, type Known, rungs } from '../domain/entry.ts'
import type { DirectoryTables } from '../tables.ts'

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
