import { nextStepsHeadings } from '../next-steps/headings.ts'
import { annexNumbers, annexWords, appendixWords, measureWords, partNames, sectionNames } from './words.ts'

// The headings of reports as the six languages print them. A rule that finds several places leaves the choice to the order.

const named = /^(\p{L}+)\p{M}*\s*[-–—.．、]\s*(?=\S)/u
const longest = 200

/** The first part is 1: `أولاً - مقدمة`, `I. Introduction`, `一. 导言`. */
export function readPart(line: string): number | undefined {
  return placesOf(nameIn(line), partNames)[0]
}

/** Places that the letter of a section may have: `باء - الحضور`, `B. Attendance`; Cyrillic `В` is the third, or drawn as B. */
export function readSection(line: string): readonly number[] {
  return placesOf(nameIn(line), sectionNames)
}

/** The letter or number of an annex that has a line to itself; empty where it has none. */
export function readAnnex(line: string): string | undefined {
  const plain = line.replace(/\*/gu, '').replace(/^附件/u, '附件 ').trim()
  const [first = '', second, ...more] = plain.split(/\s+/u)
  if (!isOneOf(annexWords, first) || more.length > 0) return undefined
  if (second === undefined) return ''
  const [letter] = placesOf(second, sectionNames)
  if (letter !== undefined && (second.length > 1 || second !== 'I')) return letterAt(letter)
  const [number] = placesOf(second, annexNumbers)
  return number === undefined ? undefined : annexNumbers[1]?.[number - 1]
}

/** `تذييل المرفق ألف …`, `Appendix`. */
export function isAppendix(line: string): boolean {
  return appendixWords.some((word) => line === word || new RegExp(`^${word}(?:\\s|$)`, 'iu').test(line))
}

/** `الخطوات التالية الموصى بها`, with or without bold. */
export function isNextSteps(line: string): boolean {
  return isOneOf(nextStepsHeadings, line.replace(/\*\*/gu, '').trim())
}

/** `تدبير بناء الثقة 2 - …`, `CBM 2. …`: the number of a measure. */
export function readMeasure(line: string): { readonly label: string; readonly rest: string } | undefined {
  const rule = new RegExp(`^(?:${measureWords.join('|')})\\s*(\\d{1,2})\\s*[-–—.．:：、]\\s*(?=\\S)`, 'iu')
  const [whole = '', label] = rule.exec(line) ?? []
  return label === undefined ? undefined : { label, rest: line.slice(whole.length) }
}

/** A letter as readers say it in every language. */
export function letterAt(place: number): string {
  return place > 26 ? letterAt(place - 26).repeat(2) : String.fromCodePoint(64 + place)
}

/** Where a name stands in the lists, from 1; a name may stand in several. */
function placesOf(name: string | undefined, lists: readonly (readonly string[])[]): readonly number[] {
  if (!name) return []
  return [...new Set(lists.map((list) => list.indexOf(name) + 1))].filter((place) => place > 0)
}

function nameIn(line: string): string | undefined {
  if (line.length > longest || /[.;؛。；]$/u.test(line)) return undefined
  return named.exec(line.replace(/\*\*/gu, ''))?.[1]
}

function isOneOf(words: readonly string[], printed: string): boolean {
  return words.some((word) => word.toLowerCase() === printed.toLowerCase())
}
