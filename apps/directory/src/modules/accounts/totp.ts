import { randomBytes } from 'node:crypto'
import { latinDigits } from '@parley/kernel'
import { trusted, type Html } from '@parley/web'
import { Secret, TOTP } from 'otpauth'
import { toString as qrCode } from 'qrcode'

/** 20 random bytes: what an authenticator app and this program share (RFC 6238). */
export function newTotpSecret(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(randomBytes(20))
}

/** The time step (30 seconds) that a code belongs to, one step early or late allowed; nothing if it is wrong. */
export function stepOfCode(secret: Uint8Array<ArrayBuffer>, code: string, now: Date): number | undefined {
  const token = latinDigits(code).replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const timestamp = now.getTime()
  const delta = TOTP.validate({
    token,
    secret: new Secret({ buffer: secret.buffer }),
    timestamp,
    window: 1,
  })
  return delta === null ? undefined : TOTP.counter({ timestamp }) + delta
}

/** The secret for typing in, in groups of four, and as a picture for the app's camera. */
export async function showTotpSecret(
  secret: Uint8Array<ArrayBuffer>,
  account: string,
): Promise<{ readonly text: string; readonly address: string; readonly picture: Html }> {
  const shared = new Secret({ buffer: secret.buffer })
  const address = new TOTP({ issuer: 'Parley', label: account, secret: shared }).toString()
  const picture = await qrCode(address, { type: 'svg', margin: 2, width: 200 })
  return { text: shared.base32.replace(/(.{4})(?=.)/g, '$1 '), address, picture: trusted(picture) }
}
