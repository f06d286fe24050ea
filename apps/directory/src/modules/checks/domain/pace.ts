import { after, minute } from '@parley/kernel'
import type { Pace } from '../../../platform/mail/post.ts'

/** Between the first wave and the others. */
export const restAfterFirstWave = 10 * minute

/**
 * When each address is written to, asked one after the other: never more than the pace allows in all or to one
 * domain. Without a pace, all at once.
 */
export function openSchedule(pace: Pace | undefined, from: Date): (address: string) => Date {
  if (!pace) return () => from
  const step = minute / pace.perMinute
  // Of one domain every so many places, rounded up.
  const stride = Math.ceil(pace.perMinute / pace.perMinuteAndDomain)
  const nextFree = new Map<number, number>()
  const nextOf = new Map<string, number>()
  return (address) => {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
    const place = take(nextFree, nextOf.get(domain) ?? 0)
    nextOf.set(domain, place + stride)
    return after(from, place * step + (place < pace.firstWave ? 0 : restAfterFirstWave))
  }
}

/** The first place from here on that nobody has, taken; what was passed over is remembered. */
function take(nextFree: Map<number, number>, from: number): number {
  const passed: number[] = []
  let place = from
  for (let next = nextFree.get(place); next !== undefined; next = nextFree.get(place)) {
    passed.push(place)
    place = next
  }
  for (const each of [...passed, place]) nextFree.set(each, place + 1)
  return place
}
