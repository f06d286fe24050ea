import { after, type Clock, hour } from '@parley/kernel'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { SendOutcome } from '@parley/mail'
import type { Database, Tx } from '../../platform/database/database.ts'
import { prepared } from '../../platform/database/prepared.ts'
import type { CheckToSend } from './check.mail.ts'
import type { MessageId } from './domain/check.ts'
import { decideNotTaken } from './domain/message.ts'
import { settleMessages } from './settle-messages.ts'
import { checksTables, type LockedCheck, lockingChecks, runningAmong } from './store.ts'

type Outcome = readonly [message: CheckToSend, outcome: SendOutcome]

/** So many groups are written at the same time: one is on its way while the other is committed. */
const mostWriting = 2

/** Writes outcomes in groups: what comes in while groups are being written makes up the next. */
export function groupWriter({ database, clock }: { readonly database: Database; readonly clock: Clock }) {
  let waiting: { outcome: Outcome; settle: (running: ReadonlySet<string>, fault?: unknown) => void }[] = []
  let writing = 0
  const drain = async () => {
    writing += 1
    // Answers of the relay come in bundles: a group of the first alone would keep the others waiting.
    await nextTurn()
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      const outcomes = group.map((each) => each.outcome)
      await database
        .transaction({ role: 'worker' }, (tx) => writeOutcomes(tx, outcomes, clock.now()))
        .then((running) => group.forEach(({ settle }) => settle(running)))
        .catch((fault: unknown) =>
          group.forEach(({ settle }) => settle(new Set(), fault ?? new Error('writing failed'))),
        )
    }
    writing -= 1
  }
  /** Whether the round still ran when the outcome was written. */
  return (message: CheckToSend, outcome: SendOutcome) =>
    new Promise<boolean>((resolve, reject) => {
      waiting.push({
        outcome: [message, outcome],
        settle: (running, fault) => (fault ? reject(fault) : resolve(running.has(message.check))),
      })
      if (writing < mostWriting) void drain()
    })
}

async function writeOutcomes(tx: Tx, outcomes: readonly Outcome[], now: Date): Promise<ReadonlySet<string>> {
  const accepted = outcomes.filter(([, outcome]) => outcome.kind === 'accepted').map(([message]) => message)
  const locked = await writeSent(tx, [
    outcomes.map(([{ check }]) => check),
    idsOf(accepted.filter(({ use }) => use === 'check')),
    now,
  ])
  // Neither of them starts a clock.
  for (const use of ['reminder', 'correction'] as const) {
    const again = accepted.filter((message) => message.use === use)
    if (again.length === 0) continue
    await checksTables(tx)
      .updateTable('checks.message')
      .set({ [use]: 'sent', [`${use}_due_at` as const]: now })
      .where('id', 'in', idsOf(again))
      .execute()
  }
  for (const [message, outcome] of outcomes) {
    if (outcome.kind !== 'accepted') await writeNotTaken(tx, message, outcome, now)
  }
  return runningAmong(locked)
}

/**
 * POC-17: the 48 hours start when the mail server takes the first of a check's messages. A delivery report that
 * was quicker than this write stands. In one statement, because nothing is written oftener: all the locks are held
 * (`count`) before the first row is changed. Gives back which of the checks are of a running round.
 */
const writeSent = prepared<LockedCheck>(
  'write-sent',
  `with locked as materialized (${lockingChecks}),
    sent as (
      update checks.message as message
      set sent_at = $3,
        reminder_due_at = $3::timestamptz + make_interval(hours => round.remind_after_hours),
        reminder = case when round.remind_after_hours > 0 and message.reminder = 'none' then 'queued'
          else message.reminder end,
        status = case when message.status in ('failed', 'delivered') then message.status else 'sent' end,
        cause = case when message.status = 'failed' then message.cause end
      from checks.round as round
      where round.id = message.round_id and message.id = any($2::uuid[])
        and (select count(*) from locked) > 0
      returning message.check_id, message.status, message.delayed_at
    ),
    started as (
      update checks.check set clock_started_at = $3
      where id in (select check_id from sent where status <> 'failed' and delayed_at is null)
        and clock_started_at is null and status = 'waiting'
    )
    select id, status from locked`,
)

async function writeNotTaken(
  tx: Tx,
  message: CheckToSend,
  outcome: Exclude<SendOutcome, { kind: 'accepted' }>,
  now: Date,
): Promise<void> {
  const claimed = checksTables(tx).updateTable('checks.message').where('id', '=', message.message)
  // Only what is still being sent: a worker whose claim ran out must not undo what another one wrote.
  if (message.use !== 'check') {
    const next = outcome.kind === 'later' ? 'queued' : 'dropped'
    await claimed
      .set({ [message.use]: next, [`${message.use}_due_at` as const]: after(now, hour) })
      .where(message.use, '=', 'sending')
      .execute()
    return
  }
  const messages = claimed.where('status', '=', 'sending')
  const next = decideNotTaken(outcome, message, now)
  await messages
    .set({ status: next.status, cause: next.cause ?? null, ...(next.dueAt ? { due_at: next.dueAt } : {}) })
    .execute()
  if (next.status !== 'queued') await settleMessages(tx, message.check)
}

function idsOf(messages: readonly CheckToSend[]): MessageId[] {
  return messages.map(({ message }) => message)
}
