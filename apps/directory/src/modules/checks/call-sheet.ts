import { newId, refuse, type Result } from '@parley/kernel'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import { actorLabel } from '../../platform/session/actor.ts'
import { acknowledge } from './acknowledge-check.ts'
import { type CheckId, mayStartClock } from './domain/check.ts'
import { checksTables, lockCheck } from './store.ts'

export const callOutcomes = ['answered', 'left-message', 'no-answer'] as const
export type CallOutcome = (typeof callOutcomes)[number]

/**
 * A call to an entry that no mail reaches. The clock starts with the first call that was taken or left on a
 * machine; a call that was taken is an answer, and the State sees it with the caller's account.
 */
export async function recordCall(
  scope: ActionScope,
  id: CheckId,
  outcome: CallOutcome,
): Promise<Result<Done<undefined>>> {
  const { tx, now } = scope
  const found = await lockCheck(tx, id)
  if (!found) return refuse({ code: 'checks/check-unknown', kind: 'absent' })
  const { check, round } = found
  if (round.status !== 'running') return refuse({ code: 'checks/round-not-so', kind: 'conflict' })
  await checksTables(tx)
    .insertInto('checks.call')
    .values({
      id: newId(),
      check_id: id,
      state: check.state,
      at: now,
      outcome,
      called_by: actorLabel(scope.actor),
    })
    .execute()
  if (outcome !== 'no-answer' && check.clockStartedAt === undefined && mayStartClock(round, now)) {
    await checksTables(tx)
      .updateTable('checks.check')
      .set({ clock_started_at: now })
      .where('id', '=', id)
      .execute()
  }
  const call = { verb: `call.${outcome}`, subject: `check:${id}`, state: check.state }
  if (outcome !== 'answered') return done(undefined, [call])
  const answered = await acknowledge(scope, id, { by: 'telephone' })
  if (!answered.ok) return answered
  return done(undefined, [call, ...answered.value.acts], answered.value.events)
}
