import { monthsAfter } from '@parley/kernel'

/** How long ago a State last changed what it says of its points of contact, in months. */
export const ages = ['up-to-6', 'up-to-12', 'over-12', 'no-entry'] as const
type Age = (typeof ages)[number]

/** POC-42: one participating State, as its place in the totals. */
export interface Standpoint {
  readonly state: string
  /** Whether it has named every kind of point of contact; an incomplete pair is information, never an error (RULE-2). */
  readonly isComplete: boolean
  readonly age: Age
}

/** What a State has named, and when it last changed any of it. */
interface Named {
  readonly state: string
  readonly kinds: readonly string[]
  readonly changedAt: Date
}

export function standpointsOf(
  participating: Iterable<string>,
  named: readonly Named[],
  kinds: readonly string[],
  now: Date,
): readonly Standpoint[] {
  const byState = new Map(named.map((each) => [each.state, each]))
  return Array.from(participating, (state) => {
    const has = byState.get(state)
    return {
      state,
      isComplete: kinds.every((kind) => has?.kinds.includes(kind)),
      age: ageOf(has?.changedAt, now),
    }
  })
}

function ageOf(changedAt: Date | undefined, now: Date): Age {
  if (changedAt === undefined) return 'no-entry'
  if (now <= monthsAfter(changedAt, 6)) return 'up-to-6'
  return now <= monthsAfter(changedAt, 12) ? 'up-to-12' : 'over-12'
}
