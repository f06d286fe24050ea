import { parseId, parseStateCode, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import { type ActionScope, asDuty, done, type Performer, unchanged } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import { type CheckStatus, isRoundOver, lastStartOf, type Round } from './domain/check.ts'
import { RoundClosed } from './events.ts'
import { decideGivenUp } from './domain/message.ts'
import { openFollowUps } from './follow-up.ts'
import { endStopped, listUnended, settleChecks } from './settle-checks.ts'
import { checksTables, known, listRounds } from './store.ts'

/** Closes every round whose time is over, each in a transaction of its own, and ends what came back of stopped ones. */
export async function closeRounds(performer: Performer, now: Date): Promise<void> {
  const request = asDuty('close-rounds', now)
  const open = await performer.database.transaction({ role: 'worker' }, listRounds)
  for (const round of open.filter(({ status }) => status === 'running')) {
    await performer.database.transaction({ role: 'worker' }, (tx) => giveUpUnstarted(tx, round, now))
    const over = await performer.database.transaction({ role: 'worker' }, (tx) => isOver(tx, round, now))
    if (over) await performer.perform(request, (scope) => closeRound(scope, round))
    else await performer.perform(request, (scope) => followUpDeadAddresses(scope, round))
  }
  await performer.database.transaction({ role: 'worker' }, async (tx) => {
    for (const id of await listUnended(tx, now)) await endStopped(tx, known(parseId<'round'>(id)), now)
  })
}

/** Nothing starts a clock later than 96 hours after a round began: what was not sent or called by then is not. */
async function giveUpUnstarted(tx: Tx, round: Round, now: Date): Promise<void> {
  if (now >= lastStartOf(round, now)) await giveUp(tx, round, ['queued'])
}

/** What their side did not take until now is treated like a bounce (domain/message.ts), the rest was not sent. */
async function giveUp(tx: Tx, round: Round, statuses: readonly ('queued' | 'sending')[]): Promise<void> {
  for (const cause of [null, 'ours', 'other'] as const) {
    await checksTables(tx)
      .updateTable('checks.message')
      .set({ status: decideGivenUp(cause ?? undefined).status })
      .where('round_id', '=', round.id)
      .where('status', 'in', statuses)
      .where('cause', 'is not distinct from', cause)
      .execute()
  }
}

async function isOver(tx: Tx, round: Round, now: Date): Promise<boolean> {
  const { rows } = await sql<{ unstarted: number; last: Date | null }>`
    select (
        select count(*)::int from checks.check as waiting
        where round_id = ${round.id} and status = 'waiting' and withdrawn_at is null and (
          (reachable_by = 'phone' and clock_started_at is null) or exists (
            select from checks.message where check_id = waiting.id and (
              status in ('queued', 'sending') or (status = 'sent' and delayed_at is not null))))
      ) as unstarted,
      (select max(clock_started_at) from checks.check where round_id = ${round.id}) as last`.execute(tx)
  const [progress] = rows
  return isRoundOver(
    round,
    { unstarted: progress?.unstarted ?? 0, lastClockStartedAt: progress?.last ?? undefined },
    now,
  )
}

/** Ends a round: every check gets its result, and every silent State one follow-up (POC-18). */
async function closeRound(scope: ActionScope, round: Round) {
  const checks = checksTables(scope.tx)
  const { numUpdatedRows } = await checks
    .updateTable('checks.round')
    .set({ status: 'closed', closed_at: scope.now })
    .where('id', '=', round.id)
    .where('status', '=', 'running')
    .executeTakeFirst()
  const subject = `round:${round.id}`
  if (numUpdatedRows === 0n) return unchanged(undefined)
  await giveUp(scope.tx, round, ['queued', 'sending'])
  await checks
    .updateTable('checks.message')
    .set({ correction: 'dropped' })
    .where('round_id', '=', round.id)
    .where('correction', 'in', ['queued', 'sending'])
    .execute()
  await settleChecks(scope.tx, round.id)
  const opened = [
    ...(await openFollowUps(scope, round, await statesWith(scope.tx, round, 'undeliverable'))),
    ...(await openFollowUps(scope, round, await statesWith(scope.tx, round, 'no-answer'), 'again')),
  ]
  return done(undefined, [{ verb: 'round.closed', subject }, ...opened], [RoundClosed({ round: round.id })])
}

/** A dead address at every address of an entry opens the follow-up at once, while the round goes on. */
async function followUpDeadAddresses(scope: ActionScope, round: Round) {
  const [first, ...others] = await openFollowUps(
    scope,
    round,
    await statesWith(scope.tx, round, 'undeliverable'),
  )
  return first ? done(undefined, [first, ...others]) : unchanged(undefined)
}

/** States with such a check of an entry that they have not withdrawn since. */
async function statesWith(tx: Tx, round: Round, status: CheckStatus): Promise<readonly StateCode[]> {
  const rows = await checksTables(tx)
    .selectFrom('checks.check')
    .select('state')
    .distinct()
    .where('round_id', '=', round.id)
    .where('status', '=', status)
    .where('withdrawn_at', 'is', null)
    .execute()
  return rows.map(({ state }) => known(parseStateCode(state)))
}
