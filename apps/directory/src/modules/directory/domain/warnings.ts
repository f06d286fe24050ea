import type { Entry } from './entry.ts'
import { isLookAlike } from './look-alike.ts'
import { isKnownTelephone } from './telephone.ts'

/** Something that may be meant, and may be a slip: said once after saving, never an error. */
export interface Warning {
  readonly about: 'number-unknown' | 'look-alike' | 'address-twice'
  readonly value: string
}

/** What the State may want to look at again in its entry; `others` are its other live entries. */
export function listWarnings(entry: Entry, others: readonly Entry[]): readonly Warning[] {
  const unknown = entry.addresses
    .filter((address) => address.channel === 'phone' && !isKnownTelephone(address.value))
    .map(({ value }) => ({ about: 'number-unknown', value }) as const)
  const elsewhere = new Set(others.flatMap((other) => other.addresses.map((address) => address.value)))
  const twice = entry.addresses
    .filter((address) => elsewhere.has(address.value))
    .map(({ value }) => ({ about: 'address-twice', value }) as const)
  return [...lookAlikes(entry), ...unknown, ...twice]
}

/** Names and addresses in which one word mixes scripts that look alike; the reader is told as well. */
export function lookAlikes(entry: Entry): readonly Warning[] {
  const { entityName, personName, addresses } = entry
  const texts = [entityName.original, entityName.english, personName]
  const mails = addresses.filter((address) => address.channel === 'email').map((address) => address.value)
  return [...texts, ...mails]
    .filter((text) => text !== undefined)
    .filter(isLookAlike)
    .map((value) => ({ about: 'look-alike', value }))
}
