import { parseId, type StateCode } from '@parley/kernel'
import type { ActionScope } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import { type Actor, stateOf } from '../../platform/session/actor.ts'
import { areParticipating, listParticipating } from '../community/index.ts'
import type { Card } from './domain/card.ts'
import { findCard } from './store/card.ts'

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

/** The contact card of an entry, if the actor may read it; without the month of its last answer (RULE-3). */
export async function findReadableCard(
  { tx, now, actor }: Pick<ActionScope, 'tx' | 'now' | 'actor'>,
  id: string,
): Promise<Card | undefined> {
  const entry = readsEntries(actor) ? parseId<'entry'>(id) : undefined
  return entry && findCard(tx, now, entry, stateOf(actor))
}
