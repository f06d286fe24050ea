import { ok, type Result } from '@parley/kernel'
import { config, createMessage, encrypt, enums, type Key, type Message } from 'openpgp'
import { boundaryFor, joinBytes, withCanonicalLines } from './mime.ts'
import { type OwnKey, privateHalf } from './own-key.ts'
import { keyRules, readKnown } from './verify-mail.ts'

export interface Encrypting {
  /** Public keys (OpenPGP armor) of everybody who is to read it, ourselves among them. */
  readonly to: readonly string[]
  /** Who signs what is encrypted. */
  readonly by?: OwnKey
  readonly at: Date
}

export type EncryptionRefusal =
  | { readonly why: 'no-key' }
  /** A key that is no key, or that nothing can be encrypted to: expired, revoked, for signing alone. */
  | { readonly why: 'key-unfit'; readonly position: number }

/**
 * A MIME entity as `multipart/encrypted` (RFC 3156, 4 and 6.2): signed and encrypted in one. It names no reader
 * beside the ids of keys; the header fields of the message around it stay readable to everybody.
 */
export async function encryptEntity(
  entity: Uint8Array,
  encrypting: Encrypting,
): Promise<Result<Uint8Array, EncryptionRefusal>> {
  const encrypted = await encryptFor(await createMessage({ binary: withCanonicalLines(entity) }), encrypting)
  if (!encrypted.ok) return encrypted
  const content = withCanonicalLines(joinBytes(encrypted.value.trim()))
  const boundary = boundaryFor(content, 'encrypted')
  return ok(
    joinBytes(
      `Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";\r\n`,
      ` boundary="${boundary}"\r\n\r\n`,
      `--${boundary}\r\n`,
      'Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n',
      `\r\n--${boundary}\r\n`,
      'Content-Type: application/octet-stream; name="encrypted.asc"\r\n',
      'Content-Disposition: inline; filename="encrypted.asc"\r\n\r\n',
      content,
      `\r\n--${boundary}--\r\n`,
    ),
  )
}

/** A text as a block of armor, to be pasted where no e-mail is made of it. */
export async function encryptText(
  text: string,
  encrypting: Encrypting,
): Promise<Result<string, EncryptionRefusal>> {
  return encryptFor(await createMessage({ text }), encrypting)
}

async function encryptFor(
  message: Message<string | Uint8Array>,
  { to, by, at }: Encrypting,
): Promise<Result<string, EncryptionRefusal>> {
  if (to.length === 0) return { ok: false, refusal: { why: 'no-key' } }
  const keys: Key[] = []
  for (const [position, armored] of to.entries()) {
    const [key, ...more] = await readKnown([armored])
    if (!key || more.length > 0 || !(await mayBeWrittenTo(key, at)))
      return { ok: false, refusal: { why: 'key-unfit', position } }
    keys.push(key)
  }
  const armored = await encrypt({
    message,
    encryptionKeys: keys,
    ...(by ? { signingKeys: privateHalf(by) } : {}),
    date: at,
    // What is compressed before it is encrypted tells by its length what it says.
    config: { ...keyRules, preferredCompressionAlgorithm: enums.compression.uncompressed },
  })
  return ok(armored)
}

function mayBeWrittenTo(key: Key, at: Date): Promise<boolean> {
  return key.getEncryptionKey(undefined, at, undefined, { ...config, ...keyRules }).then(
    () => true,
    () => false,
  )
}
