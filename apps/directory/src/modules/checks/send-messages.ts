import { after, type Clock, hour, isLocale, minute, parseId } from '@parley/kernel'
import type { OutgoingMail, SendOutcome } from '@parley/mail'
import { sql } from 'kysely'
import type { Database, Tx } from '../../platform/database/database.ts'
import { currentCheckpoint, shortCheckpoint } from '../../platform/history/checkpoint.ts'
import type { MessageId } from './domain/check.ts'
import type { CheckToSend } from './check.mail.ts'
import { settleMessages } from './settle-messages.ts'
import { checksTables, known } from './store.ts'

export interface Sender {
  /** Sends what is due until nothing is; how many messages the relay took. */
  sendDue(): Promise<number>
}

interface SenderOutside {
  readonly database: Database
  readonly clock: Clock
  readonly send: (mail: OutgoingMail) => Promise<SendOutcome>
  readonly render: (message: CheckToSend) => OutgoingMail
  /** Messages in flight at the same time: one per connection of the pool. */
  readonly lanes: number
}

/** A claim that was not kept is somebody else's after this long; the claimer is dead by then. */
const leaseFor = 2 * minute
const giveUpAfter = 72 * hour

/**
 * The messages table is its own queue. Each lane takes one claimed message, hands it to the relay, and takes the
 * next only when the outcome is written: whatever dies in between, at most one message per lane is sent again.
 */
export function openSender(outside: SenderOutside): Sender {
  const { clock, lanes } = outside
  const write = groupWriter(outside)
  // One process owns the embedded database: whatever was claimed before it started, nobody is sending any more.
  let released = outside.database.kind !== 'embedded'
  return {
    sendDue: async () => {
      if (!released) await releaseClaims(outside.database)
      released = true
      let sent = 0
      const next = claimAhead(outside, lanes * 20)
      const lane = async () => {
        for (;;) {
          const message = await next()
          if (!message) return
          // Too late: by now it may be somebody else's, who would send it too.
          if (clock.now() >= message.claimedUntil) continue
          const outcome = await handOver(outside, message)
          await write(message, outcome)
          if (outcome.kind === 'accepted') sent += 1
        }
      }
      // Every lane comes to its end before a fault is told: no lane of an earlier run sends beside those of the next.
      const ends = await Promise.allSettled(Array.from({ length: lanes }, lane))
      const fault = ends.find((end) => end.status === 'rejected')
      if (fault) throw fault.reason
      return sent
    },
  }
}

/** Hands out claimed messages one by one, and claims more while there are still some to hand out. */
function claimAhead(outside: SenderOutside, batch: number): () => Promise<Claim | undefined> {
  const waiting: Claim[] = []
  let claiming: Promise<void> | undefined
  let isLast = false
  const refill = async () => {
    const claimed = await claim(outside, batch)
    waiting.push(...claimed)
    isLast = claimed.length === 0
  }
  return async () => {
    for (;;) {
      if (!isLast && waiting.length < batch / 2) {
        claiming ??= refill().finally(() => {
          claiming = undefined
        })
        // Whoever finds nothing left asks again and hears of the fault.
        claiming.catch(() => undefined)
      }
      const message = waiting.shift()
      if (message || !claiming) return message
      await claiming
    }
  }
}

/** A fault of ours while rendering or sending is told to the manager and tried again; the other messages go on. */
async function handOver({ send, render }: SenderOutside, message: CheckToSend): Promise<SendOutcome> {
  try {
    return await send(render(message))
  } catch {
    return { kind: 'later', status: '4.3.0', cause: 'ours' }
  }
}

function releaseClaims(database: Database): Promise<void> {
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
  })
}

/** Takes what is due of running rounds, first messages before reminders, passing over what others have taken. */
async function claim({ database, clock }: SenderOutside, limit: number): Promise<readonly Claim[]> {
  const now = clock.now()
  const until = after(now, leaseFor)
  return database.transaction({ role: 'worker' }, async (tx) => {
    // Read in the order of the index: right after a round began, the planner knows nothing of its size and would
    // sort all that is due for every claim.
    await sql`select set_config('enable_sort', 'off', true)`.execute(tx)
    const first = await sql<Claimed>`
      update checks.message as message set status = 'sending', due_at = ${until}, attempts = message.attempts + 1
      from (
        select due.id from checks.message as due join checks.round as round on round.id = due.round_id
        where round.status = 'running' and due.status in ('queued', 'sending') and due.due_at <= ${now}
        order by due.due_at limit ${limit} for update of due skip locked
      ) as taken
      where message.id = taken.id
      returning message.id, message.check_id, message.address, message.attempts, message.queued_at`.execute(
      tx,
    )
    const reminders = await sql<Claimed>`
      update checks.message as message set reminder = 'sending', reminder_due_at = ${until}
      from (
        select due.id from checks.message as due
        join checks.round as round on round.id = due.round_id
        join checks.check as answering on answering.id = due.check_id
        where round.status = 'running' and answering.status = 'waiting' and due.status in ('sent', 'delivered')
          and due.reminder in ('queued', 'sending') and due.reminder_due_at <= ${now}
        order by due.reminder_due_at limit ${limit} for update of due skip locked
      ) as taken
      where message.id = taken.id
      returning message.id, message.check_id, message.address, message.attempts, message.queued_at`.execute(
      tx,
    )
    const described = [
      ...(await describe(tx, first.rows, 'check', now)),
      ...(await describe(tx, reminders.rows, 'reminder', now)),
    ]
    return described.map((message) => ({ ...message, claimedUntil: until }))
  })
}

