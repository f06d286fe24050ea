import { generateKey, type KeyOptions } from 'openpgp'
import { openOwnKey, type OwnKey } from './own-key.ts'

export const now = new Date('2026-11-03T09:00:00Z')
export const year = 365 * 86_400

export const entity = lines(
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Please answer.',
  '',
  '- a dash',
  '.',
)

export async function makeKey(
  more: Partial<KeyOptions> = {},
): Promise<{ armored: string; publicKey: string }> {
  const { privateKey: armored, publicKey } = await generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: [{ name: 'Checks', email: 'checks@directory.example' }],
    date: new Date('2025-01-01T00:00:00Z'),
    ...more,
    format: 'armored',
  })
  return { armored, publicKey }
}

export async function open(armored: string, passphrase?: string): Promise<OwnKey> {
  const opened = await openOwnKey(armored, passphrase)
  if (!opened.ok) throw new Error(opened.refusal)
  return opened.value
}

export function lines(...each: readonly string[]): string {
  return `${each.join('\r\n')}\r\n`
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function text(raw: Uint8Array): string {
  return new TextDecoder().decode(raw)
}

export function later(minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000)
}
