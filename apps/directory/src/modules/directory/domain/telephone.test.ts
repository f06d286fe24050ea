import { parseStateCode } from '@parley/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isKnownTelephone, parseTelephone } from './telephone.ts'

const fictional = parseStateCode('XA') ?? raise()
const switzerland = parseStateCode('CH') ?? raise()

test.each([
  ['Arabic-Indic digits', '+٩٩٩ ٥٥٥ ٠١٧ ٤٢', '+99955501742'],
  ['Persian digits', '+۹۹۹۵۵۵۰۱۷۴۲', '+99955501742'],
  ['full-width digits and plus', '＋９９９５５５０１７４２', '+99955501742'],
  ['zeros for the plus', '00999-555-01742', '+99955501742'],
  ['brackets and marks of direction', '\u202a+999 (555) 017\u201142\u202c', '+99955501742'],
  ['a national zero in brackets', '+44 (0)20 7946 0958', '+442079460958'],
])('POC-09: a number in %s is the same number', (_, typed, number) => {
  expect(parseTelephone(typed, fictional)).toBe(number)
})

test('POC-09: a number without country code is one of the State', () => {
  expect(parseTelephone('044 668 18 00', switzerland)).toBe('+41446681800')
  expect(parseTelephone('044 668 18 00', fictional)).toBeUndefined()
})

test.each([
  '',
  '+',
  '+123456',
  '+1234567890123456',
  'call us',
  '+999 555 CALL',
  '\u202e24710555999+',
  '55501742',
])('what is no number is refused: %j', (typed) => {
  expect(parseTelephone(typed, fictional)).toBeUndefined()
})

test('a number that no numbering plan knows is accepted, and known as such', () => {
  expect(isKnownTelephone('+99955501742')).toBe(false)
  expect(isKnownTelephone('+442079460958')).toBe(true)
})

test('whatever is typed gives a well-formed number or none, and that number is read as itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const number = parseTelephone(typed, switzerland)
      expect(number ?? '+1234567').toMatch(/^\+[0-9]{7,15}$/)
      if (number !== undefined) expect(parseTelephone(number, switzerland)).toBe(number)
    }),
  )
  fc.assert(
    fc.property(fc.stringMatching(/^\+[1-9][0-9]{6,14}$/), (typed) => {
      expect(parseTelephone(typed, fictional)).toMatch(/^\+[0-9]{7,15}$/)
    }),
  )
})

function raise(): never {
  throw new Error('no such State')
}
