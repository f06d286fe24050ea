import { minute, ok, refuse, type Result } from '@parley/kernel'
import { compareSnapshots, noDifferences, type SnapshotDifferences } from './compare-snapshots.ts'
import type { Snapshot } from './snapshot.ts'
import type { SigningKey } from './succession.ts'
import { type SnapshotFiles, type VerifiedSnapshot, verifySnapshot } from './verify-snapshot.ts'

/** What an office trusts: the snapshot that it took last, or before the first one the fingerprint in the Mission's letter. */
export type LastSeen = VerifiedSnapshot | { readonly fingerprint: string }

export interface AcceptedSnapshot {
  readonly verified: VerifiedSnapshot
  /** False where it is the one that was seen last. */
  readonly isNew: boolean
  readonly differences: SnapshotDifferences
  /** The signing key before this one, where it changed: to be shown like a number that differs. */
  readonly keyBefore?: SigningKey
  readonly age: SnapshotAge
}

/** How old a snapshot is by the clock of this machine. An expired one is usable, with its age in the band on top. */
export interface SnapshotAge {
  readonly milliseconds: number
  readonly isExpired: boolean
  /** It was issued later than this clock shows: the clock is wrong, and nothing it says of validity holds. */
  readonly isClockBehind: boolean
}

const clocksDiffer = 5 * minute

/**
 * Whether a snapshot follows what was seen last. Refusals: `protocol/snapshot-other-community`, `-unknown-key`
 * (neither the key that is trusted nor one that it signed), `-rolled-back` (a lower number), `-number-twice` (the same
 * number with another content). On any of them the last good one stays.
 */
export function decideSnapshot(
  lastSeen: LastSeen,
  candidate: VerifiedSnapshot,
  now: Date,
): Result<AcceptedSnapshot> {
  const { snapshot, line } = candidate
  const age = snapshotAge(snapshot, now)
  if ('fingerprint' in lastSeen) {
    if (!isTrusted(line, lastSeen.fingerprint)) return refused('unknown-key')
    return ok({ verified: candidate, isNew: true, differences: noDifferences, age })
  }
  const last = lastSeen.snapshot
  if (snapshot.community !== last.community) return refused('other-community')
  const [keyBefore] = lastSeen.line
  if (!keyBefore || !isTrusted(line, keyBefore.fingerprint)) return refused('unknown-key')
  if (snapshot.number < last.number) return refused('rolled-back')
  const isNew = snapshot.number > last.number
  if (!isNew && candidate.digest !== lastSeen.digest) return refused('number-twice')
  const differences = isNew ? compareSnapshots(last, snapshot) : noDifferences
  const changed = snapshot.keys.current === last.keys.current ? {} : { keyBefore }
  return ok({ verified: candidate, isNew, differences, age, ...changed })
}

/** Reads, verifies and decides in one: what a program does with two files that it was given. */
export async function takeSnapshot(
  lastSeen: LastSeen,
  files: SnapshotFiles,
  now: Date,
): Promise<Result<AcceptedSnapshot>> {
  const verified = await verifySnapshot(files)
  return verified.ok ? decideSnapshot(lastSeen, verified.value, now) : verified
}

export function snapshotAge(
  { issuedAt, validUntil }: Pick<Snapshot, 'issuedAt' | 'validUntil'>,
  now: Date,
): SnapshotAge {
  const milliseconds = now.getTime() - Date.parse(issuedAt)
  return {
    milliseconds: Math.max(0, milliseconds),
    isExpired: now.getTime() > Date.parse(validUntil),
    isClockBehind: milliseconds < -clocksDiffer,
  }
}

function isTrusted(line: readonly SigningKey[], fingerprint: string): boolean {
  return line.some((key) => key.fingerprint === fingerprint)
}

function refused(what: string): Result<never> {
  return refuse({ code: `protocol/snapshot-${what}`, kind: 'invalid' })
}
