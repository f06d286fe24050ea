import { type Clock, hour, ok, refuse, type Result } from '@parley/kernel'
import { openLimits } from '../../platform/limits.ts'
import type { Actor } from '../../platform/session/actor.ts'

/** Whether somebody may open (so many) more cards within this hour: the whole list is a right of its own. */
export type CardLimit = (actor: Actor, cards?: number) => Result<undefined>

/** Counts by person, never whose cards (RULE-12); the manager's views are lines of the history instead. */
export function openCardLimit(clock: Clock, most: number): CardLimit {
  const limits = openLimits(clock)
  return (actor, cards = 1) => {
    if (!('account' in actor) || actor.role === 'manager') return ok(undefined)
    for (let card = 0; card < cards; card += 1)
      if (!limits.allow(actor.account, most, hour))
        return refuse({ code: 'directory/too-many-cards', kind: 'too-many' })
    return ok(undefined)
  }
}
