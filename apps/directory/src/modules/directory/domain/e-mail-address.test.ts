import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEmailAddress } from './e-mail-address.ts'

test.each([
  [' poc@CERT.Sahiliya.example ', 'poc@cert.sahiliya.example'],
  ["o'neil+duty@a.example", "o'neil+duty@a.example"],
  ['فريق@استجابة.example', 'فريق@استجابة.example'],
])('an address as people write it: %s', (typed, address) => {
  expect(parseEmailAddress(typed)).toBe(address)
})

test.each([
  'poc@cert\u202eelpmaxe.example',
  'poc\u200b@cert.example',
  '\ufeffpoc\u2066@cert.example',
  'po\u061cc@cert.example',
  'poc@cert.example\r\nbcc: all@cert.example',
  'Office <poc@cert.example>',
  'poc@cert.example, two@cert.example',
  'poc@localhost',
  'poc@127.0.0.1',
  'poc@-cert.example',
  '.poc@cert.example',
  'poc@@cert.example',
  '@cert.example',
  `${'a'.repeat(65)}@cert.example`,
])('what is no address, or hides controls, is refused: %j', (typed) => {
  expect(parseEmailAddress(typed)).toBeUndefined()
})

test('no accepted address holds a control, a space, or a second @', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()),
      fc.string({ unit: 'binary' }),
      (one, other) => {
        const address = parseEmailAddress(`${one}@${other}.example`) ?? parseEmailAddress(one)
        expect(address ?? 'a@b.example').toMatch(/^[^\s@\p{Cc}\p{Cf}]+@[^\s@\p{Cc}\p{Cf}]+$/u)
      },
    ),
  )
})
