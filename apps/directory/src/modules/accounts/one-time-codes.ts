import { randomBytes } from 'node:crypto'
import type { Keys } from '../../platform/config/keys.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import type { AccountsTables } from './tables.ts'
import { sql } from 'kysely'

// Crockford's alphabet: nothing in it looks like something else.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 24
const codesPerSheet = 10

/** Ten new codes of 120 random bits for a person's sheet; those of an earlier sheet stop working. */
export async function issueOneTimeCodes(tx: Tx, keys: Keys, account: AccountId): Promise<readonly string[]> {
  const codes = Array.from({ length: codesPerSheet }, () =>
    Array.from(randomBytes(codeLength), (byte) => alphabet.charAt(byte % alphabet.length)).join(''),
  )
  const accounts = tx.withTables<AccountsTables>()
  await accounts.deleteFrom('accounts.one_time_code').where('account_id', '=', account).execute()
  await accounts
    .insertInto('accounts.one_time_code')
    .values(codes.map((code) => ({ digest: digestOf(keys, code), account_id: account, used_at: null })))
    .execute()
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, '$1 '))
}

/** Uses up a code; false when it is none of this person's, or was used before. */
export async function spendOneTimeCode(
  tx: Tx,
  keys: Keys,
  now: Date,
  account: AccountId,
  typed: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .withTables<AccountsTables>()
    .updateTable('accounts.one_time_code')
    .set({ used_at: now })
    .where('digest', '=', digestOf(keys, typed))
    .where('account_id', '=', account)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function countOneTimeCodes(tx: Tx, account: AccountId): Promise<number> {
  const { left } = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.one_time_code')
    .select(sql<number>`count(*)::int`.as('left'))
    .where('account_id', '=', account)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return left
}

function digestOf(keys: Keys, typed: string): string {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  return keys.digest('one-time-code', code)
}
