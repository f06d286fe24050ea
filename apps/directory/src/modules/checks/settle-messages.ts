import type { Tx } from '../../platform/database/database.ts'
import { type CheckId, hasClockStopped, isUndeliverable } from './domain/check.ts'
import { checksTables, listMessageStates } from './store.ts'

/**
 * After a message failed or is delayed: a check that nothing can reach is over at once, one that nothing is on its way
 * to has no clock. A call that was taken or left on a machine goes on counting. Needs the check locked.
 */
export async function settleMessages(tx: Tx, check: CheckId): Promise<void> {
  const states = await listMessageStates(tx, check)
  const waiting = checksTables(tx)
    .updateTable('checks.check')
    .where('id', '=', check)
    .where('status', '=', 'waiting')
  if (isUndeliverable(states)) await waiting.set({ status: 'undeliverable' }).execute()
  else if (hasClockStopped(states)) {
    await waiting
      .set({ clock_started_at: null })
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('checks.call')
              .select('id')
              .where('check_id', '=', check)
              .where('outcome', '<>', 'no-answer'),
          ),
        ),
      )
      .execute()
  }
}
