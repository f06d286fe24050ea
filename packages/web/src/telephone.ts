import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** The number in groups as it is read out: `+44 20 7946 0958`. */
export function writeTelephone(number: string): string {
  const known = parsePhoneNumberFromString(number, { extract: false })
  return known?.formatInternational() ?? `+${number.slice(1).replace(/(\d{3})(?=\d)/g, '$1 ')}`
}

/** A link that a telephone calls, extension included (RFC 3966). */
export function telephoneLink(number: string, extension?: string): string {
  return `tel:${number}${extension === undefined ? '' : `;ext=${extension}`}`
}
