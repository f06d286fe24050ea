import type { Locale } from '@parley/kernel'
import { months, ordinals, pastWords, yearWords } from './ordinals.ts'

/** When something falls due, as printed: at sessions by their number, or at a year, a month or a day in ISO 8601. */
export interface Due {
  readonly sessions: readonly number[]
  readonly dates: readonly string[]
}

/** Nothing falls due before the day of the document that asks for it. */
export function dueIn(text: string, language: Locale, dated = ''): Due {
  const dates = [
    ...(language === 'zh' ? chineseDates(text) : datesWithMonth(text, language)),
    ...years(text, language),
  ]
  return {
    sessions: unique(language === 'zh' ? chineseSessions(text) : sessions(text, language)),
    dates: unique(dates.filter((date) => date >= dated.slice(0, date.length))),
  }
}

type Lettered = Exclude<Locale, 'zh'>

/** How far from the word "session" its ordinals may stand. */
const reach = 60

function sessions(text: string, language: Lettered): readonly number[] {
  const { session, stand } = ordinals[language]
  return [...text.matchAll(session)].flatMap((found) => {
    const at = found.index
    const before = text.slice(0, at + found[0].search(/\S/))
    if (pastWords.some((words) => words.test(before))) return []
    return stand === 'after'
      ? ordinalsAfter(text.slice(at + found[0].length, at + found[0].length + reach))
      : ordinalsBefore(text.slice(Math.max(0, at - reach), at), language)
  })
}

function ordinalsAfter(text: string): readonly number[] {
  const numbers: number[] = []
  for (const word of text.trim().split(/[\s،]+/)) {
    const last = numbers.at(-1) ?? 0
    const ten = numberOf(word.replace(/^و?(?:ال)?/, ''), 'ar', 'tens')
    const unit = numberOf(word.replace(/^و?(?:ال)?/, ''), 'ar', 'units')
    if (ten && last > 0 && last < 10 && (ten === 1 || word.startsWith('و')))
      numbers.splice(-1, 1, ten * 10 + last)
    else if (ten) numbers.push(ten * 10)
    else if (unit) numbers.push(unit)
    else break
  }
  return numbers
}

function ordinalsBefore(text: string, language: Lettered): readonly number[] {
  const words = text.replaceAll(',', ' ').split(/\s+/).filter(Boolean)
  const first = words.findLastIndex((word) => !joints.test(word) && !numbersIn(word, language)) + 1
  const numbers: number[] = []
  let ten = 0
  for (const word of words.slice(first)) {
    const parts = numbersIn(word, language)
    if (parts && ten > 0 && parts.ten === 0) numbers.splice(-1, 1, ten * 10 + parts.unit)
    else if (parts) numbers.push(parts.ten * 10 + parts.unit)
    ten = parts?.unit === 0 ? parts.ten : 0
  }
  return numbers
}

const joints = /^(?:and|et|y|e|и|the|its|à|la|sa|le|ses|les|el|los|su|sus)$/

function numbersIn(word: string, language: Lettered): { ten: number; unit: number } | undefined {
  const digits = /^(\d{1,3})(?:st|nd|rd|th|e|ème|º|-й|-я|-ю|-е|-ей)$/.exec(word)
  if (digits) return { ten: 0, unit: Number(digits[1]) }
  const whole = numberOf(word, language, 'units')
  const ten = numberOf(word, language, 'tens')
  if (whole && !(ten && word.includes('-'))) return { ten: 0, unit: whole }
  if (!ten) return undefined
  const [, rest = ''] = /-([^-]+)$/.exec(word) ?? []
  return { ten, unit: numberOf(rest, language, 'units') ?? 0 }
}

function numberOf(word: string, language: Lettered, row: 'units' | 'tens'): number | undefined {
  const stems = ordinals[language][row].flatMap((alternatives, position) =>
    alternatives.split('|').map((stem) => ({ stem, number: position + 1 })),
  )
  const [longest] = stems
    .filter(({ stem }) => stem && word.startsWith(stem))
    .toSorted((one, other) => other.stem.length - one.stem.length)
  return longest?.number
}

function datesWithMonth(text: string, language: Lettered): readonly string[] {
  return months[language].flatMap((month, position) => {
    const pattern = new RegExp(
      `(?:(\\d{1,2})(?:er)? (?:de )?)?(?<![\\p{L}])${month}[\\p{L}/]*(?: \\p{L}+)?(?: de)?,? (\\d{4})`,
      'gu',
    )
    return [...text.matchAll(pattern)].map(([, day, year]) => iso(year, position + 1, day))
  })
}

function chineseSessions(text: string): readonly number[] {
  return [...text.matchAll(/第([一二三四五六七八九十]+)届(?:实质性)?(?:会议|常会)/g)].map(
    ([, digits = '']) => {
      const [tens = '', units = ''] = digits.includes('十') ? digits.split('十') : ['', digits]
      return (digits.includes('十') ? (digit(tens) || 1) * 10 : 0) + digit(units)
    },
  )
}

function digit(printed: string): number {
  return '一二三四五六七八九'.indexOf(printed || ' ') + 1
}

function chineseDates(text: string): readonly string[] {
  return [...text.matchAll(/(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?/g)].map(([, year, month, day]) =>
    iso(year, Number(month), day),
  )
}

function years(text: string, language: Locale): readonly string[] {
  return [...text.matchAll(yearWords[language])].flatMap(([, year]) => year ?? [])
}

function iso(year: string | undefined, month: number, day: string | undefined): string {
  return [year, String(month).padStart(2, '0'), ...(day ? [day.padStart(2, '0')] : [])].join('-')
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)]
}
