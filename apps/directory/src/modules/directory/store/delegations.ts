import { newId, type StateCode } from '@parley/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import type { AccountId, Actor } from '../../../platform/session/actor.ts'
import { pocSince } from '../../accounts/index.ts'
import type { DirectoryTables } from '../tables.ts'

/** To whom the Mission delegates its entries now, with the day since when. */
export async function listDelegations(tx: Tx, state: StateCode): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.delegation')
    .select(['account_id', 'given_at'])
    .where('state', '=', state)
    .where('ended_at', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.account_id, row.given_at]))
}

/** Whether the Mission has delegated its entries to the one who acts: as a POC, in the role it was given for. */
export async function isDelegate(tx: Tx, actor: Actor): Promise<boolean> {
  if (actor.role !== 'poc') return false
  const givenAt = (await listDelegations(tx, actor.state)).get(actor.account)
  if (givenAt === undefined) return false
  // Who left and came back is not a delegate by what was given before.
  const since = await pocSince(tx, actor.state, actor.account)
  return since !== undefined && since <= givenAt
}

/** False when it was so already. */
export async function insertDelegation(
  tx: Tx,
  now: Date,
  state: StateCode,
  account: AccountId,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .withTables<DirectoryTables>()
    .insertInto('directory.delegation')
    .values({ id: newId(), state, account_id: account, given_at: now, ended_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function endDelegation(
  tx: Tx,
  now: Date,
  state: StateCode,
  account: AccountId,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .withTables<DirectoryTables>()
    .updateTable('directory.delegation')
    .set({ ended_at: now })
    .where('state', '=', state)
    .where('account_id', '=', account)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
