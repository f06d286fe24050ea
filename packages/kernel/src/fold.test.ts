import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from './fold.ts'

test.each([
  ['vowel signs and tatweel', 'الأمْن السّيبـــراني', 'الامن السيبراني'],
  ['alef, teh marbuta and alef maksura', 'إدارة مستشفى آمنة', 'اداره مستشفي امنه'],
  ['hamza, carried or alone', 'شؤون رئاسة القضاء', 'شوون رياسه القضا'],
  ['Arabic presentation forms', 'ﺇﺩﺍﺭﺓ ﻻ', 'اداره لا'],
  ['Persian letters', 'کی', 'كي'],
  ['Arabic-Indic, Persian and full-width digits', '٤٢ ۴۲ ４２', '42 42 42'],
  ['full-width Latin letters', 'ＣＥＲＴ', 'cert'],
  ['Latin accents and ligatures', 'Ærø, Łódź, Côte', 'aero, lodz, cote'],
  ['the two Turkish i', 'İSTANBUL Diyarbakır', 'istanbul diyarbakir'],
  ['the Russian ё', 'Счётная', 'счетная'],
  ['apostrophes of any kind', 'Cote d’Ivoire', 'cote divoire'],
  ['controls that nobody sees', 'a\u200fb\u2066c', 'abc'],
  ['Chinese, which has none of these', '计算机 应急', '计算机 应急'],
])('%s are compared as one', (_, text, folded) => {
  expect(fold(text)).toBe(folded)
})

test('what is folded stays as it is when folded again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(fold(fold(text))).toBe(fold(text))
    }),
  )
})
