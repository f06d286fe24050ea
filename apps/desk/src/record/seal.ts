import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'

const cipher = 'aes-256-gcm'
export const nonceLength = 12
export const tagLength = 16

/** Encrypts under a nonce of its own (random, 96 bits) and binds it to its place: nonce, ciphertext, tag. */
export function seal(key: Uint8Array, plain: Uint8Array | string, place: string): Buffer {
  const nonce = randomBytes(nonceLength)
  const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagLength })
  sealing.setAAD(Buffer.from(place))
  const first = typeof plain === 'string' ? sealing.update(plain, 'utf8') : sealing.update(plain)
  return Buffer.concat([nonce, first, sealing.final(), sealing.getAuthTag()])
}

/** What was sealed for this place; nothing where key, place or a single bit is another. */
export function unseal(key: Uint8Array | KeyObject, sealed: Buffer, place: string): Buffer | undefined {
  if (sealed.length < nonceLength + tagLength) return undefined
  const end = sealed.length - tagLength
  const opening = createDecipheriv(cipher, key, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
  opening.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(end))
  const plain = opening.update(sealed.subarray(nonceLength, end))
  try {
    opening.final()
    return plain
  } catch {
    return undefined
  }
}
