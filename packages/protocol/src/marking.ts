import type { Marking } from './message.ts'

/** What a message carries unless its writer chooses otherwise. */
export const defaultMarking: Marking = 'AMBER'

export type Side = 'sender' | 'receiver'

/**
 * Whose consent is still missing before what was exchanged may go to a third party (POC-35, RULE-5). GREEN and CLEAR
 * are the sender's consent and recorded as such; no marking gives the receiver's.
 */
export function missingConsents(tlp: Marking, given: readonly Side[]): readonly Side[] {
  const sides: readonly Side[] = ['sender', 'receiver']
  return sides.filter((side) => !given.includes(side) && !(side === 'sender' && isSendersConsent(tlp)))
}

function isSendersConsent(tlp: Marking): boolean {
  return tlp === 'GREEN' || tlp === 'CLEAR'
}
