import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Keys } from '../../platform/config/keys.ts'

const ivLength = 12
const tagLength = 16

/** Encrypts a secret (AES-256-GCM) so that it can only be opened again for `owner`. */
export function seal(keys: Keys, owner: string, secret: Uint8Array): string {
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv('aes-256-gcm', keys.derive('totp'), iv).setAAD(Buffer.from(owner))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** The secret that was sealed for `owner`, or nothing if this is not one. */
export function unseal(keys: Keys, owner: string, sealed: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length <= ivLength + tagLength) return undefined
  const decipher = createDecipheriv('aes-256-gcm', keys.derive('totp'), bytes.subarray(0, ivLength))
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
