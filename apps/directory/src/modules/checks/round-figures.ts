import { hour, parseId, type StateCode } from '@parley/kernel'
import { type ExpressionBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { type Check, type CheckId, deadlineOf, type Round } from './domain/check.ts'
import { checksTables, known, toCheck } from './store.ts'
import type { ChecksTables } from './tables.ts'

export interface RoundFigures {
  readonly checks: number
  readonly states: number
  readonly answered: number
  readonly late: number
  readonly waiting: number
  readonly undeliverable: number
  readonly noAnswer: number
  readonly notSent: number
  /** Messages not handed over yet, and those that wait because of a fault on our side. */
  readonly toSend: number
  readonly ourFaults: number
  readonly toCall: number
  /** Milliseconds; nothing while nobody has answered. */
  readonly medianAnswer: number | undefined
  readonly byKind: readonly { readonly kind: string; readonly checks: number; readonly answered: number }[]
}

/** Counts of one round, made by the database in three passes over its rows. */
export async function countRound(tx: Tx, round: Round): Promise<RoundFigures> {
  const { rows: kinds } = await sql<{ kind: string; status: string; total: number }>`
    select kind, status, count(*)::int as total from checks.check where round_id = ${round.id} group by kind, status
    order by kind`.execute(tx)
  const { rows } = await sql<{ states: number; toCall: number; median: number | null }>`
    select count(distinct state)::int as states,
      (count(*) filter (where status = 'waiting' and reachable_by = 'phone'))::int as "toCall",
      percentile_cont(0.5) within group (order by extract(epoch from answered_at - clock_started_at))
        filter (where answered_at >= clock_started_at) as median
    from checks.check where round_id = ${round.id}`.execute(tx)
  const { rows: queue } = await sql<{ toSend: number; ourFaults: number }>`
    select (count(*) filter (where status in ('queued', 'sending')))::int as "toSend",
      (count(*) filter (where cause = 'ours'))::int as "ourFaults"
    from checks.message where round_id = ${round.id} and (status in ('queued', 'sending') or cause = 'ours')`.execute(
    tx,
  )
  const total = (...statuses: readonly string[]) =>
    kinds.filter(({ status }) => statuses.includes(status)).reduce((sum, row) => sum + row.total, 0)
  const byKind = Map.groupBy(kinds, ({ kind }) => kind)
  return {
    checks: kinds.reduce((sum, row) => sum + row.total, 0),
    states: rows[0]?.states ?? 0,
    answered: total('answered'),
    late: total('answered-late'),
    waiting: total('waiting'),
    undeliverable: total('undeliverable'),
    noAnswer: total('no-answer'),
    notSent: total('not-sent'),
    toSend: queue[0]?.toSend ?? 0,
    ourFaults: queue[0]?.ourFaults ?? 0,
    toCall: rows[0]?.toCall ?? 0,
    medianAnswer: rows[0]?.median == null ? undefined : rows[0].median * 1000,
    byKind: [...byKind].map(([kind, each]) => ({
      kind,
      checks: each.reduce((sum, row) => sum + row.total, 0),
      answered: each
        .filter(({ status }) => status.startsWith('answered'))
        .reduce((sum, row) => sum + row.total, 0),
    })),
  }
}

/** What the manager works through: everything that is not simply answered, or waiting with nothing to do about it. */
export async function listNeedingHand(tx: Tx, round: Round, limit = 200): Promise<readonly Check[]> {
  const rows = await checksTables(tx)
    .selectFrom('checks.check')
    .selectAll()
    .where('round_id', '=', round.id)
    .where((check) =>
      check.or([
        check('status', 'in', ['undeliverable', 'no-answer', 'not-sent', 'answered-late']),
        check.and([check('status', '=', 'waiting'), check('reachable_by', '=', 'phone')]),
        check('relation', '=', 'elsewhere'),
        check('remark', '=', 'wrong'),
        check('instead', 'is not', null),
      ]),
    )
    .orderBy('state')
    .orderBy('kind')
    .limit(limit)
    .execute()
  return rows.map(toCheck)
}

/** The entries that only a telephone reaches, from the start or because nothing goes to their addresses any more. */
export async function listToCall(tx: Tx, round: Round): Promise<readonly Check[]> {
  const rows = await checksTables(tx)
    .selectFrom('checks.check as check')
    .selectAll()
    .where('round_id', '=', round.id)
    .where((check) =>
      check.or([
        check('reachable_by', '=', 'phone'),
        check.and([
          check.exists(messagesOf(check).where('status', '=', 'failed')),
          check.not(check.exists(messagesOf(check).where('status', '<>', 'failed'))),
        ]),
      ]),
    )
    .orderBy('state')
    .execute()
  return rows.map(toCheck)
}

function messagesOf(
  check: ExpressionBuilder<ChecksTables & { check: ChecksTables['checks.check'] }, 'check'>,
) {
  return check
    .selectFrom('checks.message as message')
    .select('message.id')
    .whereRef('message.check_id', '=', 'check.id')
}

/** One State's checks of a round that still wait, for a call from an office that mail reaches as well. */
export async function listWaitingOf(tx: Tx, round: Round, state: StateCode): Promise<readonly Check[]> {
  const rows = await checksTables(tx)
    .selectFrom('checks.check')
    .selectAll()
    .where('round_id', '=', round.id)
    .where('state', '=', state)
    .where('status', '=', 'waiting')
    .orderBy('kind')
    .execute()
  return rows.map(toCheck)
}

/** A check as its own State sees it. */
export interface OwnCheck extends Check {
  readonly roundNumber: number
  readonly deadline: Date | undefined
  readonly open: boolean
}

/** The acting State's checks, the newest first; row-level security lets no other's through. */
export async function listOwnChecks(tx: Tx, state: StateCode): Promise<readonly OwnCheck[]> {
  const rows = await checksTables(tx)
    .selectFrom('checks.check')
    .innerJoin('checks.round', 'checks.round.id', 'checks.check.round_id')
    .selectAll('checks.check')
    .select(['checks.round.number', 'checks.round.status as roundStatus', 'checks.round.answer_within_hours'])
    .where('checks.check.state', '=', state)
    .orderBy('checks.round.number', 'desc')
    .orderBy('checks.check.kind')
    .limit(200)
    .execute()
  return rows.map((row) => {
    const check = toCheck(row)
    return {
      ...check,
      roundNumber: row.number,
      deadline: deadlineOf(check, { answerWithin: row.answer_within_hours * hour }),
      open: row.status === 'waiting' && (row.roundStatus === 'running' || row.roundStatus === 'paused'),
    }
  })
}

export interface CallMade {
  readonly at: Date
  readonly outcome: string
  readonly number: string
  readonly takenBy: string
  readonly caller: string
  readonly deniedAt: Date | undefined
}

/** The calls made for checks, by check, the first first. */
export async function listCalls(
  tx: Tx,
  checks: readonly CheckId[],
): Promise<ReadonlyMap<CheckId, readonly CallMade[]>> {
  if (checks.length === 0) return new Map()
  const rows = await checksTables(tx)
    .selectFrom('checks.call')
    .select(['check_id', 'at', 'outcome', 'number', 'taken_by', 'caller', 'denied_at'])
    .where('check_id', 'in', checks)
    .orderBy('at')
    .execute()
  const byCheck = Map.groupBy(rows, (row): CheckId => known(parseId<'check'>(row.check_id)))
  return new Map(
    [...byCheck].map(([check, calls]) => [
      check,
      calls.map((row) => ({
        at: row.at,
        outcome: row.outcome,
        number: row.number,
        takenBy: row.taken_by,
        caller: row.caller,
        deniedAt: row.denied_at ?? undefined,
      })),
    ]),
  )
}
