import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { Keys } from '../config/keys.ts'

/** The Ed25519 key of this Directory's checkpoints. */
export interface CheckpointKey {
  /** SHA-256 of the raw public key, in hex: what people compare. */
  readonly fingerprint: string
  /** The raw public key, 32 bytes in hex. */
  readonly publicKey: string
  /** The first 16 digits of the fingerprint, kept beside each signature. */
  readonly id: string
  /** The signature of a text, in base64. */
  sign(text: string): string
  isSigned(text: string, signature: string): boolean
}

/** RFC 8410: an Ed25519 private key in PKCS #8 is this, followed by the 32 bytes of the seed. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const rawKeyLength = 32

export function openCheckpointKey(keys: Keys): CheckpointKey {
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Prefix, keys.derive('checkpoint')]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey(privateKey)
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-rawKeyLength)
  const fingerprint = createHash('sha256').update(raw).digest('hex')
  return {
    fingerprint,
    publicKey: raw.toString('hex'),
    id: fingerprint.slice(0, 16),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
    isSigned: (text, signature) =>
      verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64')),
  }
}
