import { isLocale, type Locale, parseId, type StateCode } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import type { AccountsTables } from './tables.ts'

/** Somebody who is written to. */
export interface Addressee {
  readonly account: AccountId
  readonly name: string
  readonly email: string
  readonly language: Locale
}

/** Everybody who acts for a State and reads entries, once each, whatever roles they hold. As the worker. */
export async function listAddressees(tx: Tx, state: StateCode): Promise<readonly Addressee[]> {
  const rows = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.account as account')
    .innerJoin('accounts.holding as holding', 'holding.account_id', 'account.id')
    .distinctOn('account.id')
    .select(['account.id', 'account.name', 'account.email', 'account.language'])
    .where('holding.state', '=', state)
    .where('holding.role', 'in', ['mission', 'poc'])
    .where('holding.ended_at', 'is', null)
    .where('account.ended_at', 'is', null)
    .execute()
  return rows.flatMap(({ id, name, email, language }) => {
    const account = parseId<'account'>(id)
    return account ? [{ account, name, email, language: isLocale(language) ? language : 'en' }] : []
  })
}
