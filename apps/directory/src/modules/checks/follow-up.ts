import {
  after,
  day,
  type Id,
  monthsAfter,
  newId,
  parseId,
  parseStateCode,
  refuse,
  type Result,
  type StateCode,
} from '@parley/kernel'
import { type Selectable, sql } from 'kysely'
import { type ActionScope, done, type Done, unchanged } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Act } from '../../platform/history/record.ts'
import type { Round, RoundId } from './domain/check.ts'
import { checksTables, known } from './store.ts'
import type { ChecksTables } from './tables.ts'

export type FollowUpId = Id<'follow-up'>

/** What follows silence: best efforts, one State at a time, never a sanction (POC-18). */
export interface FollowUp {
  readonly id: FollowUpId
  readonly round: RoundId
  readonly state: StateCode
  readonly openedAt: Date
  readonly nextActionOn: string
  readonly closedAt: Date | undefined
  readonly closedBy: string | undefined
}

export const authorities = ['competent-authority', 'mission'] as const
export const channels = ['email', 'telephone', 'letter', 'meeting'] as const
export const outcomes = ['reached', 'not-reached', 'promised-update'] as const

export interface Attempt {
  readonly onDate: string
  readonly authority: (typeof authorities)[number]
  readonly channel: (typeof channels)[number]
  readonly outcome: (typeof outcomes)[number]
  /** When to do something next; without it, two weeks after the attempt was recorded. */
  readonly nextOn?: string | undefined
}

const firstActionAfter = 2 * day
const nextActionAfter = 14 * day

/**
 * One follow-up per State and round, whatever number of its addresses were silent. `again`: one that the State has
 * closed meanwhile is opened anew, because something else was silent after all.
 */
export async function openFollowUps(
  { tx, now }: ActionScope,
  round: Round,
  states: readonly StateCode[],
  once: 'once' | 'again' = 'once',
): Promise<readonly Act[]> {
  const acts: Act[] = []
  const nextActionOn = dateOf(after(now, firstActionAfter))
  for (const state of states) {
    const id = newId<'follow-up'>()
    const row = await checksTables(tx)
      .insertInto('checks.follow_up')
      .values({
        id,
        round_id: round.id,
        state,
        opened_at: now,
        next_action_on: nextActionOn,
        closed_at: null,
        closed_by: null,
      })
      .onConflict((conflict) => {
        const there = conflict.columns(['round_id', 'state'])
        return once === 'once'
          ? there.doNothing()
          : there
              .doUpdateSet({ closed_at: null, closed_by: null, opened_at: now, next_action_on: nextActionOn })
              .where('checks.follow_up.closed_at', 'is not', null)
      })
      .returning('id')
      .executeTakeFirst()
    if (row) acts.push({ verb: 'follow-up.opened', subject: `follow-up:${row.id}`, state })
  }
  return acts
}

/** The open ones first, by the day of their next action and by State; then the newest closed ones. */
export async function listFollowUps(tx: Tx): Promise<readonly FollowUp[]> {
  const rows = await checksTables(tx)
    .selectFrom('checks.follow_up')
    .selectAll()
    .orderBy('closed_at', (order) => order.desc().nullsFirst())
    .orderBy('next_action_on')
    .orderBy('state')
    .limit(500)
    .execute()
  return rows.map(toFollowUp)
}

/** Those of one State that nothing has ended yet. */
export async function listOpenFollowUps(tx: Tx, state: StateCode): Promise<readonly FollowUp[]> {
  const rows = await checksTables(tx)
    .selectFrom('checks.follow_up')
    .selectAll()
    .where('state', '=', state)
    .where('closed_at', 'is', null)
    .execute()
  return rows.map(toFollowUp)
}

/** Those of a round that concern one of these States, by State. */
export async function followUpsByState(
  tx: Tx,
  round: RoundId,
  states: readonly StateCode[],
): Promise<ReadonlyMap<StateCode, FollowUp>> {
  const rows = await checksTables(tx)
    .selectFrom('checks.follow_up')
    .selectAll()
    .where('round_id', '=', round)
    .where('state', 'in', states)
    .execute()
  return new Map(rows.map(toFollowUp).map((followUp) => [followUp.state, followUp]))
}

