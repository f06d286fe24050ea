import { createHmac, hkdfSync } from 'node:crypto'

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
  | 'received'
  | 'checkpoint'

export interface Keys {
  /** 32 bytes for one purpose. */
  derive(purpose: Purpose): Uint8Array<ArrayBuffer>
  /** HMAC-SHA-256 under the purpose's key, in hex. */
  digest(purpose: Purpose, text: string): string
}

export function openKeys(secret: string): Keys {
  const derive = (purpose: Purpose) => new Uint8Array(hkdfSync('sha256', secret, 'parley', purpose, 32))
  const kept = new Map<Purpose, Uint8Array<ArrayBuffer>>()
  const keep = (purpose: Purpose) => {
    const key = kept.get(purpose) ?? derive(purpose)
    kept.set(purpose, key)
    return key
  }
  return {
    derive: keep,
    digest: (purpose, text) => createHmac('sha256', keep(purpose)).update(text).digest('hex'),
  }
}
