import { hour, isLocale, parseId, parseStateCode, type StateCode } from '@parley/kernel'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../../platform/database/database.ts'
import { prepared } from '../../platform/database/prepared.ts'
import type { Check, CheckId, MessageId, MessageState, Relation, Round, RoundId } from './domain/check.ts'
import type { ChecksTables } from './tables.ts'

/** All that a round is; who started it stands in the history. */
const roundColumns = [
  'id',
  'number',
  'status',
  'started_at',
  'answer_within_hours',
  'remind_after_hours',
  'paused_at',
  'paused_for_ms',
  'closed_at',
] as const

type RoundRow = Pick<Selectable<ChecksTables['checks.round']>, (typeof roundColumns)[number]>
type CheckRow = Selectable<ChecksTables['checks.check']>

export function checksTables(tx: Tx) {
  return tx.withTables<ChecksTables>()
}

/** What was parsed on its way in is read back; anything else is a fault of ours. */
export function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The database holds a value that this program never wrote')
  return value
}

const roundStatus = z.enum(['running', 'paused', 'stopped', 'closed'])
export const checkStatus = z.enum([
  'waiting',
  'answered',
  'answered-late',
  'no-answer',
  'undeliverable',
  'not-sent',
])
export const answeredBy = z.enum(['button', 'reply', 'typed-code', 'signed-in', 'telephone'])
const relation = z.enum(['same-address', 'same-domain', 'elsewhere'])
export function relationIn(text: string | null): Relation | undefined {
  return text === null ? undefined : relation.parse(text)
}

const remark = z.enum(['correct', 'wrong'])
const reachableBy = z.enum(['email', 'phone'])

export function toRound(row: RoundRow): Round {
  return {
    id: known(parseId<'round'>(row.id)),
    number: row.number,
    status: roundStatus.parse(row.status),
    startedAt: row.started_at,
    answerWithin: row.answer_within_hours * hour,
    remindAfter: row.remind_after_hours * hour,
    pausedAt: row.paused_at ?? undefined,
    pausedFor: row.paused_for_ms,
    closedAt: row.closed_at ?? undefined,
  }
}

export function toCheck(row: CheckRow): Check {
  return {
    id: known(parseId<'check'>(row.id)),
    round: known(parseId<'round'>(row.round_id)),
    state: known(parseStateCode(row.state)),
    entry: known(parseId<'entry'>(row.entry_id)),
    kind: row.kind,
    language: isLocale(row.language) ? row.language : 'en',
    status: checkStatus.parse(row.status),
    reachableBy: reachableBy.parse(row.reachable_by),
    clockStartedAt: row.clock_started_at ?? undefined,
    answeredAt: row.answered_at ?? undefined,
    answeredBy: row.answered_by === null ? undefined : answeredBy.parse(row.answered_by),
    relation: relationIn(row.relation),
    remark: row.remark === null ? undefined : remark.parse(row.remark),
    instead: row.instead === null ? undefined : known(parseId<'entry'>(row.instead)),
  }
}

export async function findRound(tx: Tx, id: RoundId): Promise<Round | undefined> {
  const row = await checksTables(tx)
    .selectFrom('checks.round')
    .select(roundColumns)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toRound(row)
}

/** The newest first. */
export async function listRounds(tx: Tx): Promise<readonly Round[]> {
  const rows = await checksTables(tx)
    .selectFrom('checks.round')
    .select(roundColumns)
    .orderBy('number', 'desc')
    .execute()
  return rows.map(toRound)
}

/** The check with its round, locked against a second answer at the same time. */
export async function lockCheck(tx: Tx, id: CheckId): Promise<{ check: Check; round: Round } | undefined> {
  const row = await checksTables(tx)
    .selectFrom('checks.check')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const check = toCheck(row)
  return { check, round: known(await findRound(tx, check.round)) }
}

/**
 * Rounds before checks before messages: whoever writes of messages takes the locks in this order, so that nobody waits
 * for ever, and none of it while a round is being closed. Gives back the checks whose round runs.
 */
export async function lockChecks(tx: Tx, ids: readonly CheckId[]): Promise<ReadonlySet<string>> {
  return runningAmong(await askLocks(tx, [ids]))
}

export interface LockedCheck {
  readonly id: string
  /** Of its round. */
  readonly status: string
}

/** The same as a part of a longer statement, whose first parameter the ids of the checks are. */
export const lockingChecks = `
  with held as (
    select id, status from checks.round
    where id in (select round_id from checks.check where id = any($1::uuid[])) for share
  )
  select held_check.id, held.status from checks.check as held_check join held on held.id = held_check.round_id
  where held_check.id = any($1::uuid[]) order by held_check.id for no key update of held_check`

