import { expect, test } from 'vitest'
import { labelIn } from '../cite/letters.ts'
import { withoutMarkUp } from '../recognise/mark-up.ts'
import { sourceText } from './source-text.ts'

test('CAP-12: symbols and web addresses keep their direction within a text from right to left', () => {
  expect(String(sourceText('الوثيقة A/AC.292/2023/INF/4، و (https://example.org/list-of-2021).'))).toBe(
    'الوثيقة <bdi dir="ltr">A/AC.292/2023/INF/4</bdi>، و (<bdi dir="ltr">https://example.org/list-of-2021</bdi>).',
  )
})

test('CAP-12: marks of direction within a text are shown, and turn nothing; markup in it is text', () => {
  expect(String(sourceText('a\u202Eb\u2067c <b>'))).toBe('a⟨U+202E⟩b⟨U+2067⟩c &lt;b&gt;')
})

test('CAP-12: a web address in brackets is read without them', () => {
  expect(withoutMarkUp('see (<https://example.org/a>).')).toBe('see (https://example.org/a).')
})

test.each([
  ['ar', 'sub-paragraph', 'a', '(أ)'],
  ['ar', 'sub-paragraph', 'e', '(هـ)'],
  ['ar', 'sub-item', 'iv', "'4'"],
  ['ru', 'sub-paragraph', 'b', '(b)'],
  ['zh', 'sub-item', 'ii', '(ii)'],
  ['ar', 'paragraph', '12', '12'],
])('OEW-12: in %s a label of a %s, %s, is read as %s', (language, kind, label, read) => {
  expect(labelIn(language, kind, label)).toBe(read)
})
