import { expect, test } from 'vitest'
import { openPasswordRule } from './index.ts'

const weaknessOf = openPasswordRule(['parley', 'Côte d’Ivoire', 'Mali'])

test.each([
  ['only 14 letter', 'short'],
  ['x'.repeat(257), 'long'],
  ['passwordpassword', 'common'],
  ['ababababababababab', 'common'],
  ['what the PARLEY program is', 'name'],
  ['we are from Mali, all of us', 'name'],
  ['we are from cote d’ivoire', 'name'],
  ['a formality of the normal kind', undefined],
  ['кораблик плывёт домой', undefined],
  ['水落石出 山高月小 清风徐来 水波不兴', undefined],
] as const)('«%s» is weak because it is %s', (password, weakness) => {
  expect(weaknessOf(password)).toBe(weakness)
})
