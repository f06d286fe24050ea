import type { Delivery } from '@parley/mail'
import type { ActionScope } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Act } from '../../platform/history/record.ts'
import type { CheckId } from './domain/check.ts'
import { checksTables, type MessageOfCheck } from './store.ts'
import { endIfUndeliverable } from './send-messages.ts'

/**
 * What a delivery report says of one message. It is read by its action: `failed` ends the delivery whatever the
 * status says, `delayed` does not. An answer that came anyway is never undone.
 */
export async function recordDelivery(
  { tx }: ActionScope,
  message: MessageOfCheck,
  delivery: Delivery,
): Promise<readonly Act[]> {
  const messages = checksTables(tx).updateTable('checks.message').where('id', '=', message.message)
  if (delivery.action === 'delivered') {
    await messages.set({ status: 'delivered' }).where('status', '=', 'sent').execute()
    return []
  }
  if (delivery.action !== 'failed') return []
  const { numUpdatedRows } = await messages
    .set({ status: 'failed', cause: delivery.cause })
    .where('status', 'in', ['sending', 'sent', 'delivered'])
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return []
  await endIfUndeliverable(tx, message.check)
  await stopClockIfNothingUnderWay(tx, message.check)
  return [
    { verb: `message.failed.${delivery.cause}`, subject: `check:${message.check}`, state: message.state },
  ]
}

/** A failure notice for every message of a check stops its clock; the next message sent starts it anew. */
async function stopClockIfNothingUnderWay(tx: Tx, check: CheckId): Promise<void> {
  const underWay = await checksTables(tx)
    .selectFrom('checks.message')
    .select('id')
    .where('check_id', '=', check)
    .where('status', 'in', ['queued', 'sending', 'sent', 'delivered'])
    .executeTakeFirst()
  if (underWay) return
  await checksTables(tx)
    .updateTable('checks.check')
    .set({ clock_started_at: null })
    .where('id', '=', check)
    .where('status', '=', 'waiting')
    .execute()
}
