import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { after, type Clock, systemClock } from '@parley/kernel'

export interface DemonstrationClock extends Clock {
  /** Moves the demonstration's time forward, for good. */
  advance(milliseconds: number): void
  /** Sets the time while the past is being made up; `now()` runs on from there. */
  setTo(at: Date): void
}

/** The real time, and as much further as somebody moved it: two days of waiting take one click. */
export function openDemonstrationClock(file: string): DemonstrationClock {
  let ahead = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  const keep = (milliseconds: number) => {
    ahead = milliseconds
    writeFileSync(file, String(ahead))
  }
  return {
    now: () => after(systemClock.now(), ahead),
    advance: (milliseconds) => keep(ahead + milliseconds),
    setTo: (at) => keep(at.getTime() - systemClock.now().getTime()),
  }
}
