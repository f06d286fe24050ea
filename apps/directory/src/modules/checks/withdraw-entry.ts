import type { Id, Result } from '@parley/kernel'
import { type ActionScope, type Done, unchanged } from '../../platform/action.ts'
import { checksTables } from './store.ts'

/**
 * A State withdrew an entry while a round runs: nothing more is sent to it, and its silence opens no follow-up. What
 * was sent stands, and an answer is still recorded.
 */
export async function withdrawEntry(
  { tx, now }: ActionScope,
  entry: Id<'entry'>,
): Promise<Result<Done<void>>> {
  const open = await checksTables(tx)
    .updateTable('checks.check')
    .set({ withdrawn_at: now })
    .where('entry_id', '=', entry)
    .where('withdrawn_at', 'is', null)
    .where('round_id', 'in', (rounds) =>
      rounds.selectFrom('checks.round').select('id').where('status', 'in', ['running', 'paused']),
    )
    .returning('id')
    .execute()
  if (open.length === 0) return unchanged(undefined)
  const ids = open.map(({ id }) => id)
  const messages = checksTables(tx).updateTable('checks.message').where('check_id', 'in', ids)
  await messages.set({ status: 'not-sent' }).where('status', 'in', ['queued', 'sending']).execute()
  await messages.set({ reminder: 'dropped' }).where('reminder', 'in', ['queued', 'sending']).execute()
  await messages.set({ correction: 'dropped' }).where('correction', 'in', ['queued', 'sending']).execute()
  return unchanged(undefined)
}
