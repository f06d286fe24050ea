import { after, day, type Json, type StateCode } from '@parley/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import type { Entry } from '../domain/entry.ts'
import { describe } from '../domain/describe.ts'
import { describeKeys } from '../domain/key.ts'
import type { DirectoryTables } from '../tables.ts'
import { noteGone } from './gone.ts'
import { listKeysOf } from './keys.ts'

/** Takes an entry out of the directory; its content waits apart until it is erased. False when it was gone. */
export async function layDown(
  tx: Tx,
  now: Date,
  entry: Entry,
  { reason, keepDays }: { readonly reason: 'withdrawn' | 'left'; readonly keepDays: number },
): Promise<boolean> {
  const tables = tx.withTables<DirectoryTables>()
  const keys = await listKeysOf(tx, entry)
  const { numDeletedRows } = await tables
    .deleteFrom('directory.entry')
    .where('id', '=', entry.id)
    .where('version', '=', entry.version)
    .executeTakeFirst()
  if (numDeletedRows !== 1n) return false
  await noteGone(tx, now, entry)
  await tables
    .insertInto('directory.withdrawn_entry')
    .values({
      id: entry.id,
      state: entry.state,
      kind: entry.kind,
      content: { ...describe(entry), keys: describeKeys(keys) },
      reason,
      withdrawn_at: now,
      erase_at: after(now, keepDays * day),
    })
    .execute()
  return true
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

/** Erases an entry wherever it stands; whose it was, if it was there. */
export async function eraseEverywhere(tx: Tx, now: Date, id: string): Promise<string | undefined> {
  const tables = tx.withTables<DirectoryTables>()
  const rows = [
    ...(await tables.deleteFrom('directory.entry').where('id', '=', id).returning('state').execute()),
    ...(await tables
      .deleteFrom('directory.withdrawn_entry')
      .where('id', '=', id)
      .returning('state')
      .execute()),
  ]
  const state = rows[0]?.state
  if (state !== undefined) await noteGone(tx, now, { id, state })
  return state
}

export interface LaidDown {
  readonly id: string
  readonly state: string
  readonly kind: string
  readonly content: Json
}

/** The entries that were withdrawn because these States left. */
export async function listLeft(tx: Tx, states: readonly StateCode[]): Promise<readonly LaidDown[]> {
  if (states.length === 0) return []
  return tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.withdrawn_entry')
    .select(['id', 'state', 'kind', 'content'])
    .where('reason', '=', 'left')
    .where('state', 'in', states)
    .orderBy('withdrawn_at')
    .orderBy('id')
    .limit(500)
    .execute()
}
