import type { Locale } from '@parley/kernel'
import { dateAfter } from './dates.ts'

// Words that tell a number of a resolution from any other `n/m`.

/** How far before a number the word for it may stand. */
export const before = 80

type Kind = 'resolution' | 'decision'

const joined = '(?<!\\p{L})[وفبكل]{0,2}(?:ال|ل)?'
const kinds: readonly (readonly [Kind, RegExp])[] = [
  ['resolution', new RegExp(`${joined}قرار|(?<!\\p{L})r[eé]solu[ct]i[oó]n|резолюци|决议`, 'giu')],
  ['decision', new RegExp(`${joined}مقرر|(?<!\\p{L})d[eé]cisi[oó]n|(?<!\\p{L})решени|决定`, 'giu')],
]

/** Bodies that number in the same way, but are neither the Assembly nor the Economic and Social Council. */
const others =
  "(?:(?:مجلس|لجنة) حقوق الإنسان|Human Rights Council|Commission on Human Rights|Conseil des droits de l[’']homme|" +
  "Commission des droits de l[’']homme|Consejo de Derechos Humanos|Comisión de Derechos Humanos|" +
  'Совет\\p{L}* по правам человека|Комисси\\p{L} по правам человека|人权理事会|人权委员会)'
const otherBefore = new RegExp(`${others}[^,،.;؛]{0,30}$`, 'iu')
const otherAfter = new RegExp(`^\\s*(?:of the|du|de la|del)?\\s*${others}`, 'iu')

export function otherBody(lead: string, follow: string): boolean {
  return otherBefore.test(lead) || otherAfter.test(follow)
}

/** What of a text belongs to the sentence that it ends in. */
export function sentence(text: string): string {
  return text.slice(text.search(/(?:(?!\n\n|[.؛;。!?؟](?:\s|$)).)*$/su))
}

/** The last such word before a number; Chinese says it after: `第 75/240 号决议`. */
export function kindIn(lead: string, follow: string): Kind | undefined {
  const places = kinds.flatMap(([kind, words]) =>
    [...lead.matchAll(words)].map(({ index }) => ({ kind, index })),
  )
  const last = places.toSorted((one, other) => other.index - one.index)[0]
  // With a number between, the word belongs to that one.
  const nearest = last && /\d/.test(lead.slice(last.index)) ? undefined : last
  if (!/第\s*\[?$/.test(lead) || !/^(?:\]\([^)\s]*\))?\s*号/.test(follow)) return nearest?.kind
  const [, said] = /^[^。；]*?(决议|决定)/.exec(follow) ?? []
  return said === '决定' ? 'decision' : 'resolution'
}

/** `36/77 - ` and `77/36. ` at the start of a line, before the title of a resolution. */
export function ownTitle(lineBefore: string, follow: string): boolean {
  return (
    /^[\s*#[]*$/.test(lineBefore) &&
    /^(?:\]\([^)\s]*\))?\*{0,2}\s*(?:[-–—]|[.．。])\s*\*{0,2}[\p{L}"“«]/u.test(follow)
  )
}

const joints =
  /^(?:[\s,،、;؛()[\]#⁰¹²³⁴-⁹⁽⁾]|and(?!\p{L})|et(?!\p{L})|y(?!\p{L})|и(?!\p{L})|و|和|及|以及|与|第|号|as well as|ainsi que|así como|а также|وكذلك)*$/iu

/** A date with its month in two names, and the words around it. */
const longestJoint = 120

/** Is that all that stands between two numbers of one list? Each may be followed by its date. */
export function isList(between: string, language: Locale): boolean {
  if (between.length > longestJoint || between.trim() === '') return false
  const dated = dateAfter(between, language)
  const rest = dated ? between.slice(dated.length) : between
  return joints.test(
    rest.replace(/^\s*г(?:ода|\.)/u, '').replace(/\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日/u, ''),
  )
}
