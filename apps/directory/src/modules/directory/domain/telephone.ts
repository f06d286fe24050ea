import { latinDigits, type StateCode } from '@parley/kernel'
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** Anything that people put between digits; marks of direction travel along when a number is copied. */
const between = /[\s().\-‐-―/\u00ad\u061c\u200b-\u200f\u202a\u202c\u2066\u2068\u2069\ufeff]/gu

const wellFormed = /^\+[0-9]{7,15}$/

/**
 * The number in E.164, from any digits and spelling. Without a country code it is read as one of the State.
 * A well-formed number is accepted even where the library does not know it.
 */
export function parseTelephone(text: string, state: StateCode): string | undefined {
  const spelled = latinDigits(text.normalize('NFKC')).trim()
  const bare = spelled.replace(between, '').replace(/^00/, '+')
  const known = read(spelled.replace(/[^\d+()\s.-]/gu, '').replace(/^00/, '+'), state)
  if (/^\+?[0-9]+$/.test(bare) && known?.isPossible() && wellFormed.test(known.number)) return known.number
  return wellFormed.test(bare) ? bare : undefined
}

/** Whether the numbering plans that the library knows have such a number; if not, that is a warning at most. */
export function isKnownTelephone(number: string): boolean {
  return read(number)?.isValid() === true
}

function read(text: string, state?: StateCode) {
  const country = state !== undefined && isSupportedCountry(state) ? state : undefined
  return parsePhoneNumberFromString(text, { ...(country ? { defaultCountry: country } : {}), extract: false })
}
