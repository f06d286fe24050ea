import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import {
  type Check,
  type CheckId,
  type CheckStatus,
  decideSilence,
  decideStopped,
  type MessageState,
  type RoundId,
} from './domain/check.ts'
import { checksTables, listWaitingPage } from './store.ts'

/** So many checks are held at once, however many a round has. */
const pageSize = 2_000

/** Decides page by page what became of the checks that nobody answered. */
export async function settleChecks(
  tx: Tx,
  round: RoundId,
  decide: (check: Check, messages: readonly MessageState[]) => CheckStatus = decideSilence,
): Promise<void> {
  let last: CheckId | undefined
  do {
    const page = await listWaitingPage(tx, round, last, pageSize)
    const results = Map.groupBy(page, ({ check, messages }) => decide(check, messages))
    results.delete('waiting')
    for (const [status, settled] of results) {
      await checksTables(tx)
        .updateTable('checks.check')
        .set({ status })
        .where(sql<boolean>`id = any(${settled.map(({ check }) => check.id)}::uuid[])`)
        .where('status', '=', 'waiting')
        .execute()
    }
    last = page.length < pageSize ? undefined : page.at(-1)?.check.id
  } while (last)
}

/**
 * What waits in a stopped round is not sent any more, and that is our doing. What a lane still holds comes to its end
 * or is given back; the duty that closes rounds asks again (`listUnended`). Needs the round locked or stopped.
 */
export async function endStopped(tx: Tx, round: RoundId, now: Date): Promise<void> {
  const checks = checksTables(tx)
  // Checks before messages, as everybody else who writes of both.
  await sql`
    with held as (
      select id from checks.check where round_id = ${round} and status = 'waiting' order by id for no key update
    )
    select count(*) from held`.execute(tx)
  const messages = checks.updateTable('checks.message').where('round_id', '=', round)
  await messages
    .set({ status: 'not-sent', cause: 'ours' })
    .where((message) =>
      message.or([
        message('status', '=', 'queued'),
        message.and([message('status', '=', 'sending'), message('due_at', '<=', now)]),
      ]),
    )
    .execute()
  await messages.set({ reminder: 'dropped' }).where('reminder', 'in', ['queued', 'sending']).execute()
  await messages.set({ correction: 'dropped' }).where('correction', 'in', ['queued', 'sending']).execute()
  await settleChecks(tx, round, decideStopped)
}

/** Stopped rounds of which something came back into the queue, or was claimed by a process that is gone. */
export async function listUnended(tx: Tx, now: Date): Promise<readonly string[]> {
  const rows = await checksTables(tx)
    .selectFrom('checks.message as message')
    .innerJoin('checks.round as round', 'round.id', 'message.round_id')
    .select('round.id')
    .distinct()
    .where('round.status', '=', 'stopped')
    .where('message.status', 'in', ['queued', 'sending'])
    .where((message) =>
      message.or([message('message.status', '=', 'queued'), message('message.due_at', '<=', now)]),
    )
    .execute()
  return rows.map(({ id }) => id)
}
