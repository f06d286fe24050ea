import { createHash } from 'node:crypto'
import { ok, type Result } from '@parley/kernel'
import { judgeMail, openMail, type OpenedMail, parseMail } from '@parley/mail'
import { type ReadMessage, readMessageParts } from '@parley/protocol'
import type { Decryption, Verification } from '@parley/protocol/openpgp'

/** What a mail says, as it goes from the thread that reads it to the Desk. All of it a stranger wrote. */
export interface Reading {
  /** Nothing where it names no sender, or several: programs disagree on which of them counts. */
  readonly from?: { readonly name: string; readonly address: string }
  readonly messageId?: string
  readonly references: readonly string[]
  readonly subject: string
  readonly text: string
  /** Whether the text goes on beyond what is kept of it beside the original. */
  readonly isCut: boolean
  readonly said: ReadMessage
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array; readonly sha256: string }[]
  readonly signature: { readonly kind: 'none' | 'bad-key' | 'broken' | 'unknown-key' } | SignedBy
  readonly encryption: 'none' | 'decrypted' | 'no-key' | 'not-for-us' | 'unreadable'
  /** Where no person wrote it, as far as can be told. */
  readonly machine?: 'delivery-report' | 'automatic'
}

interface SignedBy {
  readonly kind: 'good'
  readonly fingerprint: string
}

export interface Keys {
  /** When the mail came: a key must have been fit then. */
  readonly at: Date
  /** Public keys of the sender, as far as they are known here. */
  readonly known: readonly string[]
  /** The office's own key with its private half. */
  readonly own?: OwnKeyText | undefined
}

export interface OwnKeyText {
  readonly armored: string
  readonly passphrase?: string | undefined
}

/** Characters of a text that are kept beside the original. */
const longestText = 400_000
const longestPlainText = 200_000

/** Reads a mail: opened, decrypted and verified, recognised. `mail/unreadable` where it passes all measure. */
export async function readMail(raw: Uint8Array, keys: Keys): Promise<Result<Reading>> {
  const outer = openMail(raw)
  if (!outer.ok) return outer
  const unwrapped = await unwrap(raw, outer.value, keys)
  const inner = unwrapped.content ? openMail(unwrapped.content) : outer
  if (!inner.ok) return inner
  const { from, messageId, references, subject } = outer.value
  const said = readMessageParts(inner.value.parts)
  const machine = said.kind === 'plain' ? await judge(raw) : undefined
  const text = textOf(inner.value, unwrapped.encryption)
  const [sender, ...others] = from
  const longest = said.kind === 'parley' ? longestText : longestPlainText
  return ok({
    ...(sender && others.length === 0 && { from: sender }),
    ...(messageId !== undefined && { messageId }),
    references: [...references, ...(machine?.returned ?? [])],
    subject,
    text: text.slice(0, longest),
    isCut: text.length > longest,
    said,
    files: filesIn(inner.value),
    signature: unwrapped.signature,
    encryption: unwrapped.encryption,
    ...(machine && { machine: machine.kind }),
  })
}

interface Unwrapped extends Pick<Reading, 'signature' | 'encryption'> {
  readonly content?: Uint8Array
}

/** The library for keys is loaded only where a mail needs it. */
async function unwrap(raw: Uint8Array, { type }: OpenedMail, keys: Keys): Promise<Unwrapped> {
  if (type === 'multipart/encrypted') return decrypt(raw, keys)
  if (type !== 'multipart/signed') return { signature: { kind: 'none' }, encryption: 'none' }
  const { verifyMail } = await import('@parley/protocol/openpgp')
  const verified = await verifyMail(raw, keys.known, keys.at)
  return { ...concluded(verified), encryption: 'none' }
}

async function decrypt(raw: Uint8Array, { own, known, at }: Keys): Promise<Unwrapped> {
  const none = { kind: 'none' } as const
  if (!own) return { signature: none, encryption: 'no-key' }
  const { decryptMail, openOwnKey } = await import('@parley/protocol/openpgp')
  const key = await openOwnKey(own.armored, own.passphrase)
  if (!key.ok) return { signature: none, encryption: 'no-key' }
  const opened: Decryption = await decryptMail(raw, key.value, known, at)
  if (opened.kind === 'none') return { signature: none, encryption: 'unreadable' }
  if (opened.kind !== 'decrypted') return { signature: none, encryption: opened.kind }
  const { signature } = concluded(opened.signature)
  return { signature, encryption: 'decrypted', content: opened.content }
}

/** What was signed is what is shown: `content`, where the signature holds. */
function concluded(verified: Verification): Pick<Unwrapped, 'signature' | 'content'> {
  switch (verified.kind) {
    case 'good':
      return {
        signature: { kind: 'good', fingerprint: verified.fingerprint },
        content: verified.content,
      }
    case 'bad':
      return { signature: { kind: verified.why === 'altered' ? 'broken' : wrong(verified.why) } }
    default:
      return { signature: { kind: verified.kind } }
  }
}

function wrong(why: string): 'broken' | 'bad-key' {
  return why === 'malformed' ? 'broken' : 'bad-key'
}

function textOf({ text }: OpenedMail, encryption: Reading['encryption']): string {
  // Armor says nothing to anybody; the original is kept.
  return encryption === 'none' || encryption === 'decrypted' ? text : ''
}

async function judge(raw: Uint8Array) {
  const parsed = await parseMail(raw)
  if (!parsed.ok) return undefined
  const { kind } = judgeMail(parsed.value)
  const returned = parsed.value.returned?.messageId
  if (kind === 'report')
    return { kind: 'delivery-report', returned: returned === undefined ? [] : [returned] } as const
  return kind === 'automatic' ? ({ kind: 'automatic', returned: [] } as const) : undefined
}

function filesIn({ parts }: OpenedMail): Reading['files'] {
  return parts.flatMap(({ type, file }, at) => {
    if (!file || isMachinery(type)) return []
    const sha256 = createHash('sha256').update(file.bytes).digest('hex')
    return [{ name: file.name === '' ? `part-${at + 1}` : file.name, bytes: file.bytes, sha256 }]
  })
}

/** Parts that are no files of anybody: what programs alone read. */
function isMachinery(type: string): boolean {
  return (
    type === 'application/vnd.parley.message+json' ||
    type === 'application/pgp-signature' ||
    type === 'application/pgp-encrypted'
  )
}
