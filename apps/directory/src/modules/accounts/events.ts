import { z } from 'zod'
import { defineEvent } from '../../platform/outbox/event.ts'

/** Somebody was invited; the token of the link is derived anew where it is needed, so it stands in no payload. */
export const PersonInvited = defineEvent('PersonInvited', z.object({ invitation: z.uuid() }))

/** Somebody took up a role for a State, or as manager (then without `state`). */
export const PersonJoined = defineEvent('PersonJoined', z.object({ holding: z.uuid() }))

/** A manager keeps a person or a State out for some hours, or lets them in again. */
export const AccessSuspended = defineEvent(
  'AccessSuspended',
  z.object({ suspension: z.uuid(), what: z.enum(['suspended', 'restored']) }),
)

/** Nobody saw this user for 12 months: the Mission is asked whether the person still belongs. */
export const StillHereAsked = defineEvent('StillHereAsked', z.object({ holding: z.uuid() }))

const meansChange = z.enum([
  'passkey-added',
  'passkey-removed',
  'codes-printed',
  'password-changed',
  'app-replaced',
])
export type MeansChange = z.infer<typeof meansChange>

/** A passkey, a sheet of codes, a password, an app: how a person proves who they are has changed. */
export const SignInChanged = defineEvent('SignInChanged', z.object({ account: z.uuid(), what: meansChange }))
