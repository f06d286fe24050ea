import { newId, parseId } from '@parley/kernel'
import { sql } from 'kysely'
import { correctRound } from '../../apps/directory/src/modules/checks/correct-round.ts'
import { startRound } from '../../apps/directory/src/modules/checks/index.ts'
import type { MessageId } from '../../apps/directory/src/modules/checks/domain/check.ts'
import { checksTables, findRound, known } from '../../apps/directory/src/modules/checks/store.ts'
import { mailToken } from '../../apps/directory/src/modules/checks/tokens.ts'
import type { Keys } from '../../apps/directory/src/platform/config/keys.ts'
import type { Tx } from '../../apps/directory/src/platform/database/database.ts'
import { runDuty } from '../../apps/directory/src/platform/duties/duties.ts'
import { openCheckpointKey } from '../../apps/directory/src/platform/history/checkpoint-key.ts'
import { verifyHistory } from '../../apps/directory/src/platform/history/verify.ts'
import { listConditions } from '../../apps/directory/src/platform/telemetry/conditions.ts'
import { insertEntries } from '../../bench/generated-entries.ts'
import { openDirectory } from './open-directory.ts'
import type { Orders } from './orders.ts'
import { type Break, findUnexplained, type Taken, type Unexplained } from './taken.ts'

/** What the mail server took and what was confirmed, against what the database says. */
export interface Reconciled {
  readonly messages: number
  readonly reminders: number
  readonly corrections: number
  /** Messages, reminders and corrections that the mail server never took, or that the database does not know as sent. */
  readonly missing: number
  /** What the mail server took and nobody wrote: of no message, or to another address than its own. */
  readonly strays: number
  /** Copies beyond the first of each. */
  readonly twice: number
  /** Those that were not in flight when something was killed. */
  readonly unexplained: readonly Unexplained[]
  /** Checks that were confirmed as answered to somebody, and are not. */
  readonly lost: number
  /** Checks whose history does not hold exactly one answer if they are answered, and none if not. */
  readonly miscounted: number
  /** Answers that the directory was not told of: their month is on no card. */
  readonly untold: number
  readonly historyHolds: boolean
}

export async function startRoundOf(orders: Orders, checks: number): Promise<void> {
  const { directory, clock, keys, community } = await openDirectory(orders)
  const { database, performer } = directory
  await database.transaction({ role: 'worker' }, (tx) => insertEntries(tx, community, checks, clock.now()))
  const actor = { role: 'duty' as const, duty: 'faults' }
  const request = { actor, now: clock.now(), requestId: newId() }
  const started = await performer.perform(request, (scope) => startRound(scope, { keys, community }))
  if (!started.ok) throw new Error(started.refusal.code)
  await directory.close()
}

/** Corrects the round for all who were written to by now; fails while the database is away. */
export async function correctIt(orders: Orders): Promise<void> {
  const { directory, clock } = await openDirectory(orders)
  try {
    const actor = { role: 'duty' as const, duty: 'faults' }
    const request = { actor, now: clock.now(), requestId: newId() }
    const corrected = await directory.performer.perform(request, async (scope) => {
      const { id } = await checksTables(scope.tx)
        .selectFrom('checks.round')
        .select('id')
        .executeTakeFirstOrThrow()
      const round = known(await findRound(scope.tx, known(parseId<'round'>(id))))
      return correctRound(scope, round, { reason: 'genuine', toAnswered: true }, undefined)
    })
    if (!corrected.ok) throw new Error(corrected.refusal.code)
  } finally {
    await directory.close()
  }
}

/** Asks what is still to be done, until `close`. */
export async function openProgress(orders: Orders) {
  const { directory, clock } = await openDirectory(orders)
  return {
    /** Messages, corrections and reminders that are due or on their way, and answers that the directory is not told of. */
    left: () =>
      directory.database.transaction({ role: 'worker' }, async (tx) => {
        const { rows } = await sql<{ left: number }>`
          select count(*)::int as left from checks.message as message
          join checks.check as answering on answering.id = message.check_id
          where message.status <> 'sent' or message.correction in ('queued', 'sending') or (
            answering.status = 'waiting' and message.reminder in ('queued', 'sending')
            and message.reminder_due_at <= ${clock.now()})`.execute(tx)
        return (rows[0]?.left ?? 0) + (await countUntold(tx))
      }),
    /** What a manager is told that needs a hand. */
    conditions: () =>
      directory.database.transaction({ role: 'worker' }, async (tx) =>
        (await listConditions(tx, clock.now())).map(({ name }) => name),
      ),
    close: () => directory.close(),
  }
}

