import { type Languages, locales } from '@parley/kernel'
import { expect, test } from 'vitest'
import { checkLanguages } from './languages.ts'

const six: Languages = locales

test.each([
  ['its first working language among the six', 'ru', 'fr', { language: 'ru', beside: undefined }],
  ['English, where it works in English', 'en', 'fr', { language: 'en', beside: undefined }],
  [
    'English and the language of its entry, where it names none',
    undefined,
    'fr',
    { language: 'en', beside: 'fr' },
  ],
  ['English alone, where its entry is in English', undefined, 'en', { language: 'en', beside: undefined }],
] as const)('POC-17: an office is written to in %s', (_what, spoken, entry, expected) => {
  expect(checkLanguages(spoken, entry, six)).toEqual(expected)
})

test('a community of one language writes in that one', () => {
  expect(checkLanguages(undefined, 'fr', ['en'])).toEqual({ language: 'en', beside: undefined })
  expect(checkLanguages(undefined, 'fr', ['fr', 'es'])).toEqual({ language: 'fr', beside: undefined })
})
