import { expect, test } from 'vitest'
import { mostTyped, readAsked } from './asked.ts'

const typed = (text: string) => readAsked(text, 'en').terms.map((term) => term.typed)

test('CAP-12: a symbol is one thing that is asked for, a number also as lines from right to left print it', () => {
  const [symbol, number] = readAsked('(A/C.1/77/L.23/Rev.1), 240/75', 'ar').terms
  expect(symbol?.readings.map(({ token }) => token)).toEqual(['#a/c.1/77/l.23/rev.1'])
  expect(number?.readings.map(({ token }) => token)).toEqual(['#240/75', '#75/240'])
})

test('CAP-12: what only asks is left out, in the language of the question', () => {
  expect(typed('Which States are on duty?')).toEqual(['States', 'duty'])
  expect(typed('¿Qué Estados están de guardia?')).toEqual(['Estados', 'guardia'])
})

test.each([
  ['和平', '和平'],
  ['机构对话', '对话'],
])('CAP-12: in Chinese a small word parts no word of which it is a part: %s', (question, word) => {
  const { terms } = readAsked(question, 'zh')
  expect(terms.map((term) => term.typed).join(' ')).toContain(word)
})

test('CAP-12: words in quotes of any kind are one phrase', () => {
  for (const quoted of ['"points of contact"', '«points of contact»', '“points of contact”'])
    expect(readAsked(quoted, 'en').terms.map(({ isPhrase }) => isPhrase)).toEqual([true])
})

test('CAP-12: a long question is cut, and no more is asked for than can be looked through', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => `word${index}`).join(' ')
  const asked = readAsked(many, 'en')
  expect(asked.terms.length).toBeLessThan(20)
  expect(asked.typed.length).toBeLessThanOrEqual(mostTyped)
})

test.each(['', '"" «»', '!؟。', '\0', '\ud800', '\u202e'])(
  'nothing is asked for by %j but what can be kept',
  (text) => {
    const asked = readAsked(text, 'ar')
    expect(asked.typed.isWellFormed()).toBe(true)
    expect(JSON.stringify(asked)).not.toMatch(/\\u0000|[\u202a-\u202e]/)
  },
)
