import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Keys } from '../../platform/config/keys.ts'

const ivLength = 12
const tagLength = 16

/** Encrypts a secret (AES-256-GCM) so that it can only be opened again for `owner`. */
export function seal(keys: Keys, owner: string, secret: Uint8Array): string {
  return sealUnder(keys.derive('totp'), owner, secret)
}

/** The secret that was sealed for `owner`, or nothing if this is not one. */
export function unseal(keys: Keys, owner: string, sealed: string): Uint8Array<ArrayBuffer> | undefined {
  return unsealUnder(keys.derive('totp'), owner, sealed)
}

/** The same under a key of 32 bytes. */
export function sealUnder(key: Uint8Array, owner: string, secret: Uint8Array): string {
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(owner))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

export function unsealUnder(
  key: Uint8Array,
  owner: string,
  sealed: string,
): Uint8Array<ArrayBuffer> | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length <= ivLength + tagLength) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivLength))
    .setAAD(Buffer.from(owner))
    .setAuthTag(bytes.subarray(ivLength, ivLength + tagLength))
  try {
    return new Uint8Array(
      Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]),
    )
  } catch {
    return undefined
  }
}
