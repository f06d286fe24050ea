import { type Clock, minute } from '@parley/kernel'

/** Counts tries in this process's memory: enough to slow guessing down, and nothing about anybody is kept. */
export interface Limits {
  /** Whether one more try is allowed under this name; it is counted if so. */
  allow(name: string, most: number, within: number): boolean
  /** Forgets the tries under a name: it went well. */
  forget(name: string): void
  /** Gives one try back: it went well, and the others under the name stay counted. */
  giveBack(name: string): void
}

interface Count {
  tries: number
  readonly endsAt: number
}

const sweepEvery = 10 * minute

export function openLimits(clock: Clock): Limits {
  const counts = new Map<string, Count>()
  let sweptAt = 0
  const sweep = (now: number) => {
    if (now - sweptAt < sweepEvery) return
    sweptAt = now
    for (const [name, count] of counts) if (count.endsAt <= now) counts.delete(name)
  }
  return {
    allow: (name, most, within) => {
      const now = clock.now().getTime()
      sweep(now)
      const found = counts.get(name)
      const count = found && found.endsAt > now ? found : { tries: 0, endsAt: now + within }
      if (count.tries >= most) return false
      count.tries += 1
      counts.set(name, count)
      return true
    },
    forget: (name) => void counts.delete(name),
    giveBack: (name) => {
      const count = counts.get(name)
      if (count && count.tries > 0) count.tries -= 1
    },
  }
}
