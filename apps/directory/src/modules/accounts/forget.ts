import { after, day, hour, minute } from '@parley/kernel'
import type { Database, Tx } from '../../platform/database/database.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import type { Erasers } from '../../platform/history/repeat-erasures.ts'
import { eraseSubject } from '../../platform/history/erase.ts'
import type { AccountsTables } from './tables.ts'

export interface Retention {
  /** Days after which a person without any role is a number. */
  readonly endedAccount: number
  /** Days for which past sessions and invitations are kept. */
  readonly session: number
}

/** Erases what has no use any more; the history keeps that it was, under the number of the account. */
export function forgetDuty(database: Pick<Database, 'transaction'>, retention: Retention): Duty {
  return {
    name: 'accounts.forget',
    every: hour,
    erases: true,
    run: (now) =>
      database.transaction({ role: 'worker' }, async (tx) => {
        await forgetSessions(tx, after(now, -retention.session * day), now)
        await forgetInvitations(tx, after(now, -retention.session * day))
        await forgetPeople(tx, after(now, -retention.endedAccount * day), now)
      }),
  }
}

/** What was kept for somebody to come back to is over after minutes, not at the next hour. */
export function forgetFormsDuty(database: Pick<Database, 'transaction'>): Duty {
  return {
    name: 'accounts.forget-forms',
    every: minute,
    run: (now) =>
      database.transaction({ role: 'worker' }, async (tx) => {
        const accounts = tx.withTables<AccountsTables>()
        await accounts.deleteFrom('accounts.kept_form').where('expires_at', '<=', now).execute()
      }),
  }
}

async function forgetSessions(tx: Tx, before: Date, now: Date): Promise<void> {
  const accounts = tx.withTables<AccountsTables>()
  await accounts.deleteFrom('accounts.session').where('ends_at', '<', before).execute()
  await accounts.deleteFrom('accounts.spent_ticket').where('expires_at', '<', now).execute()
}

async function forgetInvitations(tx: Tx, before: Date): Promise<void> {
  const gone = await tx
    .withTables<AccountsTables>()
    .deleteFrom('accounts.invitation')
    .where('expires_at', '<', before)
    .returning('id')
    .execute()
  for (const { id } of gone) await eraseSubject(tx, `invitation:${id}`)
}

/** Whoever has held no role since `before`: the account stays as a number, the person and every proof go. */
async function forgetPeople(tx: Tx, before: Date, now: Date): Promise<void> {
  const accounts = tx.withTables<AccountsTables>()
  const over = await accounts
    .selectFrom('accounts.account as account')
    .select('account.id')
    .where('account.email', 'not like', 'forgotten:%')
    .where('account.created_at', '<', before)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('accounts.holding as holding')
            .select('holding.id')
            .whereRef('holding.account_id', '=', 'account.id')
            .where((still) =>
              still.or([still('holding.ended_at', 'is', null), still('holding.ended_at', '>=', before)]),
            ),
        ),
      ),
    )
    .execute()
  for (const { id } of over) {
    await becomeNumber(tx, id, now)
    await eraseSubject(tx, `account:${id}`)
  }
}

/** What was forgotten since is forgotten again, as it stands in an older database: with roles and sessions. */
export const accountsErasers: Erasers = {
  account: async ({ tx, now }, id) => {
    const accounts = tx.withTables<AccountsTables>()
    await accounts
      .updateTable('accounts.holding')
      .set({ ended_at: now })
      .where('account_id', '=', id)
      .where('ended_at', 'is', null)
      .execute()
    await accounts
      .updateTable('accounts.session')
      .set({ ended_at: now })
      .where('account_id', '=', id)
      .where('ended_at', 'is', null)
      .execute()
    await becomeNumber(tx, id, now)
    return []
  },
  invitation: async ({ tx }, id) => {
    await tx.withTables<AccountsTables>().deleteFrom('accounts.invitation').where('id', '=', id).execute()
    return []
  },
}

async function becomeNumber(tx: Tx, id: string, now: Date): Promise<void> {
  const accounts = tx.withTables<AccountsTables>()
  for (const table of ['accounts.passkey', 'accounts.password', 'accounts.one_time_code'] as const)
    await accounts.deleteFrom(table).where('account_id', '=', id).execute()
  await accounts.updateTable('accounts.session').set({ name: '' }).where('account_id', '=', id).execute()
  await accounts
    .updateTable('accounts.account')
    .set({ email: `forgotten:${id}`, name: '', ended_at: now })
    .where('id', '=', id)
    .execute()
}
