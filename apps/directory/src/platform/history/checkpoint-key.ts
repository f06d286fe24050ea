import type { Keys } from '../config/keys.ts'
import { openSigningKey, type SigningKey } from '../config/signing-key.ts'

/** The key of this Directory's checkpoints. */
export interface CheckpointKey extends SigningKey {
  /** The first 16 digits of the fingerprint, kept beside each signature. */
  readonly id: string
}

export function openCheckpointKey(keys: Keys): CheckpointKey {
  const key = openSigningKey(keys.derive('checkpoint'))
  return { ...key, id: key.fingerprint.slice(0, 16) }
}
