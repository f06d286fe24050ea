import { after, type Clock, minute } from '@parley/kernel'
import { sql } from 'kysely'
import type { Database, Tx } from '../../platform/database/database.ts'
import type { Round } from './domain/check.ts'
import { checksTables } from './store.ts'

/**
 * After a pause or a standstill all that waited would be due at once, and leave faster than the pace allows: what
 * waits moves on together instead, its distances kept. One worker at a time, or two would move it twice.
 */
export async function keepDistances({
  database,
  clock,
}: {
  readonly database: Database
  readonly clock: Clock
}): Promise<void> {
  const now = clock.now()
  const late = after(now, -minute)
  await database.transaction({ role: 'worker' }, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('checks.keep-distances'))`.execute(tx)
    // First messages and corrections move together: one was put behind the other (correct-round.ts).
    await sql`
      update checks.message as message set
        due_at = case when message.status = 'queued' then message.due_at + (${now}::timestamptz - behind.first)
          else message.due_at end,
        correction_due_at = case when message.correction = 'queued'
          then message.correction_due_at + (${now}::timestamptz - behind.first) else message.correction_due_at end
      from (
        select round_id, min(first) as first from (
          select due.round_id, due.due_at as first
          from checks.message as due join checks.round as round on round.id = due.round_id
          where round.status = 'running' and due.status = 'queued' and due.due_at < ${late}
          union all
          select due.round_id, due.correction_due_at
          from checks.message as due join checks.round as round on round.id = due.round_id
          join checks.check as answering on answering.id = due.check_id
          where round.status = 'running' and due.correction = 'queued' and due.correction_due_at < ${late}
            and due.status in ('sent', 'delivered') and (answering.status = 'waiting'
              or (round.corrects_answered and answering.status in ('answered', 'answered-late')))
        ) as each group by round_id
      ) as behind
      where message.round_id = behind.round_id
        and (message.status = 'queued' or message.correction = 'queued')`.execute(tx)
    await sql`
      update checks.message as message set reminder_due_at = message.reminder_due_at + (${now}::timestamptz - behind.first)
      from (
        select due.round_id, min(due.reminder_due_at) as first
        from checks.message as due join checks.round as round on round.id = due.round_id
        join checks.check as answering on answering.id = due.check_id
        where round.status = 'running' and answering.status = 'waiting' and due.status in ('sent', 'delivered')
          and due.reminder = 'queued' and due.reminder_due_at < ${late}
        group by due.round_id
      ) as behind
      where message.round_id = behind.round_id and message.reminder = 'queued'`.execute(tx)
  })
}

/** When the last message of a round is due that still waits. */
export async function findLastDue(tx: Tx, round: Round): Promise<Date | undefined> {
  const row = await checksTables(tx)
    .selectFrom('checks.message')
    .select('due_at')
    .where('round_id', '=', round.id)
    .where('status', '=', 'queued')
    .orderBy('due_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.due_at
}
