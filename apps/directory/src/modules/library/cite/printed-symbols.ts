import { capital, readCapital } from './letters.ts'

// Symbols printed with their prefix, also within `[…](#)` and in addresses of the document system.

export interface Printed {
  readonly start: number
  readonly end: number
  readonly symbol: string
}

/** Series of the United Nations, and of bodies whose documents the Assembly cites. */
const series = ['A', 'E', 'S', 'T', 'ST', 'DC', 'CD', 'NPT', 'TD', 'DP', 'HRI', 'CCPR', 'CRC', 'CEDAW', 'JIU']

// `AC.292`, `INF.2`, `Rev.1`; `65-E` where one document has two symbols; `S-32`; `36L`; `RES`.
const part =
  '(?:[A-Za-z]{1,6}\\.\\d+(?:-\\d+)?|(?:S|ES)-\\d+|[A-Z]{1,8}|\\d+[A-Z](?![A-Za-z])|\\d+(?:-[ES](?=/))?)'

// A slash before it is one of an address: `undocs.org/ar/A/77/275`.
const rule = new RegExp(
  `(?:(?<![\\p{L}\\p{N}/.-])|(?<=https?://[^\\s/]+/(?:[a-z]{2}/)?)|(?<=\\p{Script=Arabic}))` +
    `(?:${series.join('|')})(?:/${part}(?![a-z])){2,}(?: (${capital}))?`,
  'gu',
)
const hasLetter = /^[AE]\/(?:RES|DEC)\/(?:S-|ES-)?\d+\/\d+$/

export function printedSymbols(text: string): readonly Printed[] {
  return [...text.matchAll(rule)].flatMap((found) => {
    const [whole, letter] = found
    const bare = letter === undefined ? whole : whole.slice(0, -letter.length - 1)
    if (!/\d/.test(bare)) return []
    const takesLetter = letter !== undefined && hasLetter.test(bare)
    const printed = takesLetter ? whole : bare
    return [
      {
        start: found.index,
        end: found.index + printed.length,
        symbol: takesLetter ? `${bare} ${readCapital(letter)}` : spaced(bare),
      },
    ]
  })
}

/** `A/RES/46/36L` is `A/RES/46/36 L`. */
function spaced(symbol: string): string {
  return symbol.replace(/^([AE]\/(?:RES|DEC)\/\d+\/\d+)([A-Z])$/, '$1 $2')
}
