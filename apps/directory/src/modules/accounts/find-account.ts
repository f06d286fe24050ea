import { newId, parseId } from '@parley/kernel'
import { actAs } from '../../platform/database/acting.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import { type HeldRole, listHoldings } from './holding.ts'
import type { Person } from './session.ts'
import type { AccountsTables } from './tables.ts'

export interface Account extends Person {
  readonly email: string
  readonly holdings: readonly HeldRole[]
}

/**
 * The account of an address, with what it holds. From here on the transaction is a stranger's in the matter of that
 * account: the caller turns it back.
 */
export async function findAccountByAddress(tx: Tx, email: string): Promise<Account | undefined> {
  await actAs(tx, { role: 'public', key: email })
  const row = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.account')
    .select('id')
    .where('email', '=', email)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  // Where there is no account the same is asked once more, so that time tells nothing either.
  return findAccount(tx, parseId<'account'>(row?.id ?? '') ?? newId())
}

/** The account of an id; the transaction becomes a stranger's in its matter. */
export async function findAccount(tx: Tx, account: AccountId): Promise<Account | undefined> {
  await actAs(tx, { role: 'public', account })
  const row = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.account')
    .select(['email', 'name'])
    .where('id', '=', account)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  const holdings = await listHoldings(tx, account)
  return row && { account, ...row, holdings }
}

/** One's own address. */
export async function addressOfAccount(tx: Tx, account: AccountId): Promise<string> {
  const { email } = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.account')
    .select('email')
    .where('id', '=', account)
    .executeTakeFirstOrThrow()
  return email
}