/** A message that is ours to send until somebody else may claim it. */
interface Claim extends CheckToSend {
  readonly claimedUntil: Date
}

interface Claimed {
  readonly id: string
  readonly check_id: string
  readonly address: string
  readonly attempts: number
  readonly queued_at: Date
}

async function describe(
  tx: Tx,
  rows: readonly Claimed[],
  use: CheckToSend['use'],
  at: Date,
): Promise<readonly CheckToSend[]> {
  if (rows.length === 0) return []
  const checks = await checksTables(tx)
    .selectFrom('checks.check as check')
    .innerJoin('checks.round as round', 'round.id', 'check.round_id')
    .select(['check.id', 'check.state', 'check.kind', 'check.language', 'round.answer_within_hours'])
    .where('check.id', 'in', [...new Set(rows.map((row) => row.check_id))])
    .execute()
  const byId = new Map(checks.map((check) => [check.id, check]))
  const current = await currentCheckpoint(tx)
  const checkpoint = current && shortCheckpoint(current)
  return rows.map((row) => {
    const check = known(byId.get(row.check_id))
    return {
      message: known(parseId<'message'>(row.id)),
      check: known(parseId<'check'>(row.check_id)),
      use,
      to: row.address,
      language: isLocale(check.language) ? check.language : 'en',
      answerWithinHours: check.answer_within_hours,
      attempts: row.attempts,
      queuedAt: row.queued_at,
      at,
      checkpoint,
    }
  })
}

type Outcome = readonly [message: CheckToSend, outcome: SendOutcome]

/** Writes outcomes in groups: what comes in while one group is being written makes up the next. */
function groupWriter({ database, clock }: SenderOutside) {
  let waiting: { outcome: Outcome; settle: (fault?: unknown) => void }[] = []
  let writing = false
  const drain = async () => {
    writing = true
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      const outcomes = group.map((each) => each.outcome)
      const fault = await database
        .transaction({ role: 'worker' }, (tx) => writeOutcomes(tx, outcomes, clock.now()))
        .then(() => undefined)
        .catch((reason: unknown) => reason ?? new Error('writing failed'))
      for (const each of group) each.settle(fault)
    }
    writing = false
  }
  return (message: CheckToSend, outcome: SendOutcome) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ outcome: [message, outcome], settle: (fault) => (fault ? reject(fault) : resolve()) })
      if (!writing) void drain()
    })
}

async function writeOutcomes(tx: Tx, outcomes: readonly Outcome[], now: Date): Promise<void> {
  const accepted = outcomes.filter(([, outcome]) => outcome.kind === 'accepted').map(([message]) => message)
  const first = accepted.filter(({ use }) => use === 'check')
  const reminders = accepted.filter(({ use }) => use === 'reminder')
  if (first.length > 0) await writeSent(tx, first, now)
  if (reminders.length > 0) {
    await checksTables(tx)
      .updateTable('checks.message')
      .set({ reminder: 'sent' })
      .where('id', 'in', idsOf(reminders))
      .execute()
  }
  for (const [message, outcome] of outcomes) {
    if (outcome.kind !== 'accepted') await writeNotTaken(tx, message, outcome, now)
  }
}

/**
 * POC-17: the 48 hours start when the mail server takes the first of a check's messages. A delivery report that
 * was quicker than this write stands.
 */
async function writeSent(tx: Tx, messages: readonly CheckToSend[], now: Date): Promise<void> {
  await sql`
    with sent as (
      update checks.message as message
      set sent_at = ${now}, reminder_due_at = ${now}::timestamptz + make_interval(hours => round.remind_after_hours),
        reminder = case when round.remind_after_hours > 0 then 'queued' else 'none' end,
        status = case when message.status = 'failed' then message.status else 'sent' end,
        cause = case when message.status = 'failed' then message.cause end
      from checks.round as round
      where round.id = message.round_id and message.id = any(${idsOf(messages)}::uuid[])
      returning message.check_id, message.status
    )
    update checks.check set clock_started_at = ${now}
    where id in (select check_id from sent where status = 'sent') and clock_started_at is null and status = 'waiting'`.execute(
    tx,
  )
}

async function writeNotTaken(
  tx: Tx,
  message: CheckToSend,
  outcome: Exclude<SendOutcome, { kind: 'accepted' }>,
  now: Date,
): Promise<void> {
  const claimed = checksTables(tx).updateTable('checks.message').where('id', '=', message.message)
  // Only what is still being sent: a worker whose claim ran out must not undo what another one wrote.
  if (message.use === 'reminder') {
    const next = outcome.kind === 'later' ? 'queued' : 'dropped'
    await claimed
      .set({ reminder: next, reminder_due_at: after(now, hour) })
      .where('reminder', '=', 'sending')
      .execute()
    return
  }
  const messages = claimed.where('status', '=', 'sending')
  // A refusal that concerns us, not them, is mended on our side and tried again.
  if (outcome.kind === 'refused' && outcome.cause !== 'ours') {
    await messages.set({ status: 'failed', cause: outcome.cause }).execute()
    await settleMessages(tx, message.check)
    return
  }
  const gaveUp = now >= after(message.queuedAt, giveUpAfter)
  const ours = outcome.cause === 'ours'
  await messages
    .set({
      status: gaveUp ? (ours ? 'not-sent' : 'failed') : 'queued',
      cause: ours ? 'ours' : 'other',
      due_at: after(now, Math.min(hour, minute * 2 ** message.attempts)),
    })
    .execute()
}

function idsOf(messages: readonly CheckToSend[]): MessageId[] {
  return messages.map(({ message }) => message)
}
