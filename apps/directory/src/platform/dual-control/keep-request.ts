import { after, newId, refuse, type Result, type StateCode } from '@parley/kernel'
import { done, type Done } from '../action.ts'
import type { ActContent } from '../history/record.ts'
import type { DomainEvent } from '../outbox/event.ts'
import type { AccountId } from '../session/actor.ts'
import { type ActScope, type DualAct, isSameInput, type Next } from './dual-act.ts'
import type { DualControlTables, RequestRow } from './tables.ts'

/** Who asks, who is to decide, and how that is told. */
export interface Asking {
  readonly whose: RequestRow['whose']
  readonly by: { readonly account: AccountId; readonly name: string }
  readonly state: StateCode | undefined
  readonly requestLasts: number
  /** The line of the history, and what it says. */
  readonly verb: string
  readonly content: ActContent
  readonly at: (request: string) => string
  readonly said: (payload: { readonly request: string }) => DomainEvent
}

/** Keeps what was asked for until a second person decides; the same does not wait twice. */
export async function keepRequest<Input extends ActContent>(
  scope: ActScope,
  act: DualAct<Input>,
  input: Input,
  asking: Asking,
): Promise<Result<Done<Next>>> {
  const { tx, now } = scope
  const { whose, by, state, verb, content, said } = asking
  const checked = await act.check(scope, input)
  if (!checked.ok) return checked
  const requests = tx.withTables<DualControlTables>()
  const waiting = await requests
    .selectFrom('dual_control.request')
    .select('input')
    .where('act', '=', act.name)
    .where('whose', '=', whose)
    .where('outcome', 'is', null)
    .where('lapses_at', '>', now)
    .execute()
  if (waiting.some((each) => each.input !== null && isSameInput(each.input, input)))
    return refuse({
      code: `${whose === 'state' ? 'two-person' : 'dual-control'}/asked-already`,
      kind: 'conflict',
    })
  const id = newId<'dual-control'>()
  await requests
    .insertInto('dual_control.request')
    .values({
      id,
      act: act.name,
      whose,
      state: state ?? null,
      input,
      asked_by: by.account,
      asker_name: by.name,
      asked_at: now,
      lapses_at: after(now, asking.requestLasts),
      outcome: null,
      decided_by: null,
      decided_at: null,
    })
    .execute()
  return done<Next>(
    asking.at(id),
    [{ verb, subject: `dual-control:${id}`, state, content }],
    [said({ request: id })],
  )
}
