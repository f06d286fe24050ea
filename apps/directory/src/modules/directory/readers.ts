import type { StateCode } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import { type Actor, stateOf } from '../../platform/session/actor.ts'
import { areParticipating, listParticipating } from '../community/index.ts'

/**
 * The States whose entries the actor may read: the participating ones, for users of one of them and for the
 * manager; none for anybody else.
 */
export async function readableStates(tx: Tx, actor: Actor): Promise<ReadonlySet<StateCode>> {
  if (!readsEntries(actor)) return new Set()
  const participating = new Set((await listParticipating(tx)).keys())
  const state = stateOf(actor)
  return state === undefined || participating.has(state) ? participating : new Set()
}

export function readsEntries({ role }: Actor): boolean {
  return ['manager', 'mission', 'poc', 'system', 'duty'].includes(role)
}

/** The same question about one State. */
export async function mayReadState(tx: Tx, actor: Actor, state: StateCode): Promise<boolean> {
  if (!readsEntries(actor)) return false
  return areParticipating(tx, new Set([state, stateOf(actor) ?? state]))
}
