import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

/** What each derived key is for. A key serves one purpose, so that no digest means anything elsewhere. */
type Purpose =
  | 'code'
  | 'code-digest'
  | 'mail-token'
  | 'session'
  | 'invitation'
  | 'invitation-digest'
  | 'telephone-code'
  | 'one-time-code'
  | 'ticket'
  | 'totp'
  | 'logged-account'
  | 'kept-form'
  | 'kept-form-digest'
  | 'received'
  | 'entry-link'
  | 'entry-link-digest'
  | 'unasked-mail'
  | 'token'
  | 'cursor'
  | 'checkpoint'
  | 'snapshot'
  | 'backup'

export interface Keys {
  /** 32 bytes for one purpose. */
  derive(purpose: Purpose): Uint8Array<ArrayBuffer>
  /** HMAC-SHA-256 under the purpose's key: 32 bytes. */
  mac(purpose: Purpose, text: string): Buffer
  /** The same in hex. */
  digest(purpose: Purpose, text: string): string
}

export function openKeys(secret: string): Keys {
  const derive = (purpose: Purpose) => new Uint8Array(hkdfSync('sha256', secret, 'parley', purpose, 32))
  const kept = new Map<Purpose, KeyObject>()
  const keep = (purpose: Purpose) => {
    const key = kept.get(purpose) ?? createSecretKey(derive(purpose))
    kept.set(purpose, key)
    return key
  }
  const mac = (purpose: Purpose, text: string) => createHmac('sha256', keep(purpose)).update(text).digest()
  return { derive, mac, digest: (purpose, text) => mac(purpose, text).toString('hex') }
}
