import type { Tx } from '../../../platform/database/database.ts'
import type { DirectoryTables } from '../tables.ts'

/** Notes that an entry is no longer live, for address books that follow. */
export async function noteGone(
  tx: Tx,
  now: Date,
  { id, state }: { readonly id: string; readonly state: string },
): Promise<void> {
  await tx
    .withTables<DirectoryTables>()
    .insertInto('directory.gone_entry')
    .values({ entry_id: id, state, gone_at: now })
    .onConflict((conflict) => conflict.column('entry_id').doUpdateSet({ gone_at: now }))
    .execute()
}

/** The entries that went since an instant, by their ids; some may be back. */
export async function listGone(
  tx: Tx,
  since: Date,
): Promise<readonly { readonly id: string; readonly at: Date }[]> {
  return tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.gone_entry')
    .select(['entry_id as id', 'gone_at as at'])
    .where('gone_at', '>=', since)
    .orderBy('entry_id')
    .execute()
}

/** As the worker. */
export async function eraseGone(tx: Tx, before: Date): Promise<void> {
  await tx
    .withTables<DirectoryTables>()
    .deleteFrom('directory.gone_entry')
    .where('gone_at', '<=', before)
    .execute()
}
