import { type Id, type Json, parseId, parseStateCode, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import type { AccountId } from '../session/actor.ts'
import type { DualControlTables, RequestRow } from './tables.ts'

type RequestId = Id<'dual-control'>

/** Among whom the second person is: the managers, or those who act for the Mission of one State. */
export type Among = 'managers' | { readonly state: StateCode }

/** What one person asked for and another decides. */
export interface Request {
  readonly id: RequestId
  readonly act: string
  readonly whose: RequestRow['whose']
  readonly state: StateCode | undefined
  readonly askedBy: AccountId
  readonly askerName: string
  readonly askedAt: Date
  readonly lapsesAt: Date
  readonly status: 'waiting' | 'lapsed' | NonNullable<RequestRow['outcome']>
  readonly decidedAt: Date | undefined
  /** As long as it waits. */
  readonly input: Json | undefined
}

/** The newest first: those that wait, and what became of the others. */
export async function listRequests(tx: Tx, now: Date, among: Among): Promise<readonly Request[]> {
  const rows = await tx
    .withTables<DualControlTables>()
    .selectFrom('dual_control.request')
    .selectAll()
    .where(isAmong(among))
    .orderBy('asked_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute()
  return rows.map((row) => readRequest(row, now))
}

/**
 * One request by its id as it stands in an address, held for this transaction where it is to be decided. The worker
 * may look among those of all States.
 */
export async function findRequest(
  tx: Tx,
  now: Date,
  id: string,
  among: Among | 'states',
  use: 'look' | 'hold' = 'look',
): Promise<Request | undefined> {
  if (parseId(id) === undefined) return undefined
  const row = await tx
    .withTables<DualControlTables>()
    .selectFrom('dual_control.request')
    .selectAll()
    .where('id', '=', id)
    .where(isAmong(among))
    .$if(use === 'hold', (query) => query.forUpdate())
    .executeTakeFirst()
  return row && readRequest(row, now)
}

/** Writes what became of a request; its input goes. */
export async function decideRequest(
  tx: Tx,
  now: Date,
  request: Request,
  by: AccountId,
  outcome: NonNullable<RequestRow['outcome']>,
): Promise<void> {
  await tx
    .withTables<DualControlTables>()
    .updateTable('dual_control.request')
    .set({ outcome, decided_by: by, decided_at: now, input: null })
    .where('id', '=', request.id)
    .execute()
}

/** How many requests of others wait for this person. */
export async function countWaiting(tx: Tx, now: Date, account: AccountId, among: Among): Promise<number> {
  const { waiting } = await tx
    .withTables<DualControlTables>()
    .selectFrom('dual_control.request')
    .select(sql<number>`count(*)::int`.as('waiting'))
    .where('outcome', 'is', null)
    .where('lapses_at', '>', now)
    .where('asked_by', '!=', account)
    .where(isAmong(among))
    .executeTakeFirstOrThrow()
  return waiting
}

/** Those that lapsed and still hold their input. As the worker. */
export async function listLapsed(tx: Tx, now: Date): Promise<readonly Request[]> {
  const rows = await tx
    .withTables<DualControlTables>()
    .selectFrom('dual_control.request')
    .selectAll()
    .where('outcome', 'is', null)
    .where('lapses_at', '<=', now)
    .where('input', 'is not', null)
    .orderBy('lapses_at')
    .limit(500)
    .execute()
  return rows.map((row) => readRequest(row, now))
}

/** What was asked for goes; that it was asked for stays. As the worker. */
export async function eraseInput(tx: Tx, { id }: Pick<Request, 'id'>): Promise<void> {
  await tx
    .withTables<DualControlTables>()
    .updateTable('dual_control.request')
    .set({ input: null })
    .where('id', '=', id)
    .execute()
}

/** Takes away what lapsed or was decided before an instant. As the worker. */
export async function eraseRequests(tx: Tx, before: Date): Promise<void> {
  await tx
    .withTables<DualControlTables>()
    .deleteFrom('dual_control.request')
    .where('lapses_at', '<', before)
    .execute()
}

/** Said by row-level security as well. */
function isAmong(among: Among | 'states') {
  if (among === 'managers') return sql<boolean>`whose = 'managers'`
  return among === 'states'
    ? sql<boolean>`whose = 'state'`
    : sql<boolean>`whose = 'state' and state = ${among.state}`
}

function readRequest(row: RequestRow, now: Date): Request {
  const id = parseId<'dual-control'>(row.id)
  const askedBy = parseId<'account'>(row.asked_by)
  if (!id || !askedBy) throw new Error('A request of a shape that was never written')
  return {
    id,
    act: row.act,
    whose: row.whose,
    state: parseStateCode(row.state ?? ''),
    askedBy,
    askerName: row.asker_name,
    askedAt: row.asked_at,
    lapsesAt: row.lapses_at,
    status: row.outcome ?? (row.lapses_at > now ? 'waiting' : 'lapsed'),
    decidedAt: row.decided_at ?? undefined,
    input: row.input ?? undefined,
  }
}
