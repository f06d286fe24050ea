import { hour, minute, parseId, type StateCode } from '@parley/kernel'
import { type ExpressionBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { type Check, type CheckId, type CheckStatus, deadlineOf, type Round } from './domain/check.ts'
import { checksTables, known, toCheck } from './store.ts'
import type { ChecksTables } from './tables.ts'

/** How many checks of a round ended in which way. */
export interface CheckCounts {
  readonly checks: number
  readonly states: number
  readonly answered: number
  readonly late: number
  readonly waiting: number
  readonly undeliverable: number
  readonly noAnswer: number
  readonly notSent: number
  readonly toCall: number
  readonly byKind: readonly ({ readonly kind: string } & Answered)[]
  readonly byState: readonly ({ readonly state: string } & Answered)[]
}

interface Answered {
  readonly checks: number
  readonly answered: number
  /** Not sent, by our fault: they stand in no rate. */
  readonly notSent: number
}

export interface RoundFigures extends CheckCounts {
  /** Messages that the relay took, and those of them that a notice says were delivered. */
  readonly sent: number
  readonly delivered: number
  /** Messages not handed over yet, and those that wait because of a fault on our side. */
  readonly toSend: number
  /** Messages that were given up or stopped before they were sent. */
  readonly notSentMessages: number
  readonly ourFaults: number
  /** Milliseconds; nothing while nobody has answered. */
  readonly medianAnswer: number | undefined
}

/** Everything that the control room counts of one round. */
export async function countRound(tx: Tx, round: Round): Promise<RoundFigures> {
  return {
    ...(await countChecks(tx, round)),
    ...(await countMessages(tx, round)),
    medianAnswer: await medianAnswer(tx, round),
  }
}

/** Counted by the database. Nothing is put in order there: of many checks it would be done on the disk. */
export async function countChecks(tx: Tx, round: Round): Promise<CheckCounts> {
  const { rows: counted } = await sql<Counted>`
    select state, kind, status, (reachable_by = 'phone') as "byPhone", count(*)::int as total
    from checks.check where round_id = ${round.id} group by state, kind, status, "byPhone"`.execute(tx)
  const rows = counted.toSorted((one, other) => (one.kind < other.kind ? -1 : Number(one.kind > other.kind)))
  const total = (...statuses: readonly string[]) =>
    sum(rows.filter(({ status }) => statuses.includes(status)))
  return {
    checks: sum(rows),
    states: new Set(rows.map(({ state }) => state)).size,
    answered: total('answered'),
    late: total('answered-late'),
    waiting: total('waiting'),
    undeliverable: total('undeliverable'),
    noAnswer: total('no-answer'),
    notSent: total('not-sent'),
    toCall: sum(rows.filter(({ status, byPhone }) => status === 'waiting' && byPhone)),
    byKind: countBy(rows, ({ kind }) => kind).map(({ key, ...counts }) => ({ kind: key, ...counts })),
    byState: countBy(rows, ({ state }) => state).map(({ key, ...counts }) => ({ state: key, ...counts })),
  }
}

async function countMessages(
  tx: Tx,
  round: Round,
): Promise<Pick<RoundFigures, 'sent' | 'delivered' | 'toSend' | 'notSentMessages' | 'ourFaults'>> {
  const { rows } = await sql<
    Pick<RoundFigures, 'sent' | 'delivered' | 'toSend' | 'notSentMessages' | 'ourFaults'>
  >`
    select count(*) filter (where status in ('sent', 'delivered'))::int as sent,
      count(*) filter (where status = 'delivered')::int as delivered,
      count(*) filter (where status in ('queued', 'sending'))::int as "toSend",
      count(*) filter (where status = 'not-sent')::int as "notSentMessages",
      count(*) filter (where cause = 'ours' and status = 'queued')::int as "ourFaults"
    from checks.message where round_id = ${round.id}`.execute(tx)
  return known(rows[0])
}

interface Counted {
  readonly state: string
  readonly kind: string
  readonly status: string
  readonly byPhone: boolean
  readonly total: number
}

function sum(rows: readonly { readonly total: number }[]): number {
  return rows.reduce((all, { total }) => all + total, 0)
}

function countBy(rows: readonly Counted[], keyOf: (row: Counted) => string) {
  return [...Map.groupBy(rows, keyOf)].map(([key, each]) => ({
    key,
    checks: sum(each),
    answered: sum(each.filter(({ status }) => status.startsWith('answered'))),
    notSent: sum(each.filter(({ status }) => status === 'not-sent')),
  }))
}

/** To the minute: counting by minutes is much cheaper than putting every answer in order. */
async function medianAnswer(tx: Tx, round: Round): Promise<number | undefined> {
  const { rows } = await sql<{ minutes: number; total: number }>`
    select floor(extract(epoch from answered_at - clock_started_at) / 60)::int as minutes, count(*)::int as total
    from checks.check where round_id = ${round.id} and answered_at >= clock_started_at
    group by minutes`.execute(tx)
  const half = sum(rows) / 2
  let passed = 0
  for (const { minutes, total } of rows.toSorted((one, other) => one.minutes - other.minutes)) {
    passed += total
    if (passed >= half) return minutes * minute
  }
  return undefined
}

export const worksPerPage = 50

/** Which checks of a round the manager works through, and after which one the page begins. */
export interface WorkFilter {
  /** All of this status; without it, what needs a hand. */
  readonly status?: CheckStatus | undefined
  readonly kind?: string | undefined
  readonly states?: readonly StateCode[] | undefined
  readonly after?: CheckId | undefined
}

/** What the manager works through, a page at a time and one more to tell that there is one: everything that is not simply answered, or waiting with nothing to do about it. */
export async function listNeedingHand(
  tx: Tx,
  round: Round,
  { status, kind, states, after }: WorkFilter = {},
): Promise<readonly Check[]> {
  const rows = await checksTables(tx)
    .selectFrom('checks.check')
    .selectAll()
    .where('round_id', '=', round.id)
    .where((check) =>
      check.or([
        check.val(status !== undefined),
        check('status', 'in', ['undeliverable', 'no-answer', 'not-sent', 'answered-late']),
        check.and([check('status', '=', 'waiting'), check('reachable_by', '=', 'phone')]),
        check('relation', '=', 'elsewhere'),
        check('remark', '=', 'wrong'),
        check('instead', 'is not', null),
      ]),
    )
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? ''))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .$if(states !== undefined, (query) => query.where('state', 'in', [...(states ?? []), '']))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(state, kind, id) > (select state, kind, id from checks.check where id = ${after})`,
      ),
    )
    .orderBy('state')
    .orderBy('kind')
    .orderBy('id')
    .limit(worksPerPage + 1)
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
