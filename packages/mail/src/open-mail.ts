import { ok, refuse, type Result } from '@parley/kernel'
import { addressParser, decodeWords } from 'postal-mime'
import { htmlToText } from './html-text.ts'
import type { MailAddress } from './received-mail.ts'
import { allIds, firstId } from './read-reports.ts'
import {
  BeyondMeasure,
  decodeBody,
  fieldsNamed,
  type MimeEntity,
  readValue,
  splitEntity,
  splitParts,
} from './split-mime.ts'

/** A mail opened whole, for a person to read: every part of it, whatever its size. All of it a stranger wrote. */
export interface OpenedMail {
  readonly from: readonly MailAddress[]
  /** With its angle brackets, as every id here. */
  readonly messageId?: string
  /** In-Reply-To first, then References from the last to the first. */
  readonly references: readonly string[]
  readonly subject: string
  readonly sentAt?: Date
  /** Of the whole: `multipart/signed`. */
  readonly type: string
  /** What a person reads, in lines ended by LF, without control characters; made from HTML where there is no other. */
  readonly text: string
  /** Every part that is no multipart, in its order. */
  readonly parts: readonly OpenedPart[]
}

export interface OpenedPart {
  /** Lower case, without parameters. */
  readonly type: string
  /** What the part says; of text in another character set than UTF-8, its text. */
  readonly content: Buffer | string
  /** A file that came with the mail, under its name. */
  readonly file?: { readonly name: string; readonly bytes: Buffer }
}

const deepest = 20

/**
 * Opens a mail from its bytes as they came. Linear in their number: an attachment of 20 MB takes a moment.
 * `mail/unreadable` where nesting, headers or the number of parts pass all measure; never throws on what a stranger
 * wrote. Fetches nothing and runs nothing.
 */
export function openMail(raw: Uint8Array): Result<OpenedMail> {
  const whole = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  try {
    const entity = splitEntity(whole)
    const parts: OpenedPart[] = []
    const text = cleanText(walk(entity, parts, 0))
    return ok({ ...readHead(entity), text, parts })
  } catch (fault) {
    if (fault instanceof BeyondMeasure) return refuse({ code: 'mail/unreadable', kind: 'invalid' })
    throw fault
  }
}

function readHead(entity: MimeEntity): Omit<OpenedMail, 'text' | 'parts'> {
  const first = (name: string) => fieldsNamed(entity, name)[0] ?? ''
  const messageId = firstId(first('message-id'))
  const date = Date.parse(first('date'))
  const references = [
    ...fieldsNamed(entity, 'in-reply-to').flatMap(allIds),
    ...fieldsNamed(entity, 'references').flatMap(allIds).toReversed(),
  ]
  return {
    from: fieldsNamed(entity, 'from').flatMap(readAddresses),
    ...(messageId !== undefined && { messageId }),
    references: [...new Set(references)].slice(0, 100),
    subject: oneLine(decodeWords(first('subject').slice(0, 10_000))).slice(0, 1_000),
    ...(!Number.isNaN(date) && { sentAt: new Date(date) }),
    type: readValue(first('content-type')).value || 'text/plain',
  }
}

/** Puts the parts of an entity behind those before it; gives back the text that a person reads of it. */
function walk(entity: MimeEntity, parts: OpenedPart[], depth: number): string {
  if (depth > deepest) throw new BeyondMeasure()
  const type = readValue(fieldsNamed(entity, 'content-type')[0] ?? '')
  if (!type.value.startsWith('multipart/')) return leaf(entity, type, parts)
  const children = splitParts(entity.body, type.parameters.get('boundary') ?? '').map(splitEntity)
  // What says that it has parts and has none is read as it stands.
  if (children.length === 0) return leaf(entity, { value: 'text/plain', parameters: new Map() }, parts)
  const texts = children.map((child) => walk(child, parts, depth + 1))
  if (parts.length > mostParts) throw new BeyondMeasure()
  if (type.value !== 'multipart/alternative') return texts.filter((text) => text.trim() !== '').join('\n\n')
  // The plain one is what the writer's program offers to readers like this; of several, the first that says something.
  const plain = children.findIndex((child, at) => isPlain(child) && texts[at]?.trim() !== '')
  return texts[plain] ?? texts.find((text) => text.trim() !== '') ?? ''
}

const mostParts = 500

function leaf(entity: MimeEntity, { value, parameters }: ReturnType<typeof readValue>, parts: OpenedPart[]) {
  const type = value || 'text/plain'
  const disposition = readValue(fieldsNamed(entity, 'content-disposition')[0] ?? '')
  const name = nameIn(disposition.parameters, 'filename') ?? nameIn(parameters, 'name')
  const bytes = decodeBody(fieldsNamed(entity, 'content-transfer-encoding')[0] ?? '', entity.body)
  const isText = (type === 'text/plain' || type === 'text/html') && disposition.value !== 'attachment'
  if (!isText || name !== undefined) {
    parts.push({ type, content: bytes, file: { name: name ?? '', bytes } })
    return ''
  }
  const charset = (parameters.get('charset') ?? '').toLowerCase()
  const text = decodeText(bytes, charset)
  parts.push({ type, content: charset === '' || charset === 'utf-8' ? bytes : text })
  return type === 'text/html' ? htmlToText(text) : text
}

function isPlain(entity: MimeEntity): boolean {
  return readValue(fieldsNamed(entity, 'content-type')[0] ?? 'text/plain').value === 'text/plain'
}

/** RFC 2231, in pieces or with a character set; else as it stands, with the encoded words that some write there. */
function nameIn(parameters: ReadonlyMap<string, string>, name: string): string | undefined {
  const pieces: { readonly text: string; readonly isEncoded: boolean }[] = []
  for (let at = 0; at < 100; at += 1) {
    const encoded = parameters.get(`${name}*${at}*`) ?? (at === 0 ? parameters.get(`${name}*`) : undefined)
    const text = encoded ?? parameters.get(`${name}*${at}`)
    if (text === undefined) break
    pieces.push({ text, isEncoded: encoded !== undefined })
  }
  const [, charset = '', start] = /^([^']*)'[^']*'(.*)$/s.exec(pieces[0]?.text ?? '') ?? []
  const bytes = pieces.map(({ text, isEncoded }, at) => {
    const piece = at === 0 && isEncoded ? (start ?? text) : text
    return isEncoded ? unescapePercent(piece) : Buffer.from(piece)
  })
  const long = decodeText(Buffer.concat(bytes), charset.toLowerCase())
  const found = pieces.length > 0 ? long : parameters.get(name)
  return found === undefined ? undefined : oneLine(decodeWords(found)).slice(0, 300)
}

function unescapePercent(text: string): Buffer {
  const plain = text.replace(/%([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(plain, 'latin1')
}

/** In the character set that it names; where that is none or wrong, as UTF-8, else as western Europe wrote before. */
function decodeText(bytes: Buffer, charset: string): string {
  for (const each of [charset, 'utf-8', 'windows-1252']) {
    if (each === '') continue
    try {
      return new TextDecoder(each, { fatal: each !== 'windows-1252' }).decode(bytes)
    } catch {
      // the next one
    }
  }
  return bytes.toString('latin1')
}

function readAddresses(value: string): readonly MailAddress[] {
  return addressParser(value.slice(0, 10_000), { flatten: true })
    .slice(0, 100)
    .flatMap(({ name, address }) =>
      address?.includes('@') ? [{ name: oneLine(name), address: oneLine(address).toLowerCase() }] : [],
    )
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .toWellFormed()
    .trim()
}

function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .toWellFormed()
}
