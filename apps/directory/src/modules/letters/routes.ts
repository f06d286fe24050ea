import type { Locale } from '@parley/kernel'
import { href, route } from '@parley/web'
import type { LetterName } from './letters.ts'

export const lettersRoute = route('/letters')
export const letterRoute = route('/letters/:letter')

/** The address of a letter; of an entry's, where it is about one. */
export function letterAddress(locale: Locale, letter: LetterName, entry?: string): string {
  const to = href(locale, letterRoute, { letter })
  return entry === undefined ? to : `${to}?${new URLSearchParams({ entry })}`
}