async function countUntold(tx: Tx): Promise<number> {
  const { rows } = await sql<{ untold: number }>`
    select count(*)::int as untold from checks.check as answering
    where answered_at is not null and not exists (
      select from directory.last_answered where entry_id = answering.entry_id)`.execute(tx)
  return rows[0]?.untold ?? 0
}

const uses = ['check', 'reminder', 'correction'] as const

function isAnswered({ check }: { readonly check: string }): boolean {
  return check.startsWith('answered')
}

export async function reconcile(
  orders: Orders,
  keys: Keys,
  {
    taken,
    breaks,
    confirmed,
  }: {
    readonly taken: readonly Taken[]
    readonly breaks: readonly Break[]
    readonly confirmed: ReadonlySet<MessageId>
  },
): Promise<Reconciled> {
  const { directory, clock } = await openDirectory(orders)
  const { database } = directory
  try {
    const { messages, answers, untold } = await database.transaction({ role: 'worker' }, async (tx) => ({
      messages: await checksTables(tx)
        .selectFrom('checks.message as message')
        .innerJoin('checks.check as check', 'check.id', 'message.check_id')
        .select(['message.id', 'message.address', 'message.status', 'message.check_id'])
        .select(['message.reminder', 'message.correction'])
        .select('check.status as check')
        .execute(),
      answers: await tx
        .withTables<{ 'history.act': { verb: string; subject: string } }>()
        .selectFrom('history.act')
        .select('subject')
        .where('verb', 'in', ['check.answered', 'check.answered-late'])
        .execute(),
      untold: await countUntold(tx),
    }))
    for (const duty of directory.duties) if (duty.name === 'seal') await runDuty(duty, database, clock.now())
    const verdict = await verifyHistory(database, openCheckpointKey(keys))
    const copies = Map.groupBy(taken, ({ name }) => name)
    const letters = messages.flatMap((row) => {
      const id = parseId<'message'>(row.id)
      if (!id) throw new Error('a message without an id')
      return uses.map((use) => {
        const own = copies.get(mailToken(keys, use, id)) ?? []
        const isSent = (use === 'check' ? row.status : row[use]) === 'sent'
        // A reminder whose outcome nobody lived to write waits for ever once its check is answered.
        const isOpen = use !== 'reminder' || row.check === 'waiting'
        const isDue = use === 'check' || (use === 'correction' && row.correction !== 'none')
        return {
          use,
          isSent,
          isOpen,
          isDue,
          times: own.filter(({ to }) => to === row.address).map(({ at }) => at),
        }
      })
    })
    const lines = Map.groupBy(answers, ({ subject }) => subject)
    const arrived = letters.reduce((sum, { times }) => sum + times.length, 0)
    const kinds = letters.filter(({ times }) => times.length > 0)
    return {
      messages: messages.length,
      reminders: kinds.filter(({ use }) => use === 'reminder').length,
      corrections: kinds.filter(({ use }) => use === 'correction').length,
      missing: letters.filter(({ isSent, isOpen, isDue, times }) =>
        times.length === 0 ? isSent || isDue : isOpen && !isSent,
      ).length,
      strays: taken.length - arrived,
      twice: arrived - kinds.length,
      unexplained: findUnexplained(
        letters.map(({ times }) => times),
        breaks,
      ),
      lost: messages.filter((row) => {
        const id = parseId<'message'>(row.id)
        return id !== undefined && confirmed.has(id) && !isAnswered(row)
      }).length,
      miscounted: messages.filter(
        (row) => (lines.get(`check:${row.check_id}`)?.length ?? 0) !== (isAnswered(row) ? 1 : 0),
      ).length,
      untold,
      historyHolds: verdict.broken === undefined && verdict.length > 0,
    }
  } finally {
    await directory.close()
  }
}
