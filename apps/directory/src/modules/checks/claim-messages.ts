import { after, type Clock, isLocale, minute, parseId } from '@parley/kernel'
import { sql } from 'kysely'
import type { Database, Tx } from '../../platform/database/database.ts'
import { currentCheckpoint, shortCheckpoint } from '../../platform/history/checkpoint.ts'
import type { CheckToSend } from './check.mail.ts'
import { lastStartAfter, type RoundId } from './domain/check.ts'
import { parseReason } from './domain/correction.ts'
import { checksTables, known } from './store.ts'

/** A claim that was not kept is somebody else's after this long; the claimer is dead by then. */
const leaseFor = 2 * minute

/** A message that is ours to send until somebody else may claim it. */
export interface Claim extends CheckToSend {
  readonly round: RoundId
  readonly claimedUntil: Date
}

/** Takes what is due of running rounds: first messages, corrections, reminders. What others have taken is passed over. */
export async function claim(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  limit: number,
): Promise<readonly Claim[]> {
  const now = clock.now()
  const until = after(now, leaseFor)
  return database.transaction({ role: 'worker' }, async (tx) => {
    // Read in the order of the index: right after a round began, the planner knows nothing of its size and would
    // sort all that is due for every claim.
    await sql`select set_config('enable_sort', 'off', true)`.execute(tx)
    const first = await sql<Claimed>`
      update checks.message as message set status = 'sending', due_at = ${until}, attempts = message.attempts + 1,
        tried_at = coalesce(message.tried_at, ${now}), delayed_at = null
      from (
        select due.id from checks.message as due join checks.round as round on round.id = due.round_id
        where round.status = 'running' and due.status in ('queued', 'sending') and due.due_at <= ${now}
          and round.started_at + make_interval(secs => (${lastStartAfter} + round.paused_for_ms) / 1000) >= ${until}
        order by due.due_at limit ${limit} for update of due skip locked
      ) as taken${withItsCheck}`.execute(tx)
    const corrections = await sql<Claimed>`
      update checks.message as message set correction = 'sending', correction_due_at = ${until}
      from (
        select due.id from checks.message as due
        join checks.round as round on round.id = due.round_id
        join checks.check as answering on answering.id = due.check_id
        where round.status = 'running' and due.status in ('sent', 'delivered')
          and due.correction in ('queued', 'sending') and due.correction_due_at <= ${now}
          and (answering.status = 'waiting'
            or (round.corrects_answered and answering.status in ('answered', 'answered-late')))
        order by due.correction_due_at limit ${limit} for update of due skip locked
      ) as taken${withItsCheck}`.execute(tx)
    const reminders = await sql<Claimed>`
      update checks.message as message set reminder = 'sending', reminder_due_at = ${until}
      from (
        select due.id from checks.message as due
        join checks.round as round on round.id = due.round_id
        join checks.check as answering on answering.id = due.check_id
        where round.status = 'running' and answering.status = 'waiting' and due.status in ('sent', 'delivered')
          and due.reminder in ('queued', 'sending') and due.reminder_due_at <= ${now}
          and answering.clock_started_at + make_interval(hours => round.answer_within_hours) > ${now}
        order by due.reminder_due_at limit ${limit} for update of due skip locked
      ) as taken${withItsCheck}`.execute(tx)
    await dropReminders(tx, now)
    const current = await currentCheckpoint(tx)
    const checkpoint = current && shortCheckpoint(current)
    const toClaim = (use: CheckToSend['use']) => (row: Claimed) => {
      const reason = use === 'correction' ? parseReason(row.correction) : undefined
      return {
        message: known(parseId<'message'>(row.id)),
        check: known(parseId<'check'>(row.check_id)),
        round: known(parseId<'round'>(row.round_id)),
        use,
        correction: reason && { reason, isAnswered: row.answered_at !== null },
        to: row.address,
        language: isLocale(row.language) ? row.language : 'en',
        beside: row.beside !== null && isLocale(row.beside) ? row.beside : undefined,
        answerWithinHours: row.answer_within_hours,
        attempts: row.attempts,
        triedAt: row.tried_at ?? now,
        at: now,
        checkpoint,
        claimedUntil: until,
      }
    }
    return [
      ...first.rows.map(toClaim('check')),
      ...corrections.rows.map(toClaim('correction')),
      ...reminders.rows.map(toClaim('reminder')),
    ]
  })
}

/** Reminders that came due and are nobody's any more: or each claim would look at all of them again. */
async function dropReminders(tx: Tx, now: Date): Promise<void> {
  await sql`
    update checks.message as message set reminder = 'dropped'
    from (
      select due.id from checks.message as due
      join checks.round as round on round.id = due.round_id
      join checks.check as answering on answering.id = due.check_id
      where due.reminder = 'queued' and due.reminder_due_at <= ${now}
        and (round.status in ('closed', 'stopped') or answering.status <> 'waiting')
      order by due.reminder_due_at limit 5000 for update of due skip locked
    ) as over
    where message.id = over.id`.execute(tx)
}

interface Claimed {
  readonly id: string
  readonly check_id: string
  readonly round_id: string
  readonly address: string
  readonly attempts: number
  readonly tried_at: Date | null
  readonly language: string
  readonly beside: string | null
  readonly answered_at: Date | null
  readonly correction: string | null
  readonly answer_within_hours: number
}

/** Gives back of each message that was taken what a sender needs of it, its check and its round. */
const withItsCheck = sql`, checks.check as asked, checks.round as round
  where message.id = taken.id and asked.id = message.check_id and round.id = message.round_id
  returning message.id, message.check_id, message.round_id, message.address, message.attempts,
    message.tried_at, asked.language, asked.beside, asked.answered_at,
    round.correction, round.answer_within_hours`

/** Puts back what was claimed and not handed over: it was never tried. Somebody else's by now, it stays as it is. */
export function giveBack(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  claims: readonly Claim[],
): Promise<void> {
  const now = clock.now()
  return database.transaction({ role: 'worker' }, async (tx) => {
    for (const [until, of] of Map.groupBy(claims, ({ claimedUntil }) => claimedUntil)) {
      const ids = (use: CheckToSend['use']) =>
        of.filter((each) => each.use === use).map(({ message }) => message)
      await sql`
        update checks.message set status = 'queued', due_at = ${now}, attempts = attempts - 1,
          tried_at = case when attempts > 1 then tried_at end
        where id = any(${ids('check')}::uuid[]) and status = 'sending' and due_at = ${until}`.execute(tx)
      await sql`
        update checks.message set reminder = 'queued', reminder_due_at = ${now}
        where id = any(${ids('reminder')}::uuid[]) and reminder = 'sending' and reminder_due_at = ${until}`.execute(
        tx,
      )
      await sql`
        update checks.message set correction = 'queued', correction_due_at = ${now}
        where id = any(${ids('correction')}::uuid[]) and correction = 'sending'
          and correction_due_at = ${until}`.execute(tx)
    }
  })
}

/** Puts back what a process claimed that is no longer there. */
export function releaseClaims(database: Database): Promise<void> {
  return database.transaction({ role: 'worker' }, async (tx) => {
    const messages = checksTables(tx).updateTable('checks.message')
    await messages
      .set((row) => ({ status: 'queued', due_at: row.ref('queued_at') }))
      .where('status', '=', 'sending')
      .execute()
    await messages
      .set((row) => ({ reminder: 'queued', reminder_due_at: row.ref('sent_at') }))
      .where('reminder', '=', 'sending')
      .execute()
    await messages.set({ correction: 'queued' }).where('correction', '=', 'sending').execute()
  })
}
