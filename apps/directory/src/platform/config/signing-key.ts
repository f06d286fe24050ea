import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'

/** An Ed25519 key of this Directory. */
export interface SigningKey {
  /** SHA-256 of the raw public key, in hex: what people compare. */
  readonly fingerprint: string
  /** The raw public key, 32 bytes in hex. */
  readonly publicKey: string
  /** The signature of a text or of bytes, in base64. */
  sign(signed: string | Uint8Array): string
  isSigned(signed: string, signature: string): boolean
}

/** RFC 8410: an Ed25519 private key in PKCS #8 is this, followed by the 32 bytes of the seed. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const rawKeyLength = 32

export function openSigningKey(seed: Uint8Array): SigningKey {
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Prefix, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey(privateKey)
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-rawKeyLength)
  return {
    fingerprint: fingerprintOf(raw),
    publicKey: raw.toString('hex'),
    sign: (signed) => sign(null, bytesOf(signed), privateKey).toString('base64'),
    isSigned: (signed, signature) =>
      verify(null, bytesOf(signed), publicKey, Buffer.from(signature, 'base64')),
  }
}

export function fingerprintOf(rawPublicKey: Uint8Array): string {
  return createHash('sha256').update(rawPublicKey).digest('hex')
}

function bytesOf(signed: string | Uint8Array): Uint8Array {
  return typeof signed === 'string' ? Buffer.from(signed) : signed
}
