import { setTimeout as sleep } from 'node:timers/promises'
import { after, type Clock, hour, minute, second } from '@parley/kernel'
import { openLimits } from '../../platform/limits.ts'
import { networkOf } from '../../platform/network.ts'
import { type DirectoryScope, Postponed } from '../../platform/pages/scope.ts'

const perCaller = 20
const inAll = 200
/** So long strangers wait once there were too many tries in all, … */
export const delayFor = 5 * second
/** … and so many of them at once; more would hold the street's connections, and are turned away. */
export const mostWaiting = 50

type Trier = Pick<DirectoryScope, 'caller' | 'actor' | 'hasWaited'>

/** Wrong codes are counted by caller and in all; codes that were right cost nothing. */
export interface CodeTries {
  /** Whether one more try is allowed. Throws where a stranger has to wait for it first. */
  allow(trier: Trier): boolean
  wasRight(trier: Trier): void
}

export function openCodeTries(
  clock: Clock,
  wait: (milliseconds: number) => Promise<void> = sleep,
): CodeTries {
  const limits = openLimits(clock)
  let waiting: readonly Date[] = []
  const postpone = () => {
    const now = clock.now()
    waiting = waiting.filter((until) => until > now)
    if (waiting.length >= mostWaiting) return false
    waiting = [...waiting, after(now, delayFor)]
    throw new Postponed(() => wait(delayFor))
  }
  return {
    allow: (trier) => {
      // Counted when it came.
      if (trier.hasWaited) return true
      // Whoever is refused takes nothing of what all have together.
      if (!limits.allow(nameOf(trier), perCaller, hour)) return false
      if (trier.actor.role !== 'stranger' || limits.allow(all, inAll, minute)) return true
      return postpone()
    },
    wasRight: (trier) => {
      limits.giveBack(nameOf(trier))
      if (trier.actor.role === 'stranger' && !trier.hasWaited) limits.giveBack(all)
    },
  }
}

const all = 'code in all'

/** People who are signed in do not share what strangers at their address have used up. */
function nameOf({ caller, actor }: Trier): string {
  return 'account' in actor ? `code of ${actor.account}` : `code from ${networkOf(caller)}`
}
