import { randomBytes } from 'node:crypto'
import { ok, refuse, type Result } from '@parley/kernel'
import { z } from 'zod'
import { seal, unseal } from '../../record/seal.ts'
import { type Cost, deriveKey } from '../../users/key-file.ts'

// A file under a passphrase that is spoken over the telephone: Argon2id and AES-256-GCM, as the Desk's own key file.

const sealedFile = z.strictObject({
  parley: z.literal('hand-over-sealed'),
  version: z.literal(1),
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  memory: z.number(),
  passes: z.number(),
  /** Opens with the right passphrase, so that a wrong one is told from a file that was changed. */
  check: z.base64(),
  sealed: z.base64(),
})

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const spoken = /^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/

/** A hundred bits in four groups: nobody guesses it, and it can be read out. */
export function newSpoken(): string {
  const plain = Array.from(randomBytes(20), (byte) => letters[byte % 32]).join('')
  return plain.replace(/.{5}(?=.)/g, '$&-')
}

/** As it was meant, however it was typed; nothing where it is none that this program makes. */
export function parseSpoken(typed: string): string | undefined {
  const plain = typed
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
  const text = plain.replace(/.{5}(?=.)/g, '$&-')
  return spoken.test(text) ? text : undefined
}

export async function sealSpoken(bytes: Buffer, passphrase: string, cost: Cost): Promise<string> {
  const salt = randomBytes(32).toString('hex')
  const key = await deriveKey(salt, { name: '', passphrase }, cost)
  const check = seal(key, 'parley', checkOf(salt)).toString('base64')
  const sealed = seal(key, bytes, placeOf(salt)).toString('base64')
  key.fill(0)
  return JSON.stringify({ parley: 'hand-over-sealed', version: 1, salt, ...cost, check, sealed })
}

export async function openSpoken(text: string, typed: string, cost: Cost): Promise<Result<Buffer>> {
  const file = sealedFile.safeParse(parsed(text)).data
  // Whoever sends a file does not say for how long this Desk works at it.
  if (!file || file.memory !== cost.memory || file.passes !== cost.passes)
    return refuse({ code: 'desk/hand-over-unreadable', kind: 'invalid', field: 'file' })
  const { salt, check, sealed } = file
  const passphrase = parseSpoken(typed)
  if (passphrase === undefined) return wrongPassphrase
  const key = await deriveKey(salt, { name: '', passphrase }, cost)
  try {
    if (!unseal(key, Buffer.from(check, 'base64'), checkOf(salt))) return wrongPassphrase
    const bytes = unseal(key, Buffer.from(sealed, 'base64'), placeOf(salt))
    return bytes ? ok(bytes) : refuse({ code: 'desk/hand-over-tampered', kind: 'invalid', field: 'file' })
  } finally {
    key.fill(0)
  }
}

const wrongPassphrase = refuse({ code: 'desk/hand-over-passphrase', kind: 'invalid', field: 'passphrase' })

function placeOf(salt: string): string {
  return `parley hand-over ${salt}`
}

function checkOf(salt: string): string {
  return `parley hand-over check ${salt}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
