import { expect, test } from 'vitest'
import type { Availability } from './entry.ts'
import { isOutOfHours } from './office-hours.ts'

const office: Availability = {
  timeZone: 'Asia/Tbilisi',
  opens: '09:00',
  closes: '18:00',
  days: [1, 2, 3, 4, 5],
  always: false,
}

test.each([
  // 27 November 2026 is a Friday; Tbilisi is four hours ahead.
  ['2026-11-27T05:00:00Z', false],
  ['2026-11-27T04:59:00Z', true],
  ['2026-11-27T13:59:00Z', false],
  ['2026-11-27T14:00:00Z', true],
  // Friday evening in UTC, Saturday in Tbilisi.
  ['2026-11-27T21:00:00Z', true],
  ['2026-11-28T08:00:00Z', true],
  // Sunday evening in UTC, Monday before opening.
  ['2026-11-29T23:00:00Z', true],
])('an answer at %s is out of hours there: %s', (at, expected) => {
  expect(isOutOfHours(office, new Date(at))).toBe(expected)
})

test('daylight saving moves the hours with the clocks of the place', () => {
  const paris = { ...office, timeZone: 'Europe/Paris' }
  expect(isOutOfHours(paris, new Date('2026-07-01T07:30:00Z'))).toBe(false)
  expect(isOutOfHours(paris, new Date('2026-12-01T07:30:00Z'))).toBe(true)
})

test('an office that is open over midnight is open on the morning after its day', () => {
  const night = { ...office, timeZone: 'UTC', opens: '20:00', closes: '06:00', days: [5] }
  expect(isOutOfHours(night, new Date('2026-11-27T21:00:00Z'))).toBe(false)
  expect(isOutOfHours(night, new Date('2026-11-28T05:00:00Z'))).toBe(false)
  expect(isOutOfHours(night, new Date('2026-11-27T05:00:00Z'))).toBe(true)
})

test('where an entry states no hours or no time zone, nothing is out of hours', () => {
  const at = new Date('2026-11-28T03:00:00Z')
  expect(isOutOfHours({ ...office, timeZone: undefined }, at)).toBe(false)
  expect(isOutOfHours({ ...office, opens: undefined }, at)).toBe(false)
})
