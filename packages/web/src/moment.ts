import { day, hour, type Locale, minute } from '@parley/kernel'
import { html, type Html } from './html.ts'

/** Arabic is written with Latin digits and with the double month names that the United Nations uses. */
const arabicMonths = [
  'كانون الثاني/يناير',
  'شباط/فبراير',
  'آذار/مارس',
  'نيسان/أبريل',
  'أيار/مايو',
  'حزيران/يونيه',
  'تموز/يوليه',
  'آب/أغسطس',
  'أيلول/سبتمبر',
  'تشرين الأول/أكتوبر',
  'تشرين الثاني/نوفمبر',
  'كانون الأول/ديسمبر',
] as const

const tags: Readonly<Record<Locale, string>> = {
  ar: 'ar-u-nu-latn-ca-gregory',
  zh: 'zh-Hans',
  en: 'en-GB',
  fr: 'fr',
  ru: 'ru',
  es: 'es',
}

type Style = 'date' | 'time' | 'second' | 'date-time' | 'month' | 'weekday'

const parts: Readonly<Record<Style, Intl.DateTimeFormatOptions>> = {
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  'date-time': {
    weekday: 'short',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  month: { year: 'numeric', month: 'long' },
  weekday: { weekday: 'long' },
}

// Formatters cost a hundred times what they write: each is made once.
const dateFormats = new Map<string, Intl.DateTimeFormat>()
const numberFormats = new Map<string, Intl.NumberFormat>()
const relativeFormats = new Map<Locale, Intl.RelativeTimeFormat>()
const languageNames = new Map<Locale, Intl.DisplayNames>()
const listFormats = new Map<Locale, Intl.ListFormat>()

function kept<Key, Made>(made: Map<Key, Made>, key: Key, make: () => Made): Made {
  const found = made.get(key) ?? make()
  made.set(key, found)
  return found
}

function format(locale: Locale, style: Style, zone: string): Intl.DateTimeFormat {
  const make = () => new Intl.DateTimeFormat(tags[locale], { ...parts[style], timeZone: zone })
  return kept(dateFormats, `${locale} ${style} ${zone}`, make)
}

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const make = () => new Intl.NumberFormat(tags[locale], options)
  return kept(numberFormats, `${locale} ${options.style} ${options.unit}`, make)
}

/** An instant in words, in a time zone (UTC if none is named), without the zone's name. */
export function writeMoment(locale: Locale, at: Date, style: Style, zone = 'UTC'): string {
  return format(locale, style, zone)
    .formatToParts(at)
    .map((part) => (locale === 'ar' && part.type === 'month' ? arabicMonth(at, zone) : part.value))
    .join('')
}

function arabicMonth(at: Date, zone: string): string {
  const make = () => new Intl.DateTimeFormat('en', { month: 'numeric', timeZone: zone })
  return arabicMonths[Number(kept(dateFormats, `month ${zone}`, make).format(at)) - 1] ?? ''
}

/** An instant as an element that machines read too; deadlines and times carry their zone. */
export function moment(locale: Locale, at: Date, style: Style = 'date-time'): Html {
  const zone = style === 'date' || style === 'month' ? '' : ' UTC'
  return html`<time datetime="${at.toISOString()}">${writeMoment(locale, at, style)}${zone}</time>`
}

/** What remains or has gone by, in the largest unit that says enough: "31 hours", "5 minutes". */
export function writeDuration(locale: Locale, milliseconds: number): string {
  const size = Math.abs(milliseconds)
  const [value, unit] =
    size >= 3 * day
      ? [Math.floor(size / day), 'day']
      : size >= hour
        ? [Math.floor(size / hour), 'hour']
        : [Math.max(1, Math.floor(size / minute)), 'minute']
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}

/** A number of calendar months in words: "6 months". */
export function writeMonths(locale: Locale, months: number): string {
  return numberFormat(locale, { style: 'unit', unit: 'month', unitDisplay: 'long' }).format(months)
}

/** "in 31 hours", "2 days ago". */
export function writeRelative(locale: Locale, milliseconds: number): string {
  const size = Math.abs(milliseconds)
  const [length, unit] =
    size >= 3 * day
      ? ([day, 'day'] as const)
      : size >= hour
        ? ([hour, 'hour'] as const)
        : ([minute, 'minute'] as const)
  const relative = kept(relativeFormats, locale, () => new Intl.RelativeTimeFormat(tags[locale]))
  return relative.format(Math.trunc(milliseconds / length), unit)
}

export function writeNumber(locale: Locale, value: number): string {
  return numberFormat(locale).format(value)
}

/** A share between 0 and 1 as a percentage without decimals. */
export function writeShare(locale: Locale, share: number): string {
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share)
}

// CLDR writes الإنجليزية; the Arabic of the United Nations writes it so.
const unitedNationsEnglish = 'الإنكليزية'

/** The name of a language (BCP 47) in a language; the tag itself when it has no name. */
export function writeLanguage(locale: Locale, language: string): string {
  if (locale === 'ar' && /^en\b/i.test(language)) return unitedNationsEnglish
  try {
    const make = () => new Intl.DisplayNames([tags[locale]], { type: 'language' })
    return kept(languageNames, locale, make).of(language) ?? language
  } catch {
    return language
  }
}

/** "Arabic, French and English" in a language's own way. */
export function writeList(locale: Locale, items: readonly string[]): string {
  const make = () => new Intl.ListFormat(tags[locale], { type: 'conjunction' })
  return kept(listFormats, locale, make).format(items)
}
