import MailComposer from 'nodemailer/lib/mail-composer'

/** One message to one address. */
export interface OutgoingMail {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly replyTo?: string
  /** Envelope sender: where notices about this one message come back to (VERP). */
  readonly returnPath: string
  /** `<…@…>` */
  readonly messageId: string
  readonly inReplyTo?: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** Content-Language (BCP 47). */
  readonly language: string
  /** Date header. */
  readonly at: Date
  /** Further headers, `Auto-Submitted` among them: this package adds none of its own. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * The bytes of the message as they are sent (RFC 5322, plain text before HTML). Line breaks in a name or a
 * subject become spaces; an address, id or header name that cannot stand in a header is a fault (TypeError).
 */
export async function composeMail(mail: OutgoingMail): Promise<Uint8Array> {
  const composer = new MailComposer({
    from: mailbox(mail.from),
    to: mailbox({ name: '', address: mail.to }),
    ...(mail.replyTo === undefined ? {} : { replyTo: mailbox({ name: '', address: mail.replyTo }) }),
    ...(mail.inReplyTo === undefined
      ? {}
      : { inReplyTo: messageId(mail.inReplyTo), references: messageId(mail.inReplyTo) }),
    messageId: messageId(mail.messageId),
    subject: oneLine(mail.subject),
    date: mail.at,
    text: mail.text,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    headers: furtherHeaders(mail),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

/** Whether `address` can stand in an envelope and in a header as it is: no space, bracket or control character. */
export function isPlainAddress(address: string): boolean {
  return address.length <= 320 && plainAddress.test(address)
}

/** `text` without line breaks and other control characters, so that it cannot begin another header. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

const plainAddress = /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()\\,;"@]+$/u
const plainMessageId = /^<[^\s\p{Cc}<>@]+@[^\s\p{Cc}<>@]+>$/u
const headerName = /^[A-Za-z][A-Za-z0-9-]*$/

function mailbox(of: { readonly name: string; readonly address: string }) {
  if (!isPlainAddress(of.address)) throw new TypeError('not an address that can stand in a header')
  return { name: oneLine(of.name), address: of.address }
}

function messageId(id: string): string {
  if (!plainMessageId.test(id)) throw new TypeError('not a Message-ID')
  return id
}

function furtherHeaders(mail: OutgoingMail): Record<string, string> {
  const headers: Record<string, string> = { 'Content-Language': oneLine(mail.language) }
  for (const [name, value] of Object.entries(mail.headers ?? {})) {
    if (!headerName.test(name)) throw new TypeError('not a header name')
    headers[name] = oneLine(value)
  }
  return headers
}
