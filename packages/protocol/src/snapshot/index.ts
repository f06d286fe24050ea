export {
  type ChangedEntry,
  compareSnapshots,
  type ContactValue,
  type SnapshotDifferences,
} from './compare-snapshots.ts'
export {
  type AcceptedSnapshot,
  decideSnapshot,
  type LastSeen,
  type SnapshotAge,
  snapshotAge,
  takeSnapshot,
} from './decide-snapshot.ts'
export type {
  Snapshot,
  SnapshotAddress,
  SnapshotEntry,
  SnapshotEntryKey,
  SnapshotState,
  Succession,
} from './snapshot.ts'
export { parseFingerprint, type SigningKey, successionText } from './succession.ts'
export { type SnapshotFiles, type VerifiedSnapshot, verifySnapshot } from './verify-snapshot.ts'
export { snapshotValidFor } from './snapshot.ts'
export { nextSnapshotNumber, type SnapshotHead, snapshotParts } from './write-snapshot.ts'
