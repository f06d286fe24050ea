import { directionOf, type Locale } from '@parley/kernel'
import {
  type Html,
  html,
  ltr,
  nothing,
  writeLanguage,
  writeList,
  writeMoment,
  writeTelephone,
  written,
} from '@parley/web'
import type { Availability, Entry, Wording } from './domain/entry.ts'
import { type TimeThere, timeThere } from './domain/office-hours.ts'
import { text } from './locales/index.ts'

/** What a State wrote, in its own language, with its unofficial English translation beside it. */
export function wording(locale: Locale, language: string, words: Wording): Html | undefined {
  const { original, english } = words
  if (original === undefined && english === undefined) return undefined
  const first = original === undefined ? nothing : written(original, language, directionOf(language))
  if (english === undefined || language === 'en') return first
  return html`${first}
    <div class="small">${text(locale)('translation')} ${written(english, 'en', 'ltr')}</div>`
}

/** The name of an entry in a line or list; an English reader is given the State's translation. */
export function entryName(locale: Locale, entry: Entry): Html {
  const { original, english } = entry.entityName
  if (original === '') return html`${text(locale)('name-on-card')}`
  return locale === 'en' && english !== undefined
    ? written(english, 'en', 'ltr')
    : written(original, entry.language, directionOf(entry.language))
}

export function workingLanguages(locale: Locale, tags: readonly string[]): string | undefined {
  return tags.length === 0
    ? undefined
    : writeList(
        locale,
        tags.map((tag) => writeLanguage(locale, tag)),
      )
}

/** The time there and the office, in a few words; nothing when the time zone is not known. */
export function thereNow(locale: Locale, entry: Entry, now: Date): string | undefined {
  const there = timeThere(entry.availability, now)
  return there && writeThere(locale, there)
}

export function writeThere(locale: Locale, { now, office }: TimeThere): string {
  const t = text(locale)
  return office.status === 'opens'
    ? t('there.opens', { time: now, at: office.at })
    : t(`there.${office.status}`, { time: now })
}

/** "Monday, Tuesday and Friday, 08:30–17:00 (Asia/Tbilisi)". */
export function officeHours(locale: Locale, availability: Availability): Html | undefined {
  const { timeZone, opens, closes, days } = availability
  if (opens === undefined || closes === undefined) return undefined
  const names = days.map((day) => dayName(locale, day))
  const on = names.length === 0 ? text(locale)('hours.every-day') : writeList(locale, names)
  return html`${on} ·
  ${ltr(`${opens}–${closes}`)}${timeZone === undefined ? nothing : html` (${ltr(timeZone)})`}`
}

/** The name of a day of the week; 1 is Monday. */
export function dayName(locale: Locale, day: number): string {
  // 1 January 2024 was a Monday.
  return writeMoment(locale, new Date(Date.UTC(2024, 0, day)), 'weekday')
}

/** An address, a number or a fingerprint as it is read out, whatever it was used for. */
export function reachedBy({
  what,
  value,
  extension,
}: {
  readonly what: 'email' | 'phone' | 'key'
  readonly value: string
  readonly extension?: string | undefined
}): Html {
  const shown = what === 'phone' ? writeTelephone(value) : value
  return ltr(extension === undefined ? shown : `${shown} × ${extension}`)
}
