import type { Locale } from '@parley/kernel'
import { html, type Html, writeMoment } from '@parley/web'
import { text } from '../locales/index.ts'
import { documentKinds } from '../structured-document.ts'

export function kindName(locale: Locale, kind: string): string {
  const known = documentKinds.find((each) => each === kind) ?? 'other'
  return text(locale)(`kind.${known}`)
}

/** A day of the calendar, ISO 8601: it has no time zone. */
export function writeDay(locale: Locale, day: string): Html {
  return html`<time datetime="${day}">${writeMoment(locale, new Date(`${day}T00:00:00Z`), 'date')}</time>`
}
