import type { Tx } from '../../platform/database/database.ts'
import type { Round } from './domain/check.ts'
import { countRound, type RoundFigures } from './round-figures.ts'

/** The figures of a round, and when they were counted. */
export interface Counted {
  readonly figures: RoundFigures
  readonly at: Date
}

/** The figures of the round that is looked at, counted once for all who look: figures alone, and no check of it. */
export interface KeptFigures {
  /** Counted now; of a large round not again while the last count is no older than this. */
  figuresOf(tx: Tx, round: Round, now: Date, noOlderThan: number): Promise<Counted>
}

/** From so many checks on a count takes long enough to be noticed by those who look, and by those who send. */
export const largeRound = 2_000

export function openKeptFigures(): KeptFigures {
  let kept: { readonly of: string; readonly counted: Promise<Counted | undefined> } | undefined
  return {
    figuresOf: async (tx, round, now, noOlderThan) => {
      const of = `${round.id} ${round.status}`
      for (let known = kept; known?.of === of; known = kept) {
        const counted = await known.counted
        if (counted && now.getTime() - counted.at.getTime() <= noOlderThan) return counted
        // Whoever waited for the same count may have begun the next one meanwhile: then that is waited for.
        if (kept === known) break
      }
      const counting = countRound(tx, round).then((figures) => ({ figures, at: now }))
      if (kept?.of === of) kept = { of, counted: counting.catch(() => undefined) }
      const counted = await counting
      if (counted.figures.checks >= largeRound) kept = { of, counted: Promise.resolve(counted) }
      else if (kept?.of === of) kept = undefined
      return counted
    },
  }
}
