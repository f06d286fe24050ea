import { type Locale, newId } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import { columnsOf, type Holding } from './holding.ts'
import type { Person } from './session.ts'
import type { AccountsTables } from './tables.ts'

/**
 * Makes an account with one role and no means of signing in: for demonstrations and tests, which begin sessions
 * themselves. Only the worker may; everybody else comes in by an invitation.
 */
export async function admitPerson(
  tx: Tx,
  now: Date,
  person: { readonly name: string; readonly email: string; readonly language: Locale },
  as: Holding,
): Promise<Person> {
  const account = newId<'account'>()
  const accounts = tx.withTables<AccountsTables>()
  await accounts
    .insertInto('accounts.account')
    .values({ id: account, ...person, created_at: now, ended_at: null })
    .execute()
  await accounts
    .insertInto('accounts.holding')
    .values({
      id: newId(),
      account_id: account,
      ...columnsOf(as),
      since: now,
      ended_at: null,
    })
    .execute()
  return { account, name: person.name }
}
