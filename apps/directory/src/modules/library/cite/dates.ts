import type { Locale } from '@parley/kernel'
import { months } from '../next-steps/ordinals.ts'

// The day that is printed beside the number of a resolution.

type Lettered = Exclude<Locale, 'zh'>

const lead: Readonly<Record<Lettered, string>> = {
  ar: '(?:المؤرخة?|المتخذة? في|المعتمدة? في|الصادرة? في|بتاريخ)',
  en: '(?:of|dated|adopted on)',
  es: '(?:de|del|de fecha|aprobada el)',
  fr: '(?:du|en date du|adoptée le)',
  ru: '(?:от|принятой)',
}

/** Also what mark-up leaves between: `[125/70](#) of 16 December 2015`. */
const rules = new Map(
  Object.entries(lead).map(([language, words]) => [
    language,
    new RegExp(`^(?:\\]\\([^)\\s]*\\))?,?\\s*${words}\\s+${dayOf(language)}`, 'iu'),
  ]),
)

interface Dated {
  /** ISO 8601. */
  readonly date: string
  /** How much of the text it takes. */
  readonly length: number
}

/** `المؤرخ 31 كانون الأول/ديسمبر 2020`, `of 31 December 2020`. */
export function dateAfter(text: string, language: Locale): Dated | undefined {
  const found = rules.get(language)?.exec(text)
  if (!found) return undefined
  return { date: readDay(found, language), length: found[0].length }
}

/** The first day that a line names, whatever stands around it. */
export function dateWithin(line: string, language: Locale): string | undefined {
  if (language === 'zh') return dateBefore(/^.*?\d\s*日/u.exec(line)?.[0] ?? '')
  const found = new RegExp(`(?<!\\d)${dayOf(language)}(?!\\d)`, 'iu').exec(line)
  return found ? readDay(found, language) : undefined
}

/** `2020 年 12 月 31 日第`, which Chinese prints before. */
export function dateBefore(text: string): string | undefined {
  const found = /(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*第?\s*\[?$/.exec(text)
  if (!found) return undefined
  const [, year = '', month = '', day = ''] = found
  return iso(year, month, day)
}

/** Day, month, with its other name in Arabic, and year. */
function dayOf(language: string): string {
  return (
    `(\\d{1,2})(?:er|º)?\\s+(?:de\\s+)?(${monthsOf(language).join('|')})` +
    `[\\p{L}]*(?:\\s?/\\s?\\p{L}+(?: \\p{L}+)?)?(?:\\s+del?)?,?\\s+(\\d{4})`
  )
}

function readDay([, day = '', month = '', year = '']: readonly string[], language: string): string {
  const place = monthsOf(language).findIndex((name) => new RegExp(`^${name}$`, 'iu').test(month))
  return iso(year, String(place + 1), day)
}

function monthsOf(language: string): readonly string[] {
  return Object.entries(months).find(([each]) => each === language)?.[1] ?? []
}

function iso(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
