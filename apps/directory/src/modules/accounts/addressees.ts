import { isLocale, type Locale, parseId, type StateCode } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import type { AccountsTables } from './tables.ts'
import { listUsers } from './users.ts'

/** Somebody who is written to. */
export interface Addressee {
  readonly account: AccountId
  readonly name: string
  readonly email: string
  readonly language: Locale
}

/** Everybody who acts for a State and reads entries, once each, whatever roles they hold; or for its Mission alone. As the worker. */
export async function listAddressees(
  tx: Tx,
  state: StateCode,
  roles: readonly ('mission' | 'poc')[] = ['mission', 'poc'],
): Promise<readonly Addressee[]> {
  const rows = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.account as account')
    .innerJoin('accounts.holding as holding', 'holding.account_id', 'account.id')
    .distinctOn('account.id')
    .select(['account.id', 'account.name', 'account.email', 'account.language'])
    .where('holding.state', '=', state)
    .where('holding.role', 'in', roles)
    .where('holding.ended_at', 'is', null)
    .where('account.ended_at', 'is', null)
    .execute()
  return rows.flatMap(({ id, name, email, language }) => {
    const account = parseId<'account'>(id)
    return account ? [{ account, name, email, language: isLocale(language) ? language : 'en' }] : []
  })
}

/** A POC's person, with the kinds it acts for and since when it does without a break. */
export interface Poc extends Pick<Addressee, 'account' | 'name' | 'email'> {
  readonly kinds: readonly string[]
  readonly since: Date
}

/** The POCs of a State, by name: for the State itself, the manager and the worker. */
export async function listPocs(tx: Tx, state: StateCode): Promise<readonly Poc[]> {
  const users = await listUsers(tx, state)
  const pocs = users.flatMap((user) =>
    user.holding.role === 'poc' ? [{ ...user, kind: user.holding.kind }] : [],
  )
  return [...Map.groupBy(pocs, ({ account }) => account)].flatMap(([account, held]) => {
    const [first] = held
    return first
      ? [
          {
            account,
            name: first.name,
            email: first.email,
            kinds: held.map(({ kind }) => kind),
            since: first.since,
          },
        ]
      : []
  })
}

/** Since when somebody is a POC of a State; nothing where that is not so. */
export async function pocSince(tx: Tx, state: StateCode, account: AccountId): Promise<Date | undefined> {
  return (await listPocs(tx, state)).find((poc) => poc.account === account)?.since
}
