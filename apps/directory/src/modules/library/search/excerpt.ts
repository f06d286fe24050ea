import type { Locale } from '@parley/kernel'
import { wordsIn } from './words/words-in.ts'

/** A piece of a text, and whether it is what was looked for. */
interface Piece {
  readonly text: string
  readonly isFound: boolean
}

/** How much of a long paragraph is shown, in letters. */
const mostShown = 420
/** How much stands before the first word that is marked. */
const before = 80

/** A paragraph, or where the words stand closest in it, with the words that were found told apart. */
export function excerpt(text: string, language: Locale, tokens: ReadonlySet<string>): readonly Piece[] {
  const places = joined(wordsIn(text, language).filter(({ token }) => tokens.has(token)))
  const { start, end } = windowOf(text, places)
  const pieces: Piece[] = []
  let at = start
  for (const place of places.filter((each) => each.start >= start && each.end <= end)) {
    pieces.push({ text: text.slice(at, place.start), isFound: false })
    pieces.push({ text: text.slice(place.start, place.end), isFound: true })
    at = place.end
  }
  pieces.push({ text: text.slice(at, end), isFound: false })
  const all = [
    { text: start > 0 ? '… ' : '', isFound: false },
    ...pieces,
    { text: end < text.length ? ' …' : '', isFound: false },
  ]
  return all.filter((piece) => piece.text !== '')
}

interface Place {
  readonly start: number
  readonly end: number
}

/** Pairs of letters that share one are one place. */
function joined(places: readonly Place[]): readonly Place[] {
  const all: Place[] = []
  for (const { start, end } of places) {
    const last = all.at(-1)
    if (last && start < last.end) all[all.length - 1] = { start: last.start, end: Math.max(last.end, end) }
    else all.push({ start, end })
  }
  return all
}

/** Where most of the words stand, from one of them on; whole words where the language has a space between. */
function windowOf(text: string, places: readonly Place[]): Place {
  if (text.length <= mostShown) return { start: 0, end: text.length }
  let best = { start: 0, count: 0 }
  for (const { start } of places) {
    const from = Math.max(0, start - before)
    const count = places.filter((each) => each.start >= start && each.end <= from + mostShown).length
    if (count > best.count) best = { start: from, count }
  }
  const start = best.start === 0 ? 0 : atSpace(text, best.start, 1)
  return { start, end: start + mostShown >= text.length ? text.length : atSpace(text, start + mostShown, -1) }
}

function atSpace(text: string, at: number, step: 1 | -1): number {
  for (let moved = 0; moved < 20; moved += 1)
    if (text.charAt(at + step * moved) === ' ') return at + step * moved + (step > 0 ? 1 : 0)
  // Never between the halves of one character.
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at
}
