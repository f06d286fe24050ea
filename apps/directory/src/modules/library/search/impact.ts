import type { NodeKind } from '../structured-document.ts'

// How much a word says of its paragraph (BM25): often counts more, but ever less so; in a long text each counts less.

const saturation = 1.2
const lengthMatters = 0.6
/** Words of a usual paragraph. */
const usualLength = 60

const weights: Readonly<Partial<Record<NodeKind, number>>> = {
  cover: 0.6,
  closing: 0.4,
  sponsors: 0.6,
  footnote: 0.6,
  note: 0.5,
  other: 0.7,
  part: 0.8,
  section: 0.8,
  heading: 0.8,
  annex: 0.8,
  appendix: 0.8,
}

/** What a word of the heading says of the paragraphs below it, next to one of their own. */
export const ofHeading = 0.35
/** What a symbol in a note says of the paragraph that refers to the note. */
export const ofNote = 0.7
/** What a word of a damaged text counts that is found by some of its letters. */
export const ofDamagedWord = 0.8

/** A whole number, as it is kept. `count` need not be one: a word of a heading counts in part. */
export function impactOf(count: number, length: number, kind: NodeKind): number {
  const long = saturation * (1 - lengthMatters + (lengthMatters * length) / usualLength)
  const impact = (count * (saturation + 1)) / (count + long)
  return Math.max(1, Math.round(1000 * impact * (weights[kind] ?? 1)))
}
