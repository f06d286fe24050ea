import { fold } from '@parley/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { languageTokens, tokensFor, tokensOf, tokensOfKind } from './search-tokens.ts'

test.each([
  ['a fragment from within a word', 'Emergency Response', 'ergen'],
  ['two letters that begin a word', 'Emergency Response', 're'],
  ['one letter that begins a word', 'Emergency Response', 'e'],
  ['an Arabic fragment without its vowel signs', 'إدارة الأمن السيبرانيّ', 'سيبران'],
  ['Chinese without word breaks', '国家计算机网络应急技术处理协调中心', '网络应急'],
  ['one Chinese character', '外交部', '交'],
  ['full-width letters', 'ＣＥＲＴ 中心', 'cert'],
  ['Cyrillic with ё for е', 'Центр реагирования на учёт', 'учет'],
  ['Latin beside Chinese', 'CNCERT国家中心', 'cert'],
])('%s has only tokens that the text has', (_, text, typed) => {
  const tokens = tokensFor(fold(typed))
  expect(tokens.length).toBeGreaterThan(0)
  expect(tokensOf(text)).toEqual(expect.arrayContaining([...tokens]))
})

test('whatever piece of three letters or more of a word is asked for, its tokens are there', () => {
  const word = fc.string({
    unit: fc.constantFrom(...Array.from('abcdefghijяжщбلمنك')),
    minLength: 3,
    maxLength: 20,
  })
  fc.assert(
    fc.property(word, fc.nat(), fc.nat(), (text, from, length) => {
      const whole = fold(text)
      const start = from % Math.max(1, whole.length - 2)
      const piece = whole.slice(start, start + 3 + (length % whole.length))
      expect(tokensOf(`x ${text} y`)).toEqual(expect.arrayContaining([...tokensFor(piece)]))
    }),
  )
})

test('a term asks for as few tokens as cover it, and for none where there is nothing to compare', () => {
  expect(tokensFor('emergency')).toEqual(['eme', 'rge', 'ncy'])
  expect(tokensFor('response')).toEqual(['res', 'pon', 'nse'])
  expect(tokensFor('_%')).toEqual([])
})

test('an office that works in a variety of a language works in the language', () => {
  expect(languageTokens('pt-BR')).toEqual(['=pt', '=pt-BR'])
  expect(languageTokens('sw')).toEqual(['=sw'])
})

test('RULE-7: a word of one kind of entry is not among the tokens of the other', () => {
  const words = tokensOf('Ministry of Foreign Affairs')
  const asked = tokensOfKind('technical', tokensFor('oreign'))
  expect(tokensOfKind('technical', words)).toEqual(expect.arrayContaining([...asked]))
  expect(tokensOfKind('diplomatic', words).filter((token) => asked.includes(token))).toEqual([])
})
