import { after, minute, newId, parseCode, refuse, type Result } from '@parley/kernel'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { actorLabel } from '../../platform/session/actor.ts'
import { findEntry } from '../directory/index.ts'
import { acknowledge } from './acknowledge-check.ts'
import { type Check, type CheckId, hasClockStopped, mayStartClock, type Round } from './domain/check.ts'
import { listCalls } from './round-figures.ts'
import { checksTables, listMessageStates, lockCheck } from './store.ts'
import { codeDigest } from './tokens.ts'

export const callOutcomes = ['answered', 'left-message', 'no-answer'] as const
type CallOutcome = (typeof callOutcomes)[number]

/** How long ago a call may have been when it is recorded. */
export const minutesAgo = [0, 10, 30, 60, 120] as const

export interface Call {
  /** One of the entry's numbers; empty where the office called. */
  readonly number: string
  readonly outcome: CallOutcome
  /** A role or a name. */
  readonly takenBy: string | undefined
  readonly minutesAgo: number
  /** As it was read out. */
  readonly code: string | undefined
}

/**
 * A call to an entry that no mail reaches, or from one. The clock starts with the first call that was taken or left on
 * a machine; a call that was taken is an answer, and the State sees it with the caller's name.
 */
export async function recordCall(
  scope: ActionScope,
  keys: Keys,
  id: CheckId,
  call: Call,
): Promise<Result<Done<undefined>>> {
  const { tx, now } = scope
  const found = await lockCheck(tx, id)
  if (!found) return refuse({ code: 'checks/check-unknown', kind: 'absent' })
  const { check, round } = found
  if (round.status !== 'running') return refuse({ code: 'checks/round-not-so', kind: 'conflict' })
  const entry = await findEntry(tx, check.entry)
  if (call.number !== '' && !entry?.addresses.some(({ value }) => value === call.number))
    return refuse({ code: 'checks/number-unknown', kind: 'invalid', field: 'number' })
  const wrong = call.outcome === 'answered' ? await problemOfCode(scope, keys, id, call.code) : undefined
  if (wrong) return refuse({ code: wrong, kind: 'invalid', field: 'code' })
  const at = after(now, -call.minutesAgo * minute)
  if (at < round.startedAt)
    return refuse({ code: 'checks/before-round', kind: 'invalid', field: 'minutesAgo' })
  await startClock(scope, check, round, call.outcome, at)
  await checksTables(tx)
    .insertInto('checks.call')
    .values({
      id: newId(),
      check_id: id,
      state: check.state,
      at,
      outcome: call.outcome,
      number: call.number,
      taken_by: call.takenBy ?? '',
      called_by: actorLabel(scope.actor),
      caller: 'name' in scope.actor ? scope.actor.name : '',
      denied_at: null,
    })
    .execute()
  const line = { verb: `call.${call.outcome}`, subject: `check:${id}`, state: check.state }
  if (call.outcome !== 'answered') return done(undefined, [line])
  const answered = await acknowledge({ ...scope, now: at }, id, { by: 'telephone' })
  if (!answered.ok) return answered
  return done(undefined, [line, ...answered.value.acts], answered.value.events)
}

/** Whether a mail went out that nothing was heard of since: whoever answers for it can read its code out. */
export async function isCodeAskedBack({ tx }: Pick<ActionScope, 'tx'>, check: CheckId): Promise<boolean> {
  const messages = await listMessageStates(tx, check)
  return messages.some(({ status }) => status === 'sent' || status === 'delivered')
}

async function problemOfCode(
  scope: ActionScope,
  keys: Keys,
  check: CheckId,
  typed: string | undefined,
): Promise<string | undefined> {
  if (!(await isCodeAskedBack(scope, check))) return undefined
  if (typed === undefined) return 'checks/code-asked-back'
  const code = parseCode(typed)
  if (!code) return 'checks/code-malformed'
  const found = await checksTables(scope.tx)
    .selectFrom('checks.message')
    .select('id')
    .where('check_id', '=', check)
    .where('code_digest', '=', codeDigest(keys, code))
    .executeTakeFirst()
  return found ? undefined : 'checks/code-of-another'
}

/** Nothing starts a clock later than 96 hours after the round began; a clock that runs goes on. */
async function startClock(
  { tx }: ActionScope,
  check: Check,
  round: Round,
  outcome: CallOutcome,
  at: Date,
): Promise<void> {
  if (outcome === 'no-answer' || !mayStartClock(round, at)) return
  const calls = (await listCalls(tx, [check.id])).get(check.id) ?? []
  if (calls.some((call) => call.outcome !== 'no-answer')) return
  const states = await listMessageStates(tx, check.id)
  if (check.clockStartedAt !== undefined && !hasClockStopped(states)) return
  await checksTables(tx)
    .updateTable('checks.check')
    .set({ clock_started_at: at })
    .where('id', '=', check.id)
    .execute()
}
