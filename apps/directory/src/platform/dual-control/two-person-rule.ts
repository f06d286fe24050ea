import { day, type Result, type StateCode } from '@parley/kernel'
import { href, route } from '@parley/web'
import { z } from 'zod'
import type { Done } from '../action.ts'
import type { Tx } from '../database/database.ts'
import { defineEvent } from '../outbox/event.ts'
import type { AccountId, Actor } from '../session/actor.ts'
import type { Part } from './dual-act.ts'
import type { DualControl } from './dual-control.ts'
import { keepRequest } from './keep-request.ts'
import type { DualControlTables } from './tables.ts'

/** A person of a State asked for something that another one who acts for its Mission decides. */
export const SecondPersonAsked = defineEvent('SecondPersonAsked', z.object({ request: z.uuid() }))

export const ourApprovalsRoute = route('/our-approvals')
export const ourApprovalRoute = route('/our-approvals/:request')

/** For what a State asks two of its own people. */
export interface OwnRule {
  readonly entries: boolean
  readonly users: boolean
}

/** `alone`: the rule is on, and nobody else acts for the Mission at present. */
type Standing = 'off' | 'alone' | 'two'

/** A State's own rule: what its people do for it waits until another one has seen it and approved. */
export interface TwoPersonRule extends Pick<DualControl, 'start' | 'requestLasts'> {
  standing(tx: Tx, actor: Actor, part: Part): Promise<Standing>
}

/** `countOthers` tells how many act for the Mission of a State besides somebody; the accounts know. */
export function openTwoPersonRule(
  lapsesAfterDays: number,
  countOthers: (tx: Tx, state: StateCode, than: AccountId) => Promise<number>,
): TwoPersonRule {
  const requestLasts = lapsesAfterDays * day
  const standing: TwoPersonRule['standing'] = async (tx, actor, part) => {
    if (actor.role !== 'mission' && actor.role !== 'poc') return 'off'
    const rule = await findOwnRule(tx, actor.state)
    const isOn = part === 'mission' ? rule.entries || rule.users : rule[part]
    if (!isOn) return 'off'
    return (await countOthers(tx, actor.state, actor.account)) > 0 ? 'two' : 'alone'
  }
  return {
    requestLasts,
    standing,
    start: async (scope, act, input) => {
      const { tx, actor } = scope
      const part = await act.partOf(scope, input)
      const found = part === undefined ? 'off' : await standing(tx, actor, part)
      if (found === 'off' || (actor.role !== 'mission' && actor.role !== 'poc'))
        return act.perform(scope, input)
      const { state, account, name } = actor
      if (found === 'alone') return saidToBeAlone(await act.perform(scope, input), state, act.name)
      return keepRequest(scope, act, input, {
        whose: 'state',
        by: { account, name },
        state,
        requestLasts,
        verb: 'two-person.asked',
        // The manager reads contents of the history: what a State has not decided yet is not among them.
        content: { act: act.name },
        at: (request) => href(scope.locale, ourApprovalRoute, { request }),
        said: SecondPersonAsked,
      })
    },
  }
}

/** Nobody is locked in: what one person did because there was no second one, the history says. */
function saidToBeAlone<Value>(
  performed: Result<Done<Value>>,
  state: StateCode,
  act: string,
): Result<Done<Value>> {
  if (!performed.ok || performed.value.acts.length === 0) return performed
  const alone = { verb: 'two-person.alone', subject: `state:${state}`, state, content: { act } }
  return { ok: true, value: { ...performed.value, acts: [...performed.value.acts, alone] } }
}

export async function findOwnRule(tx: Tx, state: StateCode): Promise<OwnRule> {
  const row = await tx
    .withTables<DualControlTables>()
    .selectFrom('dual_control.own_rule')
    .select(['entries', 'users'])
    .where('state', '=', state)
    .executeTakeFirst()
  return row ?? { entries: false, users: false }
}

export async function saveOwnRule(tx: Tx, now: Date, state: StateCode, rule: OwnRule): Promise<void> {
  await tx
    .withTables<DualControlTables>()
    .insertInto('dual_control.own_rule')
    .values({ state, ...rule, changed_at: now })
    .onConflict((row) => row.column('state').doUpdateSet({ ...rule, changed_at: now }))
    .execute()
}
