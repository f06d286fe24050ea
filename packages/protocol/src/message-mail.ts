import { canonical } from '@parley/kernel'
import type { FileContent } from './attachments.ts'
import type { Message } from './message.ts'
import { messageSubject, messageText } from './message-text.ts'
import { checkMessageId, encodeMailbox, encodePart, encodeText, foldWords, type MimePart } from './mime.ts'

/** The type of the part for programs, as calendars have theirs (RFC 6047). */
export const machineType = 'application/vnd.parley.message+json'

export interface MailAddressing {
  readonly from: { readonly name?: string; readonly address: string }
  readonly to: { readonly name?: string; readonly address: string }
  /** `<…@…>`, as every id here. */
  readonly messageId: string
  readonly inReplyTo?: string
  readonly references?: readonly string[]
  /** Those that the message lists, in its order. */
  readonly attachments: readonly FileContent[]
}

/**
 * The bytes of a message's e-mail: the text first, which any mail program shows in full, then the part for programs,
 * then the files. An address or id that cannot stand in a header, and files other than those listed, are a fault
 * (TypeError). Signing and encrypting take these bytes from the first Content-Type on.
 */
export function messageMail(message: Message, addressing: MailAddressing): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(
    mailHeaders(message, addressing) + messageEntity(message, addressing.attachments),
  )
}

/** The headers that stay in the clear when the rest is encrypted: nothing of them speaks of the incident. */
export function mailHeaders(message: Message, addressing: Omit<MailAddressing, 'attachments'>): string {
  const { from, to, messageId, inReplyTo, references = [] } = addressing
  const referred =
    inReplyTo === undefined || references.includes(inReplyTo) ? references : [...references, inReplyTo]
  return [
    foldWords('From', encodeMailbox(from)),
    foldWords('To', encodeMailbox(to)),
    foldWords('Message-ID', [checkMessageId(messageId)]),
    ...(inReplyTo === undefined ? [] : [foldWords('In-Reply-To', [checkMessageId(inReplyTo)])]),
    ...(referred.length === 0 ? [] : [foldWords('References', referred.map(checkMessageId))]),
    `Date: ${new Date(message.writtenAt).toUTCString().replace('GMT', '+0000')}\r\n`,
    foldWords('Subject', encodeText(messageSubject(message))),
    `Content-Language: ${message.languages.join(', ')}\r\n`,
    'MIME-Version: 1.0\r\n',
  ].join('')
}

/** Text, part for programs and files as one MIME entity, from its Content-Type on. */
export function messageEntity(message: Message, files: readonly FileContent[]): string {
  const isListed = message.attachments.every(
    ({ name, size }, place) => files[place]?.name === name && files[place].bytes.byteLength === size,
  )
  if (!isListed || files.length !== message.attachments.length)
    throw new TypeError('the files are not those that the message lists')
  const encoder = new TextEncoder()
  const parts: readonly MimePart[] = [
    { type: 'text/plain; charset=utf-8', bytes: encoder.encode(messageText(message)) },
    {
      type: machineType,
      name: `${message.reference}.parley.json`,
      bytes: encoder.encode(machinePart(message)),
    },
    ...files.map(({ name, bytes }) => ({ type: typeOf(name), name, bytes })),
  ]
  // RFC 2045, 6.7: this stands in nothing that is encoded, nor in a message within the message.
  const boundary = `=_parley_${message.id}`
  return [
    `Content-Type: multipart/mixed;\r\n boundary="${boundary}"\r\n\r\n`,
    ...parts.map((part) => `--${boundary}\r\n${encodePart(part)}\r\n`),
    `--${boundary}--\r\n`,
  ].join('')
}

/** The part for programs: the canonical form (RFC 8785), so that it is the same for the same message. */
export function machinePart(message: Message): string {
  const { values, attachments, languages, from, to, ...rest } = message
  return canonical({
    ...rest,
    languages: [...languages],
    from: { ...from },
    to: { ...to },
    values: { ...values },
    attachments: attachments.map((each) => ({ ...each })),
  })
}

/** By its name alone: nothing looks into a file. */
function typeOf(name: string): string {
  if (/\.csv$/i.test(name)) return 'text/csv; charset=utf-8'
  return /\.stix(?:2|21)?(?:\.json)?$/i.test(name)
    ? 'application/stix+json; version=2.1'
    : 'application/octet-stream'
}
