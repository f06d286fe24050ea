import { z } from 'zod'
import { defineEvent } from '../../platform/outbox/event.ts'

/** POC-05: a State left by its own act, or its access was ended: sessions and tokens end, entries are withdrawn, follow-ups close. */
export const StateLeft = defineEvent('StateLeft', z.object({ state: z.string() }))

/** The directory manager decided something about a State, which its Mission is told. */
export const DecisionTaken = defineEvent('DecisionTaken', z.object({ decision: z.uuid() }))
