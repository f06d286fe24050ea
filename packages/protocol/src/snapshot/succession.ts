import type { Succession } from './snapshot.ts'

const signatureLength = 64
const algorithm = { name: 'Ed25519' } as const

/** What the old key signs of the new one: five lines of text, so that anybody can check it with a common tool. */
export function successionText(community: string, { key, after, at }: Omit<Succession, 'signature'>): string {
  return `parley snapshot key\ncommunity ${community}\nkey ${key}\nafter ${after}\nat ${at}\n`
}

/** SHA-256 of the raw public key, 64 hex digits: what is compared with the Mission's letter. */
export async function keyFingerprint(publicKey: string): Promise<string> {
  return hexOf(await crypto.subtle.digest('SHA-256', bytesOfHex(publicKey)))
}

/** A fingerprint as a person typed it off a letter: spaces and capitals do not matter. */
export function parseFingerprint(typed: string): string | undefined {
  const digits = typed.replace(/[\s:]/g, '').toLowerCase()
  return /^[0-9a-f]{64}$/.test(digits) ? digits : undefined
}

export interface SigningKey {
  readonly publicKey: string
  readonly fingerprint: string
}

/**
 * The current key and those before it, newest first, as far as each was signed by the one before. A succession whose
 * signature does not hold ends the line: what stands before it proves nothing.
 */
export async function lineOfKeys(
  community: string,
  current: string,
  successions: readonly Succession[],
): Promise<readonly SigningKey[]> {
  const line: SigningKey[] = []
  const seen = new Set<string>()
  let key: string | undefined = current
  while (key !== undefined && !seen.has(key)) {
    seen.add(key)
    line.push({ publicKey: key, fingerprint: await keyFingerprint(key) })
    key = await keyBefore(community, key, successions)
  }
  return line
}

async function keyBefore(
  community: string,
  key: string,
  successions: readonly Succession[],
): Promise<string | undefined> {
  for (const succession of successions) {
    if (succession.key !== key) continue
    const text = new TextEncoder().encode(successionText(community, succession))
    if (await isSignedBy(succession.after, bytesOfBase64(succession.signature), text)) return succession.after
  }
  return undefined
}

/** Whether the holder of a raw Ed25519 public key (hex) signed these bytes. */
export async function isSignedBy(
  publicKey: string,
  signature: Uint8Array<ArrayBuffer>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  if (signature.length !== signatureLength) return false
  try {
    const key = await crypto.subtle.importKey('raw', bytesOfHex(publicKey), algorithm, false, ['verify'])
    return await crypto.subtle.verify(algorithm, key, signature, bytes)
  } catch (fault) {
    // Bytes that are no key of the curve.
    if (fault instanceof DOMException) return false
    throw fault
  }
}

export function hexOf(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
