import { after, hour, ok, refuse, type Result } from '@parley/kernel'
import type { ActionScope } from '../../platform/action.ts'
import { eraseTaken, takeCards } from './store/cards-opened.ts'
import type { Tx } from '../../platform/database/database.ts'

/** Whether somebody may open (so many) more cards within this hour: the whole list is a right of its own. */
export type CardLimit = (
  scope: Pick<ActionScope, 'tx' | 'now' | 'actor'>,
  cards?: number,
) => Promise<Result<undefined>>

/** What a process has taken from the count that it shares with the others, and not used yet. */
interface Taken {
  left: number
  readonly endsAt: Date
}

const atOnce = 10

/**
 * Counts by person and hour, never whose cards (RULE-12); the manager's views are lines of the history instead. The
 * count stands in the database, from which a process takes ten cards at a time: nobody opens more than `most`, through
 * however many processes, and one card in ten costs a statement.
 */
export function openCardLimit(most: number): CardLimit {
  const taken = new Map<string, Taken>()
  return async ({ tx, now, actor }, cards = 1) => {
    if (!('account' in actor) || actor.role === 'manager' || cards === 0) return ok(undefined)
    const { account } = actor
    const held = taken.get(account)
    const left = held && held.endsAt > now ? held.left : 0
    if (held && left >= cards) {
      held.left -= cards
      return ok(undefined)
    }
    const missing = cards - left
    const take = (more: number) => takeCards(tx, now, { account, cards: more, most })
    const generous = missing < atOnce ? await take(atOnce) : undefined
    const since = generous ?? (await take(missing))
    if (!since) return refuse({ code: 'directory/too-many-cards', kind: 'too-many' })
    for (const [whose, { endsAt }] of taken) if (endsAt <= now) taken.delete(whose)
    taken.set(account, { left: generous ? atOnce - missing : 0, endsAt: after(since, hour) })
    return ok(undefined)
  }
}

/** What is older than an hour counts no more. As the worker. */
export async function eraseCardCounts(tx: Tx, now: Date): Promise<void> {
  await eraseTaken(tx, after(now, -hour))
}
