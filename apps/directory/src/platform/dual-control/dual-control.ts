import { day, refuse, type Result } from '@parley/kernel'
import { href, route } from '@parley/web'
import { z } from 'zod'
import type { Done } from '../action.ts'
import type { Tx } from '../database/database.ts'
import type { ActContent } from '../history/record.ts'
import { defineEvent } from '../outbox/event.ts'
import { type DirectoryForm, type DirectoryPage, form } from '../pages/scope.ts'
import type { ActScope, DualAct, Next } from './dual-act.ts'
import { keepRequest } from './keep-request.ts'
import type { DualControlTables } from './tables.ts'

/** One manager asked for something that a second one decides. */
export const ApprovalAsked = defineEvent('ApprovalAsked', z.object({ request: z.uuid() }))

export const approvalRoute = route('/approvals/:request')

/** The community's rules: whether it is on, from how many managers on, and when a request lapses by itself. */
export interface DualRules {
  readonly on: boolean
  readonly fromManagers: number
  readonly lapsesAfterDays: number
}

/** Two managers for what one alone should not do. */
export interface DualControl {
  readonly requestLasts: number
  isOn(tx: Tx): Promise<boolean>
  /** Does the act now where dual control is off; else keeps it for the second manager. */
  start<Input extends ActContent>(
    scope: ActScope,
    act: DualAct<Input>,
    input: Input,
  ): Promise<Result<Done<Next>>>
}

/** `countManagers` tells how many there are; the accounts know. */
export function openDualControl(rules: DualRules, countManagers: (tx: Tx) => Promise<number>): DualControl {
  const requestLasts = rules.lapsesAfterDays * day
  const isOn: DualControl['isOn'] = async (tx) =>
    (await lastSwitch(tx)) ?? (rules.on && (await countManagers(tx)) >= rules.fromManagers)
  return {
    requestLasts,
    isOn,
    start: async (scope, act, input) => {
      const { tx, now } = scope
      if (!(await isOn(tx))) return act.perform(scope, input)
      // From here on it stays on, also where managers become fewer.
      if ((await lastSwitch(tx)) === undefined) await switchDualControl(tx, now, true)
      if (scope.actor.role !== 'manager') return refuse({ code: 'web/forbidden', kind: 'forbidden' })
      const { account, name } = scope.actor
      return keepRequest(scope, act, input, {
        whose: 'managers',
        by: { account, name },
        state: act.stateOf(input),
        requestLasts,
        verb: 'dual-control.asked',
        content: { act: act.name, input },
        at: (request) => href(scope.locale, approvalRoute, { request }),
        said: ApprovalAsked,
      })
    },
  }
}

/** Whether it was switched on or off last; nothing where it never was. */
async function lastSwitch(tx: Tx): Promise<boolean | undefined> {
  const last = await tx
    .withTables<DualControlTables>()
    .selectFrom('dual_control.switch')
    .select('is_on')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.is_on
}

export async function switchDualControl(tx: Tx, at: Date, isOn: boolean): Promise<void> {
  await tx
    .withTables<DualControlTables>()
    .insertInto('dual_control.switch')
    .values({ is_on: isOn, at })
    .execute()
}

/** A form whose act is under dual control; `input` is what the typed fields ask for. */
export function dualForm<Path extends string, Fields extends z.ZodType, Input extends ActContent>(
  dual: Pick<DualControl, 'start'>,
  act: DualAct<Input>,
  declared: {
    readonly route: { readonly path: Path }
    readonly verb: string
    readonly fields: Fields
    readonly on: DirectoryPage
    readonly input: (
      scope: ActScope & { readonly params: unknown },
      typed: z.output<Fields>,
    ) => Promise<Result<Input>>
  },
): DirectoryForm {
  const { input, ...rest } = declared
  return form<string, Fields, Next>({
    ...rest,
    act: async (scope, typed) => {
      const wanted = await input(scope, typed)
      return wanted.ok ? dual.start(scope, act, wanted.value) : wanted
    },
    next: (_, next) => next,
  })
}
