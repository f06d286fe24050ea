import { z } from 'zod'
import { defineEvent } from '../../platform/outbox/event.ts'

const whose = z.object({ entry: z.string(), state: z.string() })

export const EntryAdded = defineEvent('EntryAdded', whose)
export const EntryChanged = defineEvent('EntryChanged', whose)
export const EntryWithdrawn = defineEvent('EntryWithdrawn', whose)
/** A key of an entry ends within 30 days, or has ended. */
export const KeyExpires = defineEvent(
  'KeyExpires',
  whose.extend({ scheme: z.string(), expiry: z.enum(['soon', 'past']) }),
)
/** The directory manager added, changed or withdrew an entry on a note verbale; said besides the other event. */
export const EntryChangedOnBehalf = defineEvent('EntryChangedOnBehalf', whose)
