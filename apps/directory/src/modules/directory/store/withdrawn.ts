import { after, day, type StateCode } from '@parley/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import type { Entry } from '../domain/entry.ts'
import { describe } from '../domain/describe.ts'
import type { DirectoryTables } from '../tables.ts'

/** Takes an entry out of the directory; its content waits apart until it is erased. False when it was gone. */
export async function layDown(tx: Tx, now: Date, entry: Entry, keepDays: number): Promise<boolean> {
  const tables = tx.withTables<DirectoryTables>()
  const { numDeletedRows } = await tables
    .deleteFrom('directory.entry')
    .where('id', '=', entry.id)
    .where('version', '=', entry.version)
    .executeTakeFirst()
  if (numDeletedRows !== 1n) return false
  await tables
    .insertInto('directory.withdrawn_entry')
    .values({
      id: entry.id,
      state: entry.state,
      kind: entry.kind,
      content: describe(entry),
      withdrawn_at: now,
      erase_at: after(now, keepDays * day),
    })
    .execute()
  return true
}

export interface Withdrawn {
  readonly id: string
  readonly state: StateCode
}

export async function listToErase(tx: Tx, now: Date): Promise<readonly { id: string; state: string }[]> {
  return tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.withdrawn_entry')
    .select(['id', 'state'])
    .where('erase_at', '<=', now)
    .orderBy('erase_at')
    .limit(500)
    .execute()
}

export async function eraseWithdrawn(tx: Tx, id: string): Promise<void> {
  await tx
    .withTables<DirectoryTables>()
    .deleteFrom('directory.withdrawn_entry')
    .where('id', '=', id)
    .execute()
}
