import { minute } from '@parley/kernel'
import { settableClock } from '@parley/testkit'
import { expect, test } from 'vitest'
import { openLimits } from './limits.ts'

test('as many tries as allowed, then none until the time is over', () => {
  const clock = settableClock()
  const limits = openLimits(clock)
  const tries = () => Array.from({ length: 4 }, () => limits.allow('one', 3, 15 * minute))
  expect(tries()).toEqual([true, true, true, false])
  expect(limits.allow('other', 3, 15 * minute)).toBe(true)
  clock.advance(15 * minute - 1)
  expect(limits.allow('one', 3, 15 * minute)).toBe(false)
  clock.advance(1)
  expect(tries()).toEqual([true, true, true, false])
})

test('what went well is forgotten', () => {
  const limits = openLimits(settableClock())
  limits.allow('one', 1, minute)
  limits.forget('one')
  expect(limits.allow('one', 1, minute)).toBe(true)
})

test('300 people behind one address sign in within the time of one limit', () => {
  const limits = openLimits(settableClock())
  const allowed = Array.from({ length: 300 }, () => limits.allow('address 192.0.2.1', 600, 15 * minute))
  expect(allowed.every(Boolean)).toBe(true)
})
