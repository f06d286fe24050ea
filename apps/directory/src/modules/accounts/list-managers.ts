import { isLocale, type Locale, parseId } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import type { AccountsTables } from './tables.ts'

export interface Manager {
  readonly account: AccountId
  readonly name: string
  readonly email: string
  readonly language: Locale
  readonly since: Date
}

/** The directory managers, the longest serving first. For the manager and the worker. */
export async function listManagers(tx: Tx): Promise<readonly Manager[]> {
  const rows = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.holding as holding')
    .innerJoin('accounts.account as account', 'account.id', 'holding.account_id')
    .select(['account.id', 'account.name', 'account.email', 'account.language', 'holding.since'])
    .where('holding.role', '=', 'manager')
    .where('holding.ended_at', 'is', null)
    .orderBy('holding.since')
    .orderBy('account.id')
    .execute()
  return rows.flatMap(({ id, name, email, language, since }) => {
    const account = parseId<'account'>(id)
    return account ? [{ account, name, email, language: isLocale(language) ? language : 'en', since }] : []
  })
}

export async function countManagers(tx: Tx): Promise<number> {
  const { managers } = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.holding')
    .select(sql<number>`count(*)::int`.as('managers'))
    .where('role', '=', 'manager')
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return managers
}
