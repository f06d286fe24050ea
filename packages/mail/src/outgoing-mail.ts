import { domainToASCII } from 'node:url'
import * as base64 from 'nodemailer/lib/base64'
import * as words from 'nodemailer/lib/mime-funcs'
import * as quotedPrintable from 'nodemailer/lib/qp'

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
  /** Puts the content (a MIME entity with its own header fields) into another one: a signed or encrypted one. */
  readonly wrap?: (entity: Uint8Array) => Promise<Uint8Array>
}

/**
 * The bytes of the message as they are sent (RFC 5322, plain text before HTML). Line breaks in a name or a
 * subject become spaces; an address, id or header name that cannot stand in a header is a fault (TypeError).
 */
export async function composeMail(mail: OutgoingMail): Promise<Uint8Array> {
  const headers = [
    line('From', mailbox(mail.from)),
    line('To', mailbox({ name: '', address: mail.to })),
    ...(mail.replyTo === undefined ? [] : [line('Reply-To', mailbox({ name: '', address: mail.replyTo }))]),
    ...(mail.inReplyTo === undefined
      ? []
      : ['In-Reply-To', 'References'].map((name) => line(name, messageId(mail.inReplyTo ?? '')))),
    line('Message-ID', messageId(mail.messageId)),
    line('Date', mail.at.toUTCString().replace('GMT', '+0000')),
    line('Subject', unstructured(mail.subject)),
    ...furtherHeaders(mail),
    line('MIME-Version', '1.0'),
  ]
  const text = part('text/plain', mail.text)
  const body =
    mail.html === undefined
      ? text
      : [
          `Content-Type: multipart/alternative; boundary="${boundary}"\r\n`,
          text,
          `${part('text/html', mail.html)}\r\n--${boundary}--\r\n`,
        ].join(`\r\n--${boundary}\r\n`)
  if (!mail.wrap) return Buffer.from(headers.join('') + body)
  return Buffer.concat([Buffer.from(headers.join('')), await mail.wrap(Buffer.from(body))])
}

/** Whether `address` can stand in an envelope and in a header as it is: no space, bracket or control character. */
export function isPlainAddress(address: string): boolean {
  return address.length <= 320 && plainAddress.test(address)
}

/** The address with its domain as old mail servers read it, unless its local part asks for new ones anyway. */
export function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const domain = address.slice(at + 1)
  if (plainDomain.test(domain)) return address
  return /^[\x21-\x7e]*$/.test(local) ? `${local}@${domainToASCII(domain) || domain}` : address
}

/** `text` without line breaks and other control characters, so that it cannot begin another header. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

/** Already as it would be written; a last label of digits alone would be read as a number. */
const plainDomain = /^(?:(?!xn--)[a-z0-9-]+\.)+(?!xn--)[a-z]+$/
const plainAddress = /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()\\,;"@]+$/u
const plainMessageId = /^<[^\s\p{Cc}<>@]+@[^\s\p{Cc}<>@]+>$/u
const headerName = /^[A-Za-z][A-Za-z0-9-]*$/

// RFC 2045, 6.7: this can stand in no body that is written in base64 or quoted-printable.
const boundary = '=_parley'

function part(type: string, text: string): string {
  const lines = text.split(/\r\n?|\n/)
  const whole = lines.join('\r\n')
  // Quoted-printable stays readable where most letters are Latin; elsewhere base64 is shorter.
  const isMostlyLatin = Buffer.byteLength(whole) < whole.length * 1.2
  const [encoding, encoded] = isMostlyLatin
    ? ['quoted-printable', lines.map(quotedPrintableLine).join('\r\n')]
    : ['base64', base64.wrap(base64.encode(whole))]
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${encoded}`
}

/** Many messages are alike but for a few lines, and to encode them takes longest: so a line is encoded once. */
function quotedPrintableLine(line: string): string {
  const known = encodedLines.get(line)
  if (known !== undefined) return known
  const encoded = quotedPrintable.wrap(withoutFrom(quotedPrintable.encode(line)))
  if (encodedLines.size >= mostLines) encodedLines.clear()
  encodedLines.set(line, encoded)
  return encoded
}

const encodedLines = new Map<string, string>()
const mostLines = 1_000

/** Mailboxes part their messages at lines that begin so, and change them; a signature would be broken by it. */
function withoutFrom(encoded: string): string {
  return encoded.replaceAll('From ', '=46rom ')
}

function line(name: string, value: string): string {
  return `${words.foldLines(`${name}: ${value}`, 76)}\r\n`
}

function mailbox(of: { readonly name: string; readonly address: string }): string {
  if (!isPlainAddress(of.address)) throw new TypeError('not an address that can stand in a header')
  const name = oneLine(of.name)
  const written = /^[\x20-\x7e]*$/.test(name) ? words.quoteString(name) : encodedWords(name)
  const address = withAsciiDomain(of.address)
  return name === '' ? address : `${written} <${address}>`
}

/** RFC 2047: as it is where that is safe, encoded words where it is not. */
function unstructured(text: string): string {
  const value = oneLine(text)
  return /^[\x20-\x7e]*$/.test(value) && !value.includes('=?') ? value : encodedWords(value)
}

function encodedWords(text: string): string {
  return words.encodeWord(text, Buffer.byteLength(text) < text.length * 1.5 ? 'Q' : 'B', 52)
}

function messageId(id: string): string {
  if (!plainMessageId.test(id)) throw new TypeError('not a Message-ID')
  return id
}

function furtherHeaders(mail: OutgoingMail): readonly string[] {
  const headers = Object.entries(mail.headers ?? {}).map(([name, value]) => {
    if (!headerName.test(name)) throw new TypeError('not a header name')
    return line(name, unstructured(value))
  })
  return [line('Content-Language', unstructured(mail.language)), ...headers]
}
