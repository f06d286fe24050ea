import { z } from 'zod'
import { defineEvent } from '../../platform/outbox/event.ts'

/** A check was answered. `address` is the id of the address whose message was answered, empty for a telephone answer. */
export const CheckAcknowledged = defineEvent(
  'CheckAcknowledged',
  z.object({
    check: z.string(),
    entry: z.string(),
    state: z.string(),
    address: z.string(),
    by: z.enum(['button', 'reply', 'typed-code', 'signed-in', 'telephone']),
    relation: z.enum(['same-address', 'same-domain', 'elsewhere', '']),
    at: z.iso.datetime(),
  }),
)

/** The POC says that something in its entry is right or wrong. `address` is the id of one that has proven itself, else empty. */
export const RemarkMade = defineEvent(
  'RemarkMade',
  z.object({
    check: z.string(),
    entry: z.string(),
    state: z.string(),
    remark: z.enum(['correct', 'wrong']),
    address: z.string().default(''),
    at: z.string().default(''),
  }),
)

/** The manager wants to see the message of a check in the own mailbox. `message` names nothing that is stored. */
export const TestMessageAsked = defineEvent(
  'TestMessageAsked',
  z.object({
    message: z.string(),
    account: z.string(),
    language: z.string(),
    beside: z.string().default(''),
  }),
)

/** Whoever answered a check says that another entry of the State should answer instead. */
export const EntryNamedInstead = defineEvent(
  'EntryNamedInstead',
  z.object({ check: z.string(), entry: z.string(), state: z.string(), instead: z.string() }),
)

export const RoundClosed = defineEvent('RoundClosed', z.object({ round: z.string() }))

/** A State says of an answer by telephone that it was not so. `earlier`: the month of the answer before it, if any. */
export const PhoneAnswerDenied = defineEvent(
  'PhoneAnswerDenied',
  z.object({
    check: z.string(),
    entry: z.string(),
    state: z.string(),
    month: z.string(),
    earlier: z.string(),
  }),
)
