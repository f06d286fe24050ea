import { z } from 'zod'
import { defineEvent } from '../../platform/outbox/event.ts'

/** A Mission gave a system a token. */
export const TokenIssued = defineEvent('TokenIssued', z.object({ token: z.uuid() }))

/** The directory manager suspended a token, for 72 hours at most. */
export const TokenSuspended = defineEvent('TokenSuspended', z.object({ token: z.uuid() }))
