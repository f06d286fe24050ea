import { latinDigits, type Locale } from '@parley/kernel'
import { capital, readCapital } from '../cite/letters.ts'
import { dateWithin } from '../cite/dates.ts'
import { readNumbered } from '../recognise/labels.ts'
import type { Manifest } from '../structured-document.ts'

// What the cover of a document tells of itself. Each rule is small, and reads the words of all six languages.

export interface CoverLine {
  readonly text: string
  /** Where it stands in the source. */
  readonly at: number
}

/** Lines that a cover may have; a text without paragraphs has no end of it. */
const most = 60

/** The lines before the first numbered paragraph. */
export function coverOf(source: string): readonly CoverLine[] {
  const lines: CoverLine[] = []
  for (const { 0: printed, index } of source.matchAll(/[^\r\n]+/gu)) {
    const text = latinDigits(printed.replace(/\s+/gu, ' ').trim())
    if (text === '') continue
    if (lines.length === most || readNumbered(text) !== undefined) break
    lines.push({ text, at: index })
  }
  return lines
}

type Kind = Manifest['kind']

/** The first that holds: the cover of a resolution names a report, that of a draft may as well. */
const kinds: readonly (readonly [Kind, RegExp])[] = [
  [
    'resolution',
    /^(?:قرار اتخذ|Resolution adopted|Résolution adoptée|Резолюция, принят|Resolución aprobada)|^\d{4} ?年.*决议$/iu,
  ],
  [
    'draft-resolution',
    /(?:مشروع قرار(?: منقح)?|draft resolution|projet de résolution(?: révisé)?|проект резолюции|proyecto de resolución(?: revisado)?|决议草案)$/iu,
  ],
  ['report', /^(?:تقرير|Report|Rapport|Доклад|Informe)(?!\p{L})|报告$/iu],
]

export function readKind(cover: readonly CoverLine[]): Kind | undefined {
  return kinds.find(([, rule]) => cover.some(({ text }) => rule.test(text)))?.[0]
}

/** The day of adoption; of what was not adopted, a line that is nothing but a day. Covers print it in English as well. */
export function readDated(cover: readonly CoverLine[], kind: Kind, language: Locale): string | undefined {
  const adoption = kinds.find(([each]) => each === kind)?.[1]
  const lines =
    kind === 'resolution' && adoption
      ? cover.filter(({ text }) => adoption.test(text))
      : cover.filter(({ text }) => text.length <= longestDay)
  return lines
    .flatMap(({ text }) => dateWithin(text, language) ?? dateWithin(text, 'en') ?? [])
    .find((date) => isDay(date))
}

const longestDay = 40

function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}

interface ReadSymbol extends CoverLine {
  readonly symbol: string
  readonly isUnsure: boolean
}

const ownNumber = new RegExp(`^(\\d{1,4})/(\\d{1,4})(?: ?(${capital}))?(?:\\s*[-–—]\\s|[.．。])\\s*\\S`, 'u')

/** `36/77 - ` and `77/36. ` before the title: the year of adoption tells which number is the session. */
export function readResolutionNumber(
  cover: readonly CoverLine[],
  dated: string | undefined,
  language: Locale,
): ReadSymbol | undefined {
  for (const line of cover) {
    const [whole, first = '', second = '', letter] = ownNumber.exec(line.text) ?? []
    if (whole === undefined) continue
    const pairs = [
      { session: Number(first), number: second },
      { session: Number(second), number: first },
    ] as const
    const year = Number(dated?.slice(0, 4))
    const told = pairs.find(({ session }) => [year, year - 1945, year - 1946].includes(session))
    const { session, number } = told ?? pairs[language === 'ar' ? 1 : 0]
    const part = letter === undefined ? '' : ` ${readCapital(letter)}`
    const symbol = `${session === year ? 'E' : 'A'}/RES/${session}/${number}${part}`
    return { ...line, symbol, isUnsure: told === undefined }
  }
  return undefined
}

const alone = /^[ \t]*([A-Z]{1,5}\/(?:[A-Za-z\d.-]+\/)*[A-Za-z\d.-]*\d[A-Za-z\d.-]*)[ \t]*$/gmu

/** A symbol that has a line to itself, on the cover or at the head of pages, if it is the only one. */
export function readSymbolAlone(source: string, cover: readonly CoverLine[]): ReadSymbol | undefined {
  const found = [...source.replace(/\r/gu, '\n').matchAll(alone)].map(
    ({ 0: text, 1: symbol = '', index }) => ({
      text: text.trim(),
      at: index,
      symbol,
    }),
  )
  const [first, ...others] = found
  if (!first || others.some(({ symbol }) => symbol !== first.symbol)) return undefined
  return { ...first, isUnsure: !cover.some(({ text }) => text === first.symbol) }
}
