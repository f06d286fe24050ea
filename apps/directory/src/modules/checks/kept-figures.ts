import { minute } from '@parley/kernel'
import type { Round } from './domain/check.ts'
import type { RoundFigures } from './round-figures.ts'

/** The figures of a round, and when they were counted. */
export interface Counted {
  readonly figures: RoundFigures
  readonly at: Date
}

type Count = () => Promise<RoundFigures>

/** The figures of the round that is looked at, counted once for all who look: figures alone, and no check of it. */
export interface KeptFigures {
  /**
   * Counted now by `count`. Of a large round the last figures instead, while they are no older than this; up to a
   * minute old they are given too, and counted anew behind whoever looks.
   */
  figuresOf(round: Round, now: Date, noOlderThan: number, count: Count): Promise<Counted>
}

/** From so many checks on a count takes long enough to be noticed by those who look, and by those who send. */
export const largeRound = 2_000

const oldest = minute

/** `countBehind`: in a transaction of its own. */
export function openKeptFigures(countBehind: (round: Round) => Promise<RoundFigures>): KeptFigures {
  /** Of a large round alone. */
  let last: { readonly of: string; readonly counted: Counted } | undefined
  /** By somebody who looks; nobody who holds a transaction waits for one that is yet to begin. */
  let counting: { readonly of: string; readonly counted: Promise<Counted> } | undefined
  let isBehind = ''

  const keep = (of: string, counted: Counted) => {
    const isNewer = last?.of !== of || counted.at >= last.counted.at
    if (counted.figures.checks >= largeRound && isNewer) last = { of, counted }
    return counted
  }
  const countAgain = (of: string, round: Round, now: Date) => {
    if (isBehind === of) return
    isBehind = of
    void countBehind(round)
      .then((figures) => keep(of, { figures, at: now }))
      // The next who looks counts, and meets the fault that is still there.
      .catch(() => {
        if (last?.of === of) last = undefined
      })
      .finally(() => {
        if (isBehind === of) isBehind = ''
      })
  }
  return {
    figuresOf: async (round, now, noOlderThan, count) => {
      const of = `${round.id} ${round.status}`
      const age = ({ at }: Counted) => now.getTime() - at.getTime()
      const known = last?.of === of ? last.counted : undefined
      if (known && age(known) <= noOlderThan) return known
      if (known && age(known) <= oldest) {
        countAgain(of, round, now)
        return known
      }
      for (let waited = counting; waited?.of === of; waited = counting) {
        const counted = await waited.counted.catch(() => undefined)
        if (counted && age(counted) <= oldest) return counted
      }
      const mine = { of, counted: count().then((figures) => keep(of, { figures, at: now })) }
      // Of a small round, or one that nobody knows yet, each counts.
      if (known) counting = mine
      return mine.counted.finally(() => {
        if (counting === mine) counting = undefined
      })
    },
  }
}
