import { after, type Clock } from '@parley/kernel'

export interface SettableClock extends Clock {
  set(to: Date): void
  /** Moves the time forward. */
  advance(milliseconds: number): void
}

/** A clock that stands still until a test moves it. */
export function settableClock(start = new Date('2026-11-23T08:00:00Z')): SettableClock {
  let now = start
  return {
    now: () => now,
    set: (to) => {
      now = to
    },
    advance: (milliseconds) => {
      now = after(now, milliseconds)
    },
  }
}
