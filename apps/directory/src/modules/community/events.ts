import { z } from 'zod'
import { defineEvent } from '../../platform/outbox/event.ts'

/** POC-05: a State left by its own act: sessions and tokens end, entries are withdrawn, follow-ups close. */
export const StateLeft = defineEvent('StateLeft', z.object({ state: z.string() }))