export async function findFollowUp(tx: Tx, id: FollowUpId): Promise<FollowUp | undefined> {
  const row = await checksTables(tx)
    .selectFrom('checks.follow_up')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toFollowUp(row)
}

export async function listAttempts(tx: Tx, followUp: FollowUpId): Promise<readonly Attempt[]> {
  const rows = await checksTables(tx)
    .selectFrom('checks.attempt')
    .select(['on_date', 'authority', 'channel', 'outcome'])
    .where('follow_up_id', '=', followUp)
    .orderBy('on_date')
    .orderBy('recorded_at')
    .execute()
  return rows.map((row) => ({
    onDate: row.on_date,
    authority: row.authority,
    channel: row.channel,
    outcome: row.outcome,
  }))
}

/** The manager tried to reach somebody: when, whom, how, with what result. No free text: nothing of a case belongs here. */
export async function recordAttempt(
  { tx, now }: ActionScope,
  id: FollowUpId,
  attempt: Attempt,
): Promise<Result<Done<undefined>>> {
  const followUp = await findFollowUp(tx, id)
  if (!followUp) return refuse({ code: 'checks/follow-up-unknown', kind: 'absent' })
  if (followUp.closedAt) return refuse({ code: 'checks/follow-up-closed', kind: 'conflict' })
  if (attempt.onDate > dateOf(now))
    return refuse({ code: 'checks/date-in-future', kind: 'invalid', field: 'onDate' })
  const { nextOn = dateOf(after(now, nextActionAfter)), ...made } = attempt
  if (nextOn < dateOf(now) || nextOn > dateOf(monthsAfter(now, 12)))
    return refuse({ code: 'checks/next-out-of-range', kind: 'invalid', field: 'nextOn' })
  await checksTables(tx)
    .insertInto('checks.attempt')
    .values({
      id: newId(),
      follow_up_id: id,
      state: followUp.state,
      on_date: attempt.onDate,
      authority: attempt.authority,
      channel: attempt.channel,
      outcome: attempt.outcome,
      recorded_at: now,
    })
    .execute()
  await checksTables(tx)
    .updateTable('checks.follow_up')
    .set({ next_action_on: nextOn })
    .where('id', '=', id)
    .execute()
  const content = { ...made, nextOn }
  return done(undefined, [
    { verb: 'follow-up.attempted', subject: `follow-up:${id}`, state: followUp.state, content },
  ])
}

/** A State that updates, confirms or leaves ends its follow-ups by that. */
export async function closeFollowUps(
  { tx, now }: ActionScope,
  state: StateCode,
  by: 'updated' | 'confirmed' | 'left',
): Promise<Result<Done<number>>> {
  const closed = await checksTables(tx)
    .updateTable('checks.follow_up')
    .set({ closed_at: now, closed_by: by })
    .where('state', '=', state)
    .where('closed_at', 'is', null)
    .returning('id')
    .execute()
  const [first, ...others] = closed.map(({ id }) => ({
    verb: `follow-up.closed.${by}`,
    subject: `follow-up:${id}`,
    state,
  }))
  return first ? done(closed.length, [first, ...others]) : unchanged(0)
}

/** By what a State ended it. */
export function closedBy(followUp: FollowUp): 'updated' | 'confirmed' | 'left' {
  return followUp.closedBy === 'left' ? 'left' : followUp.closedBy === 'confirmed' ? 'confirmed' : 'updated'
}

function toFollowUp(row: Selectable<ChecksTables['checks.follow_up']>): FollowUp {
  return {
    id: known(parseId<'follow-up'>(row.id)),
    round: known(parseId<'round'>(row.round_id)),
    state: known(parseStateCode(row.state)),
    openedAt: row.opened_at,
    nextActionOn: row.next_action_on,
    closedAt: row.closed_at ?? undefined,
    closedBy: row.closed_by ?? undefined,
  }
}

function dateOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/** How many open follow-ups have come to the day of their next action. */
export async function countDueFollowUps(tx: Tx, now: Date): Promise<number> {
  const { due } = await checksTables(tx)
    .selectFrom('checks.follow_up')
    .select(sql<number>`count(*)::int`.as('due'))
    .where('closed_at', 'is', null)
    .where('next_action_on', '<=', dateOf(now))
    .executeTakeFirstOrThrow()
  return due
}
