import type { Locale } from '@parley/kernel'
import { dateAfter, dateBefore } from './dates.ts'
import { capital, readCapital } from './letters.ts'
import type { Printed } from './printed-symbols.ts'
import { chooseReading, fitsDate, type Order, plausibleReadings, type Reading, symbolOf } from './sessions.ts'
import { before, isList, kindIn, otherBody, ownTitle, sentence } from './words.ts'

// Resolutions and decisions printed by their number alone: `240/75`, `43/78 H`, `2023/3`.

export interface NumberOptions {
  readonly language: Locale
  /** Session of the text: nothing cites a later one. */
  readonly session?: number
  /** No word of the text can be relied on: a number is taken where only one reading is plausible. */
  readonly isDamaged?: boolean
  /** How the document prints the others. */
  readonly order?: Order
}

interface Candidate {
  readonly start: number
  readonly end: number
  readonly letter: string
  readonly isDecision: boolean
  readonly date: string | undefined
  readonly readings: readonly Reading[]
}

const pair = new RegExp(
  `(?<![\\p{N}/.,\\-–]|[A-Za-z]/)(\\d{1,4})\\s?/\\s?(\\d{1,4})(?:\\s?(${capital}))?(?![\\p{N}/%]|[.,]\\d|-\\d)`,
  'gu',
)

/** `taken` are symbols with their prefix: no number within them is one of its own. */
export function printedNumbers(
  text: string,
  taken: readonly Printed[],
  options: NumberOptions,
): readonly Printed[] {
  const candidates = accepted(text, taken, options)
  const order = options.order ?? usualOrder(candidates, options.language)
  return candidates.flatMap(({ start, end, letter, isDecision, date, readings }) => {
    const reading = chooseReading(readings, date, order)
    return reading ? [{ start, end, symbol: symbolOf(reading, letter, isDecision) }] : []
  })
}

/** How a text prints its numbers, told by those that can be read in one way only. */
export function orderIn(text: string, taken: readonly Printed[], options: NumberOptions): Order {
  return usualOrder(accepted(text, taken, options), options.language)
}

function usualOrder(candidates: readonly Candidate[], language: Locale): Order {
  const clear = candidates.flatMap(({ date, readings }) => {
    const dated = date === undefined ? [] : readings.filter((each) => fitsDate(each, date))
    const left = dated.length > 0 ? dated : readings
    return left.length === 1 ? left.map(({ order }) => order) : []
  })
  const numberFirst = clear.filter((order) => order === 'number-first').length
  if (numberFirst * 2 === clear.length) return language === 'ar' ? 'number-first' : 'session-first'
  return numberFirst * 2 > clear.length ? 'number-first' : 'session-first'
}

function accepted(text: string, taken: readonly Printed[], options: NumberOptions): readonly Candidate[] {
  const { language, session, isDamaged = false } = options
  const found: Candidate[] = []
  for (const match of without(text, taken).matchAll(pair)) {
    const start = match.index
    const [whole, first, second, letter] = match
    const end = start + whole.length
    const readings = plausibleReadings(Number(first), Number(second), session)
    if (readings.length === 0) continue
    const last = found.at(-1)
    const lead = sentence(text.slice(Math.max(last?.end ?? 0, start - before), start))
    const follow = text.slice(end, end + before)
    if (otherBody(lead, follow)) continue
    const date = dateAfter(follow, language)?.date ?? dateBefore(text.slice(Math.max(0, start - 30), start))
    const listed = last && isList(text.slice(last.end, start), language) ? last : undefined
    const kind = kindIn(lead, follow)
    const isNamed =
      kind !== undefined ||
      listed !== undefined ||
      ownTitle(text.slice(text.lastIndexOf('\n', start - 1) + 1, start), follow) ||
      (date !== undefined && readings.some((each) => fitsDate(each, date))) ||
      (isDamaged && readings.length === 1)
    if (!isNamed) continue
    found.push({
      start,
      end,
      letter: letter === undefined ? '' : readCapital(letter),
      isDecision: kind === undefined ? (listed?.isDecision ?? false) : kind === 'decision',
      date,
      readings,
    })
  }
  return found
}

/** Symbols give way to as many signs that no rule reads. */
function without(text: string, taken: readonly Printed[]): string {
  const pieces: string[] = []
  let at = 0
  for (const { start, end } of taken) {
    pieces.push(text.slice(at, start), '\0'.repeat(end - start))
    at = end
  }
  return [...pieces, text.slice(at)].join('')
}
