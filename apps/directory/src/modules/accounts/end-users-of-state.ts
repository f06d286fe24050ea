import type { StateCode } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import type { AccountsTables } from './tables.ts'

/** A State leaves, or its access ends: at once nobody acts for it any more, and nobody is about to. */
export async function endUsersOfState(tx: Tx, now: Date, state: StateCode): Promise<void> {
  const accounts = tx.withTables<AccountsTables>()
  for (const table of ['accounts.holding', 'accounts.session', 'accounts.invitation'] as const) {
    await accounts
      .updateTable(table)
      .set({ ended_at: now })
      .where('state', '=', state)
      .where('ended_at', 'is', null)
      .execute()
  }
}
