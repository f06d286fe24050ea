import type { Delivery } from '@parley/mail'
import type { ActionScope } from '../../platform/action.ts'
import type { Act } from '../../platform/history/record.ts'
import { checksTables, type MessageOfCheck } from './store.ts'
import { settleMessages } from './settle-messages.ts'

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
  await settleMessages(tx, message.check)
  return [
    { verb: `message.failed.${delivery.cause}`, subject: `check:${message.check}`, state: message.state },
  ]
}
