import { minute } from '@parley/kernel'
import { expect, test } from 'vitest'
import { openSchedule, restAfterFirstWave } from './pace.ts'

const from = new Date('2026-11-24T08:00:00Z')
const pace = { perMinute: 30, perMinuteAndDomain: 6, firstWave: 5 }
const places = (addresses: readonly string[]) =>
  addresses.map(openSchedule(pace, from)).map((at) => at.getTime() - from.getTime())

/** The most that leave within any one minute. */
function most(times: readonly number[]): number {
  return Math.max(...times.map((at) => times.filter((each) => each >= at && each < at + minute).length))
}

test('a round leaves no faster than its pace, in all and to each receiving domain', () => {
  const addresses = Array.from(
    { length: 400 },
    (_, index) => `poc${index}@${index % 7 < 4 ? 'big' : index}.example`,
  )
  const times = places(addresses)
  expect(new Set(times).size).toBe(400)
  expect(most(times)).toBeLessThanOrEqual(pace.perMinute)
  expect(most(times.filter((_, index) => addresses[index]?.endsWith('@big.example')))).toBeLessThanOrEqual(
    pace.perMinuteAndDomain,
  )
})

test('the first wave is small, and the others wait until a fault would have shown', () => {
  const times = places(Array.from({ length: 50 }, (_, index) => `poc@${index}.example`)).toSorted(
    (a, b) => a - b,
  )
  expect(times.filter((at) => at < restAfterFirstWave)).toHaveLength(pace.firstWave)
})

test('without a pace everything is due at once', () => {
  expect(['a@x.example', 'b@x.example'].map(openSchedule(undefined, from))).toEqual([from, from])
})
