import { ok, type Refusal, refuse, type Result } from '@parley/kernel'
import { type AddressContent, type Entry, type EntryContent, isSameAddress } from './entry.ts'
import type { ContactChange, FormerAddress, Outcome } from './former-value.ts'

export const linkUnknown: Refusal = { code: 'directory/link-unknown', kind: 'absent' }
const linkUsed: Refusal = { code: 'directory/link-used', kind: 'gone' }
const linkExpired: Refusal = { code: 'directory/link-expired', kind: 'gone' }
const decidedAlready: Refusal = { code: 'directory/change-decided', kind: 'conflict' }

/** A link works once, and only for so long. */
export function decideLink(
  link: { readonly used: Date | null; readonly endsAt: Date },
  now: Date,
): Result<undefined> {
  if (link.used !== null) return refuse(linkUsed)
  return now < link.endsAt ? ok(undefined) : refuse(linkExpired)
}

/** A change is decided once; that a value which was let go is in wrong hands may be said later too. */
export function decideOutcome(change: ContactChange, wanted: Outcome): Result<Outcome> {
  const open = change.outcome === undefined || (change.outcome === 'kept' && wanted === 'compromised')
  return open ? ok(wanted) : refuse(decidedAlready)
}

/** The content with the former addresses in the places they had, and without those that came instead of them. */
export function withFormer(
  entry: Entry,
  successors: readonly string[],
  former: readonly FormerAddress[],
): EntryContent {
  const back = former.toSorted((one, other) => one.position - other.position)
  const stays = entry.addresses.filter(
    (address) => !successors.includes(address.id) && !back.some((each) => isSameAddress(each, address)),
  )
  // The urgent number that comes back is the urgent one again.
  const urgent = back.some((address) => address.urgent)
  const addresses: AddressContent[] = stays.map((each) => (urgent ? { ...each, urgent: false } : each))
  for (const { channel, value, label, extension, urgent, cardOnly, position } of back)
    addresses.splice(position, 0, { channel, value, label, extension, urgent, cardOnly })
  return { ...entry, addresses }
}
