import { ok, refuse, type Result } from '@parley/kernel'
import {
  type AcceptedSnapshot,
  compareSnapshots,
  decideSnapshot,
  type SnapshotFiles,
  type VerifiedSnapshot,
  verifySnapshot,
} from '@parley/protocol/snapshot'
import { type Head, keyOf } from './kept.ts'

/** What this Desk trusts: the last snapshot, and what is known of it where its file is gone. */
export interface Trusted {
  readonly last: VerifiedSnapshot | undefined
  readonly head: Head | undefined
}

export type Taking =
  | { readonly kind: 'accepted'; readonly accepted: AcceptedSnapshot }
  /** The first one: its key is to be compared with the Mission's letter. */
  | { readonly kind: 'compare'; readonly verified: VerifiedSnapshot }

/**
 * Whether two files are taken. `letter` is a fingerprint that a person read in a letter of the Mission: it is needed
 * for the first snapshot, and begins anew where the key was replaced by one that it did not sign.
 */
export async function decideTaking(
  { last, head }: Trusted,
  files: SnapshotFiles,
  letter: string | undefined,
  now: Date,
): Promise<Result<Taking>> {
  const verified = await verifySnapshot(files)
  if (!verified.ok) return verified
  const candidate = verified.value
  if (!head && letter === undefined) return ok({ kind: 'compare', verified: candidate })
  const decided = decideSnapshot(last ?? { fingerprint: head?.fingerprint ?? letter ?? '' }, candidate, now)
  if (decided.ok) return last ? accepted(decided.value) : heldAgainst(head, decided.value)
  if (decided.refusal.code !== 'protocol/snapshot-unknown-key' || letter === undefined) return decided
  const anew = decideSnapshot({ fingerprint: letter }, candidate, now)
  if (!anew.ok) return anew
  if (!last) return heldAgainst(head, anew.value)
  const [keyBefore] = last.line
  const differences = compareSnapshots(last.snapshot, candidate.snapshot)
  return heldAgainst(head, { ...anew.value, differences, ...(keyBefore && { keyBefore }) })
}

/** A letter speaks for a key, not for an older snapshot or another community. */
function heldAgainst(head: Head | undefined, decided: AcceptedSnapshot): Result<Taking> {
  const { community, number } = decided.verified.snapshot
  if (head && community !== head.community) return refused('other-community')
  if (head && number < head.number) return refused('rolled-back')
  if (head && number === head.number && keyOf(decided.verified.line) !== head.fingerprint)
    return refused('number-twice')
  return accepted(decided)
}

function accepted(decided: AcceptedSnapshot): Result<Taking> {
  return ok({ kind: 'accepted', accepted: decided })
}

function refused(what: string): Result<never> {
  return refuse({ code: `protocol/snapshot-${what}`, kind: 'invalid' })
}
