import type { Locale } from '@parley/kernel'
import { text } from '../locales/index.ts'
import type { Line, What } from '../record/events.ts'

/** What a line is, in a few words; one of a newer version by the name that it has in the record. */
export function lineTitle(locale: Locale, line: Pick<Line, 'known' | 'what'>): string {
  return isNamed(line) ? text(locale)(`line.${line.what}`) : text(locale)('line.unknown', { what: line.what })
}

function isNamed(line: Pick<Line, 'known' | 'what'>): line is { readonly known: true; readonly what: What } {
  return line.known
}
