import { html, type Html } from '@parley/web'
import { diffWords } from 'diff'
import { sourceText } from '../read/source-text.ts'

/** Longer paragraphs are shown without marks: telling them apart takes time that grows with their square. */
const mostLetters = 8_000

/** Both texts, with the words marked that only one of them has. Both are in `language`. */
export function markDifferences(one: string, other: string, language: string): readonly [Html, Html] {
  if (one === other || one.length + other.length > mostLetters) return [sourceText(one), sourceText(other)]
  const intlSegmenter = new Intl.Segmenter(language, { granularity: 'word' })
  const parts = diffWords(one, other, { intlSegmenter })
  return [
    html`${parts
      .filter(({ added }) => !added)
      .map(({ removed, value }) => (removed ? html`<del>${sourceText(value)}</del>` : sourceText(value)))}`,
    html`${parts
      .filter(({ removed }) => !removed)
      .map(({ added, value }) => (added ? html`<ins>${sourceText(value)}</ins>` : sourceText(value)))}`,
  ]
}
