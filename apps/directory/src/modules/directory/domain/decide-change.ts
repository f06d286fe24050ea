import { ok, type Refusal, refuse, type Result } from '@parley/kernel'
import { type AddressContent, type Entry, type EntryContent, isSameAddress } from './entry.ts'
import {
  type ContactChange,
  type FormerAddress,
  type FormerValue,
  type Outcome,
  outcomes,
} from './former-value.ts'

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

/** What the Mission says of a change, and of each former value whether it is in wrong hands. */
export type Decision = Pick<ContactChange, 'compromised'> & { readonly outcome: Outcome }

/** What may still be said: of an open change both outcomes, of a kept one only that more is in wrong hands. */
export function openOutcomes({ outcome, former, compromised }: ContactChange): readonly Outcome[] {
  if (outcome === undefined) return outcomes
  return outcome === 'kept' && former.some(({ id }) => !compromised.includes(id)) ? [outcome] : []
}

/** A change is decided once; that a value which was let go is in wrong hands may be said later too, and stays said. */
export function decideOutcome(change: ContactChange, wanted: Decision): Result<Decision> {
  if (!openOutcomes(change).includes(wanted.outcome)) return refuse(decidedAlready)
  const known = change.former.map(({ id }) => id)
  if (wanted.compromised.some((id) => !known.includes(id)))
    return refuse({ code: 'field/invalid', kind: 'invalid', field: 'compromised' })
  const compromised = known.filter((id) => [...change.compromised, ...wanted.compromised].includes(id))
  const isNews = change.outcome === undefined || compromised.length > change.compromised.length
  return isNews ? ok({ outcome: wanted.outcome, compromised }) : refuse(decidedAlready)
}

/** The former values that come back: what is in wrong hands does not. */
export function comingBack({ former, compromised }: ContactChange): readonly FormerValue[] {
  return former.filter(({ id }) => !compromised.includes(id))
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
