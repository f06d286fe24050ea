import { z } from 'zod'
import { defineEvent } from '../../platform/outbox/event.ts'
import { outcomes } from './domain/former-value.ts'
import { keySchemes } from './domain/key.ts'

const whose = z.object({ entry: z.string(), state: z.string() })

/** `by` is the account that added it, empty where nobody in particular did. */
export const EntryAdded = defineEvent('EntryAdded', whose.extend({ by: z.string().default('') }))
export const EntryChanged = defineEvent('EntryChanged', whose)
export const EntryWithdrawn = defineEvent('EntryWithdrawn', whose)
/** An entry has a key that it did not have; `by` as with an added entry. */
export const KeyAdded = defineEvent(
  'KeyAdded',
  whose.extend({ scheme: z.enum(keySchemes), by: z.string().default('') }),
)
/** A key of an entry ends within 30 days, or has ended. */
export const KeyExpires = defineEvent(
  'KeyExpires',
  whose.extend({ scheme: z.string(), expiry: z.enum(['soon', 'past']) }),
)
/** The Mission gave somebody the right to the whole list, or took it back. */
export const ListRightChanged = defineEvent(
  'ListRightChanged',
  z.object({ account: z.string(), state: z.string(), given: z.enum(['yes', 'no']) }),
)
/** The directory manager added, changed or withdrew an entry on a note verbale; said besides the other event. */
export const EntryChangedOnBehalf = defineEvent('EntryChangedOnBehalf', whose)

const change = whose.extend({ change: z.string() })
const address = whose.extend({ address: z.string() })

/** Addresses, numbers or keys were replaced or removed: what they were stands in the change. */
export const ContactReplaced = defineEvent('ContactReplaced', change)
/** Somebody who got the warning says that the change is not right. */
export const ChangeDisputed = defineEvent('ChangeDisputed', change)
/** A dispute has waited for its Mission for another week. */
export const DisputeWaits = defineEvent('DisputeWaits', change)
/** The Mission has decided about a change. */
export const ChangeDecided = defineEvent('ChangeDecided', change.extend({ outcome: z.enum(outcomes) }))
/** A live entry has a new e-mail address. */
export const AddressChanged = defineEvent('AddressChanged', address)
/** A new address has answered the message that asked it to. */
export const AddressAnswered = defineEvent('AddressAnswered', address.extend({ at: z.iso.datetime() }))
/** An entry names a person whom it did not name before. */
export const PersonNamed = defineEvent('PersonNamed', whose)
/** A Mission has delegated its entries to one of its POCs, or taken that back. */
export const DelegationChanged = defineEvent(
  'DelegationChanged',
  z.object({ state: z.string(), account: z.string(), what: z.enum(['given', 'ended']) }),
)
/** A regional organization offered a nomination to a State. */
export const OfferMade = defineEvent('OfferMade', z.object({ offer: z.uuid(), state: z.string() }))
