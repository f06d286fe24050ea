import type { Locale } from '@parley/kernel'
import { latinDigits, locales } from '@parley/kernel'
import { href } from '@parley/web'
import { searchRoute } from '../routes.ts'
import { documentKinds } from '../structured-document.ts'
import type { Filters } from './find-passages.ts'

/** What an address of the search asks for. */
export interface Wanted extends Filters {
  readonly text: string
}

/** A filter that names nothing known lets everything through. */
export function wantedIn(query: URLSearchParams): Wanted {
  const year = /^\d{4}$/.exec(latinDigits(query.get('year') ?? '').trim())?.[0]
  return {
    text: query.get('q') ?? '',
    language: locales.find((each) => each === query.get('language')),
    kind: documentKinds.find((each) => each === query.get('kind')),
    year: year === undefined ? undefined : Number(year),
  }
}

/** The same search at another page, or with something else in its place. */
export function searchAddress(locale: Locale, { text, language, kind, year }: Wanted, page = 1): string {
  const values = {
    q: text.toWellFormed(),
    language,
    kind,
    year: year?.toString(),
    page: page > 1 ? String(page) : undefined,
  }
  const query = new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  return `${href(locale, searchRoute)}?${query}`
}
