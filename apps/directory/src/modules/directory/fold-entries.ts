import { minute, parseId } from '@parley/kernel'
import type { Database, Tx } from '../../platform/database/database.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import { listEntries } from './store/entries.ts'
import { foldedColumns, folding } from './store/folded.ts'
import type { DirectoryTables } from './tables.ts'

const batch = 500

/** Folds anew what an earlier version of the program folded, some entries at a time. */
export function foldEntriesDuty(database: Database): Duty {
  return {
    name: 'fold-entries',
    every: minute,
    run: async () => {
      while ((await database.transaction({ role: 'worker' }, foldSome)) === batch);
    },
  }
}

async function foldSome(tx: Tx): Promise<number> {
  const rows = tx.withTables<DirectoryTables>()
  const older = await rows
    .selectFrom('directory.entry')
    .select('id')
    .where('folding', '<', folding)
    .limit(batch)
    .execute()
  const ids = older.flatMap(({ id }) => parseId<'entry'>(id) ?? [])
  for (const entry of await listEntries(tx, { ids })) {
    // Of two who write at once, the one who changed the entry folded it.
    await rows
      .updateTable('directory.entry')
      .set(foldedColumns(entry))
      .where('id', '=', entry.id)
      .where('version', '=', entry.version)
      .execute()
  }
  return older.length
}
