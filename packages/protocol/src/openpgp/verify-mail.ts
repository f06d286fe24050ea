import {
  config,
  createMessage,
  type Key,
  type PartialConfig,
  readKeys,
  readSignature,
  type Signature,
  verify,
} from 'openpgp'
import { contentTypeOf, decodedBody, latin1, partsOf, splitEntity, withCanonicalLines } from './mime.ts'

/** What the signature of a message proves. Header fields of the message itself are never signed. */
export type Verification =
  /** No OpenPGP signature over the whole of it. */
  | { readonly kind: 'none' }
  /** Every byte of `content` (a MIME entity) is as the holder of this key signed it. */
  | {
      readonly kind: 'good'
      /** Of the primary key; hexadecimal capitals. */
      readonly fingerprint: string
      readonly signedAt: Date
      readonly content: Uint8Array
    }
  /** Signed by keys that we were not given; ids in hexadecimal capitals. */
  | { readonly kind: 'unknown-key'; readonly keyIds: readonly string[] }
  | { readonly kind: 'bad'; readonly why: BadSignature }

export type BadSignature = 'altered' | 'key-expired' | 'key-revoked' | 'key-unfit' | 'malformed'

/** A weak key is its owner's choice, and told where it is kept; a weak hash is nobody's. */
export const keyRules: PartialConfig = {
  minRSABits: 0,
  rejectPublicKeyAlgorithms: new Set<never>(),
}

/**
 * Verifies a message (RFC 3156, 5) from its bytes as they came, with CRLF or LF at the end of lines, against public
 * keys (OpenPGP armor) that may have signed it. The key must have been fit when it signed and still be at `at`, when
 * the message came. `micalg` is a hint for readers, which nothing protects: it is not looked at. Never throws on what
 * a stranger wrote.
 */
export async function verifyMail(raw: Uint8Array, keys: readonly string[], at: Date): Promise<Verification> {
  const message = splitEntity(raw)
  const { type, parameters } = contentTypeOf(message)
  const protocol = parameters.get('protocol')?.toLowerCase() ?? signatureType
  if (type !== 'multipart/signed' || protocol !== signatureType) return { kind: 'none' }
  const [content, last, ...more] = partsOf(message.body, parameters.get('boundary') ?? '') ?? []
  const signature = last && more.length === 0 ? await readDetached(last) : undefined
  if (!content || !signature) return { kind: 'bad', why: 'malformed' }
  const signed = withCanonicalLines(content)
  const known = await readKnown(keys)
  const { signatures } = await verify({
    message: await createMessage({ binary: signed }),
    signature,
    verificationKeys: [...known],
    date: soonAfter(at),
    format: 'binary',
    config: keyRules,
  })
  return concludeSignatures(signatures, { known, at, content: signed })
}

/** What an OpenPGP library found, to conclude from. */
interface Found {
  readonly keyID: { toHex(): string }
  readonly verified: Promise<true>
  readonly signature: Promise<Signature>
}

interface Against {
  readonly known: readonly Key[]
  readonly at: Date
  readonly content: Uint8Array
}

/** One good signature is enough: others may be of keys that we do not know. */
export async function concludeSignatures(found: readonly Found[], against: Against): Promise<Verification> {
  const concluded: Verification[] = []
  for (const one of found.slice(0, mostSignatures)) concluded.push(await conclude(one, against))
  const keyIds = concluded.flatMap((one) => (one.kind === 'unknown-key' ? one.keyIds : []))
  return (
    concluded.find(({ kind }) => kind === 'good') ??
    concluded.find(({ kind }) => kind === 'bad') ??
    (keyIds.length > 0 ? { kind: 'unknown-key', keyIds } : { kind: 'none' })
  )
}

async function conclude(found: Found, { known, at, content }: Against): Promise<Verification> {
  const keyId = found.keyID.toHex()
  const key = known.find((each) => each.getKeyIDs().some((id) => id.toHex() === keyId))
  if (!key) return { kind: 'unknown-key', keyIds: [keyId.toUpperCase()] }
  const signedAt = (await found.signature.catch(() => undefined))?.packets[0]?.created
  if (!signedAt) return { kind: 'bad', why: 'malformed' }
  const why = (await unfitBecause(key, keyId, signedAt)) ?? (await unfitBecause(key, keyId, at))
  if (why) return { kind: 'bad', why }
  const holds = await found.verified.then(
    () => true,
    () => false,
  )
  if (!holds) return { kind: 'bad', why: 'altered' }
  return { kind: 'good', fingerprint: key.getFingerprint().toUpperCase(), signedAt, content }
}

/** Why the key, or the subkey that signed, was of no use at that time. */
async function unfitBecause(key: Key, keyId: string, at: Date): Promise<BadSignature | undefined> {
  const subkey = key.subkeys.find((each) => each.getKeyID().toHex() === keyId)
  const signer = (subkey ?? key).getKeyID()
  const isFit = await key.getSigningKey(signer, at, undefined, rules).then(
    () => true,
    () => false,
  )
  if (isFit) return undefined
  const isRevoked = await key.isRevoked(undefined, undefined, at, rules).catch(() => false)
  if (isRevoked || (subkey && subkey.revocationSignatures.length > 0)) return 'key-revoked'
  const ends = [
    await key.getExpirationTime(undefined, rules).catch(() => null),
    await subkey?.getExpirationTime(undefined, rules).catch(() => null),
  ]
  return ends.some((end) => end instanceof Date && end <= at) ? 'key-expired' : 'key-unfit'
}

const rules = { ...config, ...keyRules }
const signatureType = 'application/pgp-signature'

// A signature with everything that programs add to it takes a kilobyte or two.
const largestSignature = 64 * 1024
const mostSignatures = 10

async function readDetached(raw: Uint8Array): Promise<Signature | undefined> {
  const part = splitEntity(raw)
  if (contentTypeOf(part).type !== signatureType || part.body.length > largestSignature) return undefined
  const decoded = decodedBody(part)
  if (!decoded) return undefined
  const signature = await readSignature({ armoredSignature: latin1(decoded) }).catch(() => undefined)
  return signature && signature.packets.length > 0 ? signature : undefined
}

export async function readKnown(keys: readonly string[]): Promise<readonly Key[]> {
  const read = keys.map((armored) => readKeys({ armoredKeys: armored, config: keyRules }).catch(() => []))
  return (await Promise.all(read)).flat()
}

/** Clocks of two offices differ by minutes. */
export function soonAfter(at: Date): Date {
  return new Date(at.getTime() + 10 * 60_000)
}
