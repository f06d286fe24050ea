import { expect, test } from 'vitest'
import { parseLanguage } from './languages.ts'
import { isLookAlike } from './look-alike.ts'
import { timeThere } from './office-hours.ts'

test('a word that mixes scripts which look alike is noticed; languages side by side are not', () => {
  expect(isLookAlike('Nоrvalia CERT')).toBe(true)
  expect(isLookAlike('poc@cеrt.example')).toBe(true)
  expect(isLookAlike('Национальный CERT 国家中心 CERT-NV')).toBe(false)
  expect(isLookAlike('')).toBe(false)
})

test('a language is read from its code and from its name in any interface language', () => {
  expect(parseLanguage('sw')).toBe('sw')
  expect(parseLanguage('Swahili')).toBe('sw')
  expect(parseLanguage('السواحلية')).toBe('sw')
  expect(parseLanguage('PT-br')).toBe('pt-BR')
  expect(parseLanguage('no such tongue')).toBeUndefined()
})

const week = {
  timeZone: 'Asia/Tbilisi',
  opens: '09:00',
  closes: '18:00',
  days: [1, 2, 3, 4, 5],
  always: false,
}

// Tbilisi is four hours ahead of UTC all year; 23 November 2026 is a Monday.
test.each([
  ['2026-11-23T04:59:00Z', '08:59', { status: 'opens', at: '09:00' }],
  ['2026-11-23T05:00:00Z', '09:00', { status: 'open' }],
  ['2026-11-23T14:00:00Z', '18:00', { status: 'closed' }],
  ['2026-11-22T08:00:00Z', '12:00', { status: 'closed' }],
])('at %s it is %s there', (now, time, office) => {
  expect(timeThere(week, new Date(now))).toEqual({ now: time, office })
})

test('a night shift belongs to the day on which it began', () => {
  const night = { ...week, opens: '20:00', closes: '06:00', days: [5] }
  expect(timeThere(night, new Date('2026-11-27T20:00:00Z'))?.office).toEqual({ status: 'open' })
  expect(timeThere(night, new Date('2026-11-26T20:00:00Z'))?.office).toEqual({ status: 'opens', at: '20:00' })
  expect(timeThere(night, new Date('2026-11-28T20:00:00Z'))?.office).toEqual({ status: 'closed' })
})

test('reachable at any hour is said whatever the hours; without a time zone nothing is said', () => {
  expect(timeThere({ ...week, always: true }, new Date('2026-11-22T08:00:00Z'))?.office).toEqual({
    status: 'always',
  })
  expect(timeThere({ days: [], always: true }, new Date())).toBeUndefined()
})
