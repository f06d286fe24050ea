import type { z } from 'zod'

/** Something that happened, told to other modules: names and ids only, never contents or personal data. */
export interface DomainEvent {
  readonly name: string
  readonly payload: Readonly<Record<string, string>>
}

/** A kind of event: call it to make one, hand it to a listener to hear it. */
export interface EventKind<Name extends string, Payload extends Readonly<Record<string, string>>> {
  (payload: Payload): DomainEvent
  readonly eventName: Name
  readonly schema: z.ZodType<Payload>
}

export function defineEvent<Name extends string, Payload extends Readonly<Record<string, string>>>(
  eventName: Name,
  schema: z.ZodType<Payload>,
): EventKind<Name, Payload> {
  return Object.assign((payload: Payload) => ({ name: eventName, payload }), { eventName, schema })
}
