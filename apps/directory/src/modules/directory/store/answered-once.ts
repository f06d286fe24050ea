import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { EntryId } from '../domain/entry.ts'
import type { DirectoryTables } from '../tables.ts'

/** Which of these entries have answered a check or the message to a new address. For the manager alone (RULE-3). */
export async function listAnsweredOnce(tx: Tx, ids: readonly EntryId[]): Promise<ReadonlySet<EntryId>> {
  if (ids.length === 0) return new Set()
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.last_answered')
    .select('entry_id')
    .where(sql<boolean>`entry_id = any(${[...ids]}::uuid[])`)
    .execute()
  const answered = new Set(rows.map(({ entry_id }) => entry_id))
  return new Set(ids.filter((id) => answered.has(id)))
}
