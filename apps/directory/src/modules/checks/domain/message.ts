import { after, hour, minute } from '@parley/kernel'
import type { MessageState } from './check.ts'

/** Where a message stands, and when it is tried again if it is. */
export interface NextOfMessage extends Pick<MessageState, 'status' | 'cause'> {
  readonly dueAt?: Date
}

interface Tries {
  readonly attempts: number
  /** When it was tried for the first time, pauses of the round since then not counted. */
  readonly triedAt: Date
}

const retryFor = 72 * hour

/** What becomes of a message that the relay did not take. A refusal that concerns us is mended and tried again. */
export function decideNotTaken(
  outcome: { readonly kind: 'refused' | 'later'; readonly cause: string },
  tries: Tries,
  now: Date,
): NextOfMessage {
  if (outcome.kind === 'refused' && outcome.cause !== 'ours') {
    return { status: 'failed', cause: theirCauseOf(outcome.cause) }
  }
  const cause = outcome.cause === 'ours' ? 'ours' : 'other'
  if (now >= after(tries.triedAt, retryFor)) return decideGivenUp(cause)
  return { status: 'queued', cause, dueAt: after(now, Math.min(hour, minute * 2 ** tries.attempts)) }
}

/** Treated like a bounce if the other side refused it or could not be reached; not if the fault is ours. */
export function decideGivenUp(cause: MessageState['cause']): NextOfMessage {
  return cause === undefined || cause === 'ours' ? { status: 'not-sent', cause } : { status: 'failed', cause }
}

/** What becomes of a message whose delivery ended after the relay had taken it; `isOpen`: it may still be sent. */
export function decideReturned(
  cause: NonNullable<MessageState['cause']>,
  tries: Tries,
  { isOpen, now }: { readonly isOpen: boolean; readonly now: Date },
): NextOfMessage {
  if (cause !== 'ours' || !isOpen || now >= after(tries.triedAt, retryFor)) return { status: 'failed', cause }
  // Whoever mends it needs a while; what comes too often is refused all the more.
  return { status: 'queued', cause, dueAt: after(now, 6 * hour) }
}

function theirCauseOf(cause: string): 'dead-address' | 'mailbox-full' | 'other' {
  return cause === 'dead-address' || cause === 'mailbox-full' ? cause : 'other'
}
