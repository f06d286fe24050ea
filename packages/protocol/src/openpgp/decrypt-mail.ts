import { decrypt, type Message, readMessage } from 'openpgp'
import { contentTypeOf, decodedBody, latin1, partsOf, splitEntity } from './mime.ts'
import { type OwnKey, privateHalf } from './own-key.ts'
import {
  concludeSignatures,
  keyRules,
  readKnown,
  soonAfter,
  type Verification,
  verifyMail,
} from './verify-mail.ts'

export type Decryption =
  /** Not encrypted as a whole with OpenPGP/MIME. */
  | { readonly kind: 'none' }
  /** `content` is a MIME entity; its signature lies within the encryption. */
  | { readonly kind: 'decrypted'; readonly content: Uint8Array; readonly signature: Verification }
  | { readonly kind: 'not-for-us' }
  /** Damaged, altered, without protection against alteration, or larger than anybody writes. */
  | { readonly kind: 'unreadable' }

/**
 * Decrypts a message (RFC 3156, 4) from its bytes as they came, and verifies what was signed within it, in one
 * (6.2) or one inside the other (6.1). A signature does not say to whom: whoever got it could encrypt it to us.
 * Never throws on what a stranger wrote.
 */
export async function decryptMail(
  raw: Uint8Array,
  own: OwnKey,
  keys: readonly string[],
  at: Date,
): Promise<Decryption> {
  const outer = splitEntity(raw)
  const { type, parameters } = contentTypeOf(outer)
  const protocol = parameters.get('protocol')?.toLowerCase() ?? controlType
  if (type !== 'multipart/encrypted' || protocol !== controlType) return { kind: 'none' }
  const [control, encrypted, ...more] = partsOf(outer.body, parameters.get('boundary') ?? '') ?? []
  // Two parts and no more: what stood beside the encrypted one would be shown as if it were part of it.
  if (!control || !encrypted || more.length > 0) return { kind: 'unreadable' }
  if (contentTypeOf(splitEntity(control)).type !== controlType) return { kind: 'unreadable' }
  const body = decodedBody(splitEntity(encrypted))
  const message = body && (await readMessage({ armoredMessage: latin1(body) }).catch(() => undefined))
  if (!message) return { kind: 'unreadable' }
  if (!isFor(message, own)) return { kind: 'not-for-us' }
  const known = await readKnown(keys)
  try {
    const { data: content, signatures } = await decrypt({
      message,
      decryptionKeys: privateHalf(own),
      verificationKeys: [...known],
      date: soonAfter(at),
      format: 'binary',
      config: { ...keyRules, maxDecompressedMessageSize: largestContent },
    })
    const signature = await concludeSignatures(signatures, { known, at, content })
    return {
      kind: 'decrypted',
      content,
      signature: signature.kind === 'none' ? await verifyMail(content, keys, at) : signature,
    }
  } catch {
    return { kind: 'unreadable' }
  }
}

function isFor(message: Message<string>, own: OwnKey): boolean {
  const ids = message.getEncryptionKeyIDs().map((id) => id.toHex())
  const ours = new Set(
    privateHalf(own)
      .getKeyIDs()
      .map((id) => id.toHex()),
  )
  return ids.some((id) => ours.has(id) || id === anybody)
}

const controlType = 'application/pgp-encrypted'

/** The id that hides for whom a message is (RFC 9580, 5.1). */
const anybody = '0'.repeat(16)

/** A few megabytes of armor can be compressed from as many gigabytes. */
const largestContent = 64 * 1024 * 1024
