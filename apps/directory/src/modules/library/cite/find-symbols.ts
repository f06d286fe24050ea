import { latinDigits } from '@parley/kernel'
import { placesAfter, placesBefore } from './places.ts'
import { type NumberOptions, orderIn, printedNumbers } from './printed-numbers.ts'
import { printedSymbols } from './printed-symbols.ts'
import type { Order } from './sessions.ts'

export interface FoundSymbol {
  readonly start: number
  readonly end: number
  readonly printed: string
  /** Normalised: `A/78/265`, `A/RES/43/78 H`, `A/DEC/77/512`, `E/RES/2023/3`. */
  readonly symbol: string
  /** The paragraph named with it, below the symbol. */
  readonly place: string | null
}

/** How far before a symbol its paragraph may be named, and how far after it. */
const reach = 160

/** Every symbol printed in a text, in its order; one that names three paragraphs is found three times, from one start. */
export function findSymbols(text: string, options: NumberOptions): readonly FoundSymbol[] {
  const read = plainDigits(text)
  const taken = printedSymbols(read)
  const all = [...taken, ...printedNumbers(read, taken, options)].toSorted(
    (one, other) => one.start - other.start,
  )
  return all.flatMap(({ start, end, symbol }, position) => {
    const from = Math.max(all[position - 1]?.end ?? 0, start - reach)
    const upTo = Math.min(all[position + 1]?.start ?? read.length, end + reach)
    const after = placesAfter(read.slice(end, upTo), symbol)
    const whole = (until: number, place: string | null): FoundSymbol => ({
      start,
      end: until,
      printed: text.slice(start, until),
      symbol,
      place,
    })
    if (after.length > 0) return after.map((each) => whole(end + each.end, each.place))
    const named = placesBefore(read.slice(from, start), symbol)
    return named.length > 0 ? named.map((place) => whole(end, place)) : [whole(end, null)]
  })
}

/** How a whole document prints its numbers, for the paragraphs that do not tell by themselves. */
export function printedOrder(text: string, options: NumberOptions): Order {
  const read = plainDigits(text)
  return orderIn(read, printedSymbols(read), options)
}

/** Places in the text stay as they are: digits that take two units elsewhere are left alone. */
function plainDigits(text: string): string {
  const plain = latinDigits(text)
  return plain.length === text.length ? plain : text
}
