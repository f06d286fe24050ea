import type { Locale } from '@parley/kernel'
import { expect, test } from 'vitest'
import { wordsIn } from './words-in.ts'

const tokens = (text: string, language: Locale) => wordsIn(text, language).map(({ token }) => token)

const alike: readonly (readonly [Locale, string, string])[] = [
  ['ar', 'الدليل', 'للدليل'],
  ['ar', 'والدولة', 'دوله'],
  ['ar', 'ولاية', 'ولايته'],
  ['ar', 'نقطة', 'نقاط'],
  ['ar', 'مُؤسَّسات', 'مؤسسة'],
  ['ar', 'إستجـابة', 'الاستجابه'],
  ['en', 'nominates', 'nomination'],
  ['en', 'capacity', 'capacities'],
  ['en', 'protect', 'protection'],
  ['fr', 'nommé', 'nomment'],
  ['fr', 'l’État', 'états'],
  ['ru', 'службы', 'службой'],
  ['ru', 'ложный', 'ложные'],
  ['es', 'resolución', 'resoluciones'],
]

test.each(alike)('CAP-12: in %s, %s and %s are one word', (language, one, other) => {
  expect(tokens(one, language)).toEqual(tokens(other, language))
})

const apart: readonly (readonly [Locale, string, string])[] = [
  ['ar', 'دولة', 'دليل'],
  ['en', 'state', 'station'],
  ['en', 'state', 'statements'],
  ['ru', 'служба', 'слух'],
]

test.each(apart)('CAP-12: in %s, %s and %s are two', (language, one, other) => {
  expect(tokens(one, language)).not.toEqual(tokens(other, language))
})

test('CAP-12: Chinese is cut into pairs that overlap, and one character stands alone', () => {
  expect(tokens('能力建设，网', 'zh')).toEqual(['能力', '力建', '建设', '网'])
})

test('CAP-12: each word knows its place in the text as it is printed', () => {
  const text = 'الفريـق الرابعة 2023معلومات (CERT)'
  const printed = wordsIn(text, 'ar').map(({ start, end }) => text.slice(start, end))
  expect(printed).toEqual(['الفريـق', 'الرابعة', '2023', 'معلومات', 'CERT'])
})

test('CAP-12: words that ask or join are told apart', () => {
  expect(wordsIn('Which of the desks', 'en').map(({ isSmall }) => isSmall)).toEqual([true, true, true, false])
})
