import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { ok, type Result } from '@parley/kernel'
import { takeTurns } from '../../in-turn.ts'
import type { Opened } from '../../open-store.ts'

/** What a Desk signs with what it hands over, and by which another Desk of its State knows it again (Ed25519). */
export interface DeskKey {
  /** The raw public key, hex. */
  readonly key: string
  sign(text: string): string
}

/** Made when it is first needed, kept sealed, and never shown. */
export function deskKey({ sealed }: Pick<Opened, 'sealed'>): Promise<Result<DeskKey>> {
  return inTurn(async () => {
    const file = sealed('desk-key')
    const kept = await file.read()
    if (kept) return ok(keyFrom(createPrivateKey({ key: kept, format: 'der', type: 'pkcs8' })))
    const { privateKey } = generateKeyPairSync('ed25519')
    const written = await file.write(privateKey.export({ format: 'der', type: 'pkcs8' }))
    return written.ok ? ok(keyFrom(privateKey)) : written
  })
}

// Asked for twice at the same time, it is made once.
const inTurn = takeTurns()

function keyFrom(privateKey: KeyObject): DeskKey {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  return {
    key: Buffer.from(x, 'base64url').toString('hex'),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('hex'),
  }
}

export function isSigned(text: string, key: string, signature: string): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key, 'hex').toString('base64url') }
  try {
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' })
    return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'hex'))
  } catch {
    return false
  }
}

/** What two offices compare over the telephone: SHA-256 of the key, its first half, in hex. */
export function deskFingerprint(key: string): string {
  return createHash('sha256').update(Buffer.from(key, 'hex')).digest('hex').slice(0, 32).toUpperCase()
}
