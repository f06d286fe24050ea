import { latinDigits } from '@parley/kernel'

// How documents number what they say. Each rule is small, and reads the marks of all six languages.

interface Labelled {
  readonly label: string
  /** What follows the label. */
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