const askLocks = prepared<LockedCheck>('lock-checks', lockingChecks)

export function runningAmong(locked: readonly LockedCheck[]): ReadonlySet<string> {
  return new Set(locked.filter(({ status }) => status === 'running').map(({ id }) => id))
}

export async function findCheck(tx: Tx, id: CheckId): Promise<Check | undefined> {
  const row = await checksTables(tx)
    .selectFrom('checks.check')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toCheck(row)
}

/** One State's checks in one round. */
export async function listStateChecks(tx: Tx, round: RoundId, state: StateCode): Promise<readonly Check[]> {
  const rows = await checksTables(tx)
    .selectFrom('checks.check')
    .selectAll()
    .where('round_id', '=', round)
    .where('state', '=', state)
    .orderBy('kind')
    .execute()
  return rows.map(toCheck)
}

const messageStatus = z.enum(['queued', 'sending', 'sent', 'delivered', 'failed', 'not-sent'])
const cause = z.enum(['dead-address', 'mailbox-full', 'ours', 'other'])

/** What has become of the messages of one check. */
export async function listMessageStates(tx: Tx, check: CheckId): Promise<readonly MessageState[]> {
  return (await messageStates(tx, [check])).get(check) ?? []
}

async function messageStates(
  tx: Tx,
  checks: readonly CheckId[],
): Promise<ReadonlyMap<string, readonly MessageState[]>> {
  const rows = await checksTables(tx)
    .selectFrom('checks.message')
    .select(['check_id', 'status', 'cause', 'delayed_at'])
    .where(sql<boolean>`check_id = any(${[...checks]}::uuid[])`)
    .execute()
  const byCheck = Map.groupBy(rows, (row) => row.check_id)
  return new Map([...byCheck].map(([check, of]) => [check, of.map(toMessageState)]))
}

function toMessageState(
  row: Pick<Selectable<ChecksTables['checks.message']>, 'status' | 'cause' | 'delayed_at'>,
): MessageState {
  return {
    status: messageStatus.parse(row.status),
    cause: row.cause === null ? undefined : cause.parse(row.cause),
    isDelayed: row.delayed_at !== null,
  }
}

/** The next checks of a round that wait for an answer, in the order of their ids, with what became of their messages. */
export async function listWaitingPage(
  tx: Tx,
  round: RoundId,
  after: CheckId | undefined,
  limit: number,
): Promise<readonly { readonly check: Check; readonly messages: readonly MessageState[] }[]> {
  let query = checksTables(tx)
    .selectFrom('checks.check')
    .selectAll()
    .where('round_id', '=', round)
    .where('status', '=', 'waiting')
    .orderBy('id')
    .limit(limit)
  if (after !== undefined) query = query.where('id', '>', after)
  const checks = (await query.execute()).map(toCheck)
  const messages = await messageStates(
    tx,
    checks.map(({ id }) => id),
  )
  return checks.map((check) => ({ check, messages: messages.get(check.id) ?? [] }))
}

/** The States that a round asks. */
export async function listStatesOf(tx: Tx, round: RoundId): Promise<readonly StateCode[]> {
  const rows = await checksTables(tx)
    .selectFrom('checks.check')
    .select('state')
    .distinct()
    .where('round_id', '=', round)
    .orderBy('state')
    .execute()
  return rows.map(({ state }) => known(parseStateCode(state)))
}

/** Which message of which check, told by what came back to us. */
export interface MessageOfCheck {
  readonly message: MessageId
  readonly check: CheckId
  readonly state: StateCode
  readonly addressId: string
  readonly address: string
  /** When the relay took it, its reminder and its correction. */
  readonly wentOutAt: readonly Date[]
}

export async function findMessage(
  tx: Tx,
  by: { readonly id: MessageId } | { readonly codeDigests: readonly string[] },
): Promise<readonly MessageOfCheck[]> {
  const query = checksTables(tx)
    .selectFrom('checks.message')
    .select(['id', 'check_id', 'state', 'address_id', 'address', 'sent_at'])
    .select(['reminder', 'reminder_due_at', 'correction', 'correction_due_at'])
  const rows = await (
    'id' in by ? query.where('id', '=', by.id) : query.where('code_digest', 'in', [...by.codeDigests, ''])
  ).execute()
  return rows.map((row) => ({
    message: known(parseId<'message'>(row.id)),
    check: known(parseId<'check'>(row.check_id)),
    state: known(parseStateCode(row.state)),
    addressId: row.address_id,
    address: row.address,
    wentOutAt: [
      row.sent_at,
      row.reminder === 'sent' ? row.reminder_due_at : null,
      row.correction === 'sent' ? row.correction_due_at : null,
    ].flatMap((at) => at ?? []),
  }))
}
