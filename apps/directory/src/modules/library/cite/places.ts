import type { Locale } from '@parley/kernel'
import { readCapital, readSmall } from './letters.ts'

// Paragraphs and annexes named beside a symbol: `A/75/816، المرفق الأول، الفقرتان 64 و 65`.

interface Place {
  /** Below the symbol: `annex-I/65`, `71/f`, `op/1`. */
  readonly place: string
  /** Where what names it ends, in the text that was read. */
  readonly end: number
}

const romans = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X']
const arabicOrdinals = 'الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر'.split(' ')
const chineseOrdinals = '一二三四五六七八九十'

const annexWord =
  '(?:المرفق(?=[\\s،,.؛)]|$)|annexe?(?!\\p{L})|anexo(?!\\p{L})|приложени[еяию](?!\\p{L})|附件)'
const annexName = `(?:${arabicOrdinals.join('|')}|[IVX]+(?!\\p{L})|[A-Z](?!\\p{L})|[${chineseOrdinals}]|ألف|باء|جيم|دال|هاء|واو)`
const annex = new RegExp(`^${annexWord}(?:\\s?(${annexName}))?`, 'iu')

const paragraphWord =
  '(?:(?:ال|لل)فقر(?:ة|تان|تين|ات)(?: (?:الفرعية|الفرعيتان|الفرعيتين))?|sub-?paragraphs?|paragraphs?|paras?\\.?|paragraphes?|par\\.|' +
  'párrafos?|párrs?\\.|пункт\\p{L}{0,3}|пп?\\.)'
const paragraph = new RegExp(`^${paragraphWord}\\s*(?=\\d)`, 'iu')
const item = /^(\d{1,3})(?![\d/])(?:\s?\((\p{L}ـ?)\))?/u
const smallItem = /^\((\p{L}ـ?)\)/u
const joint = /^\s*(?:[,،、]\s*)?(?:and|et|y|и|و|和|至|to|à|a|إلى|по|[-–])?\s*/iu
const range = /(?:至|to|à|إلى|по|[-–])\s*$/iu
const comma = /^(?:\]\([^)\s]*\))?(?:\s*号(?:文件|决议|决定)?)?\)?\s*[,،，、]?\s*\(?/u
const chinese = /^第\s*(\d{1,3})(?:\s?\(([a-z])\))?((?:\s*[、和至]\s*第?\s*\d{1,3}(?:\s?\([a-z]\))?)*)\s*段/u

/** The longest range that is written out. */
const longest = 60

/** The places that a text right after a symbol names; an annex alone is one. */
export function placesAfter(text: string, symbol: string): readonly Place[] {
  let at = comma.exec(text)?.[0].length ?? 0
  const found = annex.exec(text.slice(at))
  const holder = found ? annexAddress(found[1]) : undefined
  const annexEnd = at + (found?.[0].length ?? 0)
  if (found) at = annexEnd + (comma.exec(text.slice(annexEnd))?.[0].length ?? 0)
  const numbers = paragraphsAt(text, at)
  if (numbers.length === 0) return holder === undefined ? [] : [{ place: holder, end: annexEnd }]
  return numbers.map(({ place, end }) => ({ place: addressOf(place, holder, symbol), end }))
}

const beforeSymbol = new RegExp(
  `(${paragraphWord}\\s*\\d[^.,;،؛。]{0,50}?)\\s*(?:of|from|in|من|de|du|del|документа|резолюции|доклада|решения)(?!\\p{L})[^.,;،؛。\\d]{0,45}$`,
  'iu',
)

/** The places that a text right before a symbol names: `paragraph 1 of resolution 75/240`. */
export function placesBefore(text: string, symbol: string): readonly string[] {
  const [, said] = beforeSymbol.exec(text) ?? []
  return said === undefined
    ? []
    : paragraphsAt(said, 0).map(({ place }) => addressOf(place, undefined, symbol))
}

/** Of a resolution, the paragraphs that act. */
function addressOf(place: string, holder: string | undefined, symbol: string): string {
  if (holder !== undefined) return `${holder}/${place}`
  return /^[AES]\/RES\//.test(symbol) ? `op/${place}` : place
}

/** `II` as a text of that language prints it after its word for annex. */
export function romanIn(language: Locale, roman: string): string {
  const place = romans.indexOf(roman)
  if (place === -1) return roman
  return (
    (language === 'ar' ? arabicOrdinals[place] : language === 'zh' ? chineseOrdinals[place] : roman) ?? roman
  )
}

function annexAddress(name: string | undefined): string {
  if (name === undefined) return 'annex'
  const place = [arabicOrdinals.indexOf(name), chineseOrdinals.indexOf(name)].find((each) => each !== -1)
  return `annex-${place === undefined ? readCapital(name) : (romans[place] ?? name)}`
}

function paragraphsAt(text: string, start: number): readonly Place[] {
  const inChinese = chinese.exec(text.slice(start))
  if (inChinese) {
    const [whole, number = '', letter, more = ''] = inChinese
    const list = `${number}${letter === undefined ? '' : `(${letter})`}${more.replaceAll('第', '')}`
    return numbersIn(list, 0).map(({ place }) => ({ place, end: start + whole.length }))
  }
  const word = paragraph.exec(text.slice(start))
  return word ? numbersIn(text, start + word[0].length) : []
}

function numbersIn(text: string, start: number): readonly Place[] {
  const places: Place[] = []
  let at = start
  let number = ''
  let letter = ''
  let isRange = false
  for (;;) {
    const rest = text.slice(at)
    const whole = item.exec(rest)
    const small = number === '' ? null : smallItem.exec(rest)
    const next = whole ?? small
    if (!next) return places
    const end = at + next[0].length
    const lastNumber = number
    const lastLetter = letter
    number = whole?.[1] ?? number
    letter = readSmall((whole ? whole[2] : small?.[1]) ?? '')
    const between = isRange ? through([lastNumber, lastLetter], [number, letter]) : []
    for (const each of [...between, letter === '' ? number : `${number}/${letter}`])
      places.push({ place: each, end })
    const gap = joint.exec(text.slice(end))?.[0] ?? ''
    if (gap.trim() === '') return places
    isRange = range.test(gap)
    at = end + gap.length
  }
}

/** What lies between two ends of a range, without the ends. */
function through(from: readonly [string, string], to: readonly [string, string]): readonly string[] {
  const letters = from[1] !== '' && to[1] !== '' && from[0] === to[0]
  const [first, last] = letters
    ? [from[1].codePointAt(0) ?? 0, to[1].codePointAt(0) ?? 0]
    : [Number(from[0]), Number(to[0])]
  if (!letters && (from[1] !== '' || to[1] !== '')) return []
  return Array.from({ length: Math.min(longest, Math.max(0, last - first - 1)) }, (_, step) =>
    letters ? `${from[0]}/${String.fromCodePoint(first + 1 + step)}` : String(first + 1 + step),
  )
}
