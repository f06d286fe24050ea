import { latinDigits } from '@parley/kernel'
import { alphabets } from './words.ts'

// How documents number what they say. Each rule is small, and reads the marks of all six languages.

interface Labelled {
  readonly label: string
  /** What follows the label. */
  readonly rest: string
}

/** A label that an order gives its place. */
export interface Placed {
  /** What it may be, from 1. */
  readonly places: readonly number[]
  readonly rest: string
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const numbered = /^(?:[-–•]\s+)?(\p{Nd}{1,3})\s*(?:[.．、](?!\p{Nd})|[-–—](?=\s))\s*(?=\S)/u
const footnote = new RegExp(`^(?:\\((\\p{Nd}{1,3})\\)|⁽?([${raised}]+)⁾?)\\s+(?=\\S)`, 'u')
const raisedDigit = new RegExp(`[${raised}]`, 'gu')
const references = new RegExp(`[${raised}]+`, 'gu')

/** `3. `, `3 - `, `3、`, and `- 3 - ` as extraction leaves it. */
export function readNumbered(line: string): Labelled | undefined {
  return read(numbered, line)
}

/** `(1) `, `⁽¹⁾ `, `¹ ` before the text of a footnote. */
export function readFootnote(line: string): Labelled | undefined {
  return read(footnote, line)
}

/** Places that the letter of `(a) `, `a) `, `- (أ) ` may have: an order chooses where several alphabets share a letter. */
export function readLettered(line: string): Placed | undefined {
  const [whole = '', printed] = /^(?:[-–•]\s+)?[（(]?(\p{L}{1,2})[)）]\s*(?=\S)/u.exec(line) ?? []
  const places = placesOfLetter(printed)
  return places.length > 0 ? { places, rest: line.slice(whole.length) } : undefined
}

/** Where a letter stands in the alphabets that have it. */
export function placesOfLetter(printed = ''): readonly number[] {
  const letter = printed.replace(/ـ/gu, '').replace(/[أإآ]/gu, 'ا').toLowerCase()
  if (letter.length !== 1) return []
  return alphabets.map((alphabet) => alphabet.indexOf(letter) + 1).filter((place) => place > 0)
}

const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii', 'xiv', 'xv']
const circled = '㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩'
const subItem = new RegExp(
  `^(?:[-–•]\\s+)?(?:['‘’](\\p{Nd}{1,2})['‘’]|(\\p{Nd}{1,2})['‘’]|[（(]?([ivx]{1,5})[)）]|([${circled}]))\\s*(?=\\S)`,
  'u',
)

/** `(i) `, `i) `, `㈠ `, and in Arabic `'1' ` or what extraction leaves of it: `1' `, `- 1' `. */
export function readSubItem(line: string): Placed | undefined {
  const [whole = '', quoted, cut, letters = '', sign = ''] = subItem.exec(line) ?? []
  const digits = quoted ?? cut
  const place =
    digits === undefined
      ? (letters && roman.indexOf(letters) + 1) || (sign && circled.indexOf(sign) + 1)
      : Number(plainDigits(digits))
  return place ? { places: [place], rest: line.slice(whole.length) } : undefined
}

/** A sub-item as readers say it: `iv`. */
export function romanAt(place: number): string {
  return roman[place - 1] ?? String(place)
}

/** `- ` before a line of a list without numbers. */
export function readBullet(line: string): string | undefined {
  return /^[-–•]\s+(?=\S)(.*)$/u.exec(line)?.[1]
}

/** `* ` before a note that is no footnote. */
export function isNote(line: string): boolean {
  return /^\*\s+[^*]/u.test(line)
}

/** The footnotes that a text refers to, in order: `⁽¹⁾`, `¹`. */
export function readReferences(text: string): readonly string[] {
  return [...text.matchAll(references)].map(([printed]) => plainDigits(printed))
}

function read(rule: RegExp, line: string): Labelled | undefined {
  const [whole, ...labels] = rule.exec(line) ?? []
  const label = labels.find((each) => each !== undefined)
  if (whole === undefined || label === undefined) return undefined
  return { label: plainDigits(label), rest: line.slice(whole.length) }
}

function plainDigits(printed: string): string {
  return latinDigits(printed.replace(raisedDigit, (each) => String(raised.indexOf(each))))
}
