import { parseId } from '@parley/kernel'
import type { Delivery } from '@parley/mail'
import type { ActionScope } from '../../platform/action.ts'
import type { Act } from '../../platform/history/record.ts'
import { noteAnswered } from '../directory/index.ts'
import { type CheckId, mayStartClock } from './domain/check.ts'
import { decideReturned } from './domain/message.ts'
import { checksTables, findCheck, findRound, known, lockChecks, type MessageOfCheck } from './store.ts'
import { settleMessages } from './settle-messages.ts'

/**
 * What a delivery report says of one message. It is read by its action: `failed` ends the delivery whatever the
 * status says, `delayed` only stops the clock. An answer that came anyway is never undone.
 */
export async function recordDelivery(
  scope: ActionScope,
  message: MessageOfCheck,
  delivery: Delivery,
): Promise<readonly Act[]> {
  await lockChecks(scope.tx, [message.check])
  if (delivery.action === 'delivered') await recordDelivered(scope, message)
  if (delivery.action === 'delayed') await recordDelayed(scope, message)
  if (delivery.action !== 'failed' || !(await recordFailed(scope, message, delivery.cause))) return []
  return [
    { verb: `message.failed.${delivery.cause}`, subject: `check:${message.check}`, state: message.state },
  ]
}

/** What was delayed is here after all: the clock that its delay had stopped starts anew. */
async function recordDelivered(
  { tx, now }: ActionScope,
  { message, check, addressId }: MessageOfCheck,
): Promise<void> {
  const { numUpdatedRows } = await checksTables(tx)
    .updateTable('checks.message')
    .set({ status: 'delivered', delayed_at: null })
    .where('id', '=', message)
    .where('status', 'in', ['sending', 'sent'])
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return
  const { check: of, round } = await whereItStands(tx, check)
  const address = parseId<'address'>(addressId)
  if (address) await noteAnswered(tx, { entry: of.entry, address, rung: 'delivered', at: now })
  if (!mayStartClock(round, now)) return
  await checksTables(tx)
    .updateTable('checks.check')
    .set({ clock_started_at: now })
    .where('id', '=', check)
    .where('status', '=', 'waiting')
    .where('clock_started_at', 'is', null)
    .execute()
}

async function recordDelayed({ tx, now }: ActionScope, { message, check }: MessageOfCheck): Promise<void> {
  await checksTables(tx)
    .updateTable('checks.message')
    .set({ delayed_at: now })
    .where('id', '=', message)
    .where('status', 'in', ['sending', 'sent'])
    .execute()
  await settleMessages(tx, check)
}

async function recordFailed(
  { tx, now }: ActionScope,
  { message, check: id }: MessageOfCheck,
  cause: Delivery['cause'],
): Promise<boolean> {
  const messages = checksTables(tx)
  const row = await messages
    .selectFrom('checks.message')
    .select(['status', 'attempts', 'tried_at'])
    .where('id', '=', message)
    .where('status', 'in', ['sending', 'sent', 'delivered'])
    .executeTakeFirst()
  if (!row) return false
  const { check, round } = await whereItStands(tx, id)
  const isOpen = check.status === 'waiting' && round.closedAt === undefined && row.status !== 'sending'
  const tries = { attempts: row.attempts, triedAt: row.tried_at ?? now }
  const next = decideReturned(cause, tries, { isOpen, now })
  await messages
    .updateTable('checks.message')
    .set({ status: next.status, cause: next.cause ?? null, ...(next.dueAt ? { due_at: next.dueAt } : {}) })
    .where('id', '=', message)
    .execute()
  await settleMessages(tx, id)
  return true
}

async function whereItStands(tx: ActionScope['tx'], id: CheckId) {
  const check = known(await findCheck(tx, id))
  return { check, round: known(await findRound(tx, check.round)) }
}
