import type { Tx } from '../../../platform/database/database.ts'
import type { AddressId, Entry, EntryId } from '../domain/entry.ts'
import type { DirectoryTables } from '../tables.ts'

/** Marks a new address of an entry as not yet answered from; the contact card alone says so (RULE-3). */
export async function noteUnanswered(
  tx: Tx,
  now: Date,
  entry: Pick<Entry, 'id' | 'state'>,
  address: string,
): Promise<void> {
  await tx
    .withTables<DirectoryTables>()
    .insertInto('directory.unanswered_address')
    .values({ address_id: address, entry_id: entry.id, state: entry.state, since: now })
    .execute()
}

/** The new address has answered: the mark goes. As the worker. */
export async function clearUnanswered(tx: Tx, address: AddressId): Promise<void> {
  await tx
    .withTables<DirectoryTables>()
    .deleteFrom('directory.unanswered_address')
    .where('address_id', '=', address)
    .execute()
}

/** The addresses of an entry that have not answered since they are new, with the day of the change. */
export async function listUnanswered(tx: Tx, entry: EntryId): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.unanswered_address')
    .select(['address_id', 'since'])
    .where('entry_id', '=', entry)
    .execute()
  return new Map(rows.map((row) => [row.address_id, row.since]))
}
