import { newId } from '@parley/kernel'
import type { Keys } from '../../platform/config/keys.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import { spendOneTimeCode } from './one-time-codes.ts'
import { fitsPassword } from './password.ts'
import { unseal } from './sealed.ts'
import type { AccountsTables } from './tables.ts'
import { stepOfCode } from './totp.ts'

/**
 * Whether password and code are this account's; the code is used up by it. For an account that is not there, or has
 * no password, the same work is done. The transaction must work in the matter of the account.
 */
export async function provesWithPassword(
  tx: Tx,
  keys: Keys,
  now: Date,
  account: AccountId | undefined,
  typed: { readonly password: string; readonly code: string },
): Promise<boolean> {
  const id = account ?? newId<'account'>()
  const accounts = tx.withTables<AccountsTables>()
  const kept = await accounts
    .selectFrom('accounts.password')
    .selectAll()
    .where('account_id', '=', id)
    .executeTakeFirst()
  const fits = await fitsPassword(typed.password, kept?.hash)
  const secret = fits && kept && unseal(keys, id, kept.totp_secret)
  const step = secret ? stepOfCode(secret, typed.code, now) : undefined
  // Of a password that does not fit no code is spent; the same is asked of an account that nobody has.
  if (step === undefined) return spendOneTimeCode(tx, keys, now, fits ? id : newId<'account'>(), typed.code)
  const { numUpdatedRows } = await accounts
    .updateTable('accounts.password')
    .set({ totp_last_step: step })
    .where('account_id', '=', id)
    .where('totp_last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function hasPassword(tx: Tx, account: AccountId): Promise<boolean> {
  const kept = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.password')
    .select('account_id')
    .where('account_id', '=', account)
    .executeTakeFirst()
  return kept !== undefined
}
