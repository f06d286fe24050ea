import { after, minute, refuse, type Result } from '@parley/kernel'
import { sql } from 'kysely'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Pace } from '../../platform/mail/post.ts'
import type { Round, RoundId } from './domain/check.ts'
import { type CorrectionReason, parseReason } from './domain/correction.ts'
import { openSchedule } from './domain/pace.ts'
import { checksTables } from './store.ts'

export interface CorrectionWanted {
  readonly reason: CorrectionReason
  /** Also to those who have answered already. */
  readonly toAnswered: boolean
}

/**
 * Writes once more to those whom the relay had taken a message for: a correction repeats the code and starts no clock.
 * One at most in a round, or nobody would know which one holds. What was not sent yet gets none.
 */
export async function correctRound(
  scope: ActionScope,
  round: Pick<Round, 'id' | 'status'>,
  { reason, toAnswered }: CorrectionWanted,
  pace: Pace | undefined,
): Promise<Result<Done<undefined>>> {
  const { tx, now } = scope
  const { numUpdatedRows } = await checksTables(tx)
    .updateTable('checks.round')
    .set({ correction: reason, corrected_at: now, corrects_answered: toAnswered })
    .where('id', '=', round.id)
    .where('status', '=', round.status)
    .where('status', 'in', ['running', 'paused'])
    .where('correction', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return refuse({ code: 'checks/round-changed', kind: 'conflict' })
  const { messages, last } = await queueCorrections(tx, round.id, toAnswered, openSchedule(pace, now), now)
  if (messages === 0) return refuse({ code: 'checks/nobody-to-correct', kind: 'conflict' })
  if (pace) await putBehind(tx, round.id, after(last, minute / pace.perMinute))
  const content = { reason, messages, answered: toAnswered }
  return done(undefined, [{ verb: 'round.corrected', subject: `round:${round.id}`, content }])
}

/** So many messages are held at once. */
const pageSize = 2_000

async function queueCorrections(
  tx: Tx,
  round: RoundId,
  toAnswered: boolean,
  schedule: (address: string) => Date,
  now: Date,
): Promise<{ messages: number; last: Date }> {
  let messages = 0
  let last = now
  let from = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await sql<{ id: string; address: string }>`
      select message.id, message.address ${corrected(round, toAnswered)} and message.id > ${from}
      order by message.id limit ${pageSize}`.execute(tx)
    const due = rows.map(({ address }) => schedule(address))
    await sql`
      update checks.message as message set correction = 'queued', correction_due_at = chosen.due_at
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${due.map((at) => at.toISOString())}::timestamptz[])
        as chosen (id, due_at)
      where message.id = chosen.id`.execute(tx)
    messages += rows.length
    for (const at of due) if (at > last) last = at
    from = rows.at(-1)?.id ?? from
    if (rows.length < pageSize) return { messages, last }
  }
}

/** What the relay took, of entries that are not withdrawn, and whose check waits or, where asked for, is answered. */
function corrected(round: RoundId, toAnswered: boolean) {
  return sql`
    from checks.message as message join checks.check as answering on answering.id = message.check_id
    where message.round_id = ${round} and message.status in ('sent', 'delivered') and message.address <> ''
      and answering.withdrawn_at is null and (answering.status = 'waiting'
        or (${toAnswered} and answering.status in ('answered', 'answered-late')))`
}

/** The pace holds for both together: what is not sent yet leaves after the corrections, its distances kept. */
async function putBehind(tx: Tx, round: RoundId, from: Date): Promise<void> {
  await sql`
    update checks.message as message set due_at = message.due_at + (${from}::timestamptz - waiting.first)
    from (
      select min(due_at) as first from checks.message where round_id = ${round} and status = 'queued'
    ) as waiting
    where message.round_id = ${round} and message.status = 'queued' and waiting.first < ${from}`.execute(tx)
}

/** How many messages a correction would go to, by what became of their checks. */
export async function countToCorrect(
  tx: Tx,
  round: RoundId,
): Promise<{ readonly waiting: number; readonly answered: number }> {
  const { rows } = await sql<{ isWaiting: boolean; total: number }>`
    select answering.status = 'waiting' as "isWaiting", count(*)::int as total
    ${corrected(round, true)} group by "isWaiting"`.execute(tx)
  const of = (isWaiting: boolean) => rows.find((row) => row.isWaiting === isWaiting)?.total ?? 0
  return { waiting: of(true), answered: of(false) }
}

/** The correction of a round, and how far it has come. */
export interface CorrectionSeen {
  readonly reason: CorrectionReason
  readonly at: Date
  readonly sent: number
  readonly toSend: number
}

export async function findCorrection(tx: Tx, round: RoundId): Promise<CorrectionSeen | undefined> {
  const row = await checksTables(tx)
    .selectFrom('checks.round')
    .select(['correction', 'corrected_at'])
    .where('id', '=', round)
    .executeTakeFirst()
  const reason = parseReason(row?.correction)
  if (!reason || !row?.corrected_at) return undefined
  const { rows } = await sql<{ sent: number; toSend: number }>`
    select count(*) filter (where message.correction = 'sent')::int as sent,
      count(*) filter (where message.correction in ('queued', 'sending') and message.status in ('sent', 'delivered')
        and answering.withdrawn_at is null and (answering.status = 'waiting'
          or (round.corrects_answered and answering.status in ('answered', 'answered-late'))))::int as "toSend"
    from checks.message as message join checks.check as answering on answering.id = message.check_id
      join checks.round as round on round.id = message.round_id
    where message.round_id = ${round} and message.correction <> 'none'`.execute(tx)
  return { reason, at: row.corrected_at, sent: rows[0]?.sent ?? 0, toSend: rows[0]?.toSend ?? 0 }
}
