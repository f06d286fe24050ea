import { ok, refuse, type Result } from '@parley/kernel'
import { addressParser, type Attachment, type Email } from 'postal-mime'
import { htmlToText } from './html-text.ts'
import { readWordedBounce } from './known-bounces.ts'
import { isFromMailSystem } from './mail-system.ts'
import { isMark } from './marks.ts'
import { ownTextOf } from './own-text.ts'
import { parseMime } from './parse-mime.ts'
import { allIds, firstId, readDeliveryStatus, readReturned } from './read-reports.ts'
import type { DeliveryReport, MailAddress, ReceivedMail, ReturnedMail } from './received-mail.ts'

/** Bytes. A larger mail is not read by a program. */
export const largestMail = 1024 * 1024

/**
 * Reads a mail as it came over the wire. Never throws on what a stranger wrote: `mail/too-large` over 1 MiB,
 * `mail/unreadable` where nesting, headers or the number of lines pass all measure.
 */
export async function parseMail(raw: Uint8Array): Promise<Result<ReceivedMail>> {
  if (raw.byteLength > largestMail) return refuse({ code: 'mail/too-large', kind: 'invalid' })
  const email = await parseMime(raw)
  return email === undefined
    ? refuse({ code: 'mail/unreadable', kind: 'invalid' })
    : ok(await readEmail(email, raw))
}

async function readEmail(email: Email, raw: Uint8Array): Promise<ReceivedMail> {
  const values = (key: string) =>
    email.headers.filter((header) => header.key === key).map(({ value }) => value)
  const first = (key: string) => values(key)[0]?.trim()
  const addresses = (...keys: string[]) => keys.flatMap(values).flatMap(readAddresses)
  const text = textOf(email)
  const contentType = (first('content-type') ?? 'text/plain').toLowerCase().replace(/\s+/g, ' ')
  const returnPath = first('return-path')
    ?.replace(/[<>\s]/g, '')
    .toLowerCase()
  const envelope = returnPath === undefined ? {} : { returnPath }
  const marks = new Map(
    email.headers.filter(({ key }) => isMark(key)).map(({ key, value }) => [key, value.trim().slice(0, 500)]),
  )
  const from = addresses('from')
  const messageId = firstId(first('message-id') ?? '')
  const language = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*/i.exec(first('content-language') ?? '')?.[0]
  const sentAt = readDate(email.date)
  return {
    from,
    replyTo: addresses('reply-to'),
    ...(messageId === undefined ? {} : { messageId }),
    inReplyTo: values('in-reply-to').flatMap(allIds),
    references: values('references').flatMap(allIds),
    recipients: [
      ...new Set(
        addresses('x-original-to', 'delivered-to', 'envelope-to', 'to', 'cc').map(({ address }) => address),
      ),
    ],
    ...envelope,
    subject: cleanText(email.subject ?? '').slice(0, 1_000),
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(language === undefined ? {} : { language }),
    marks,
    contentType,
    parts: [...partsOf(email), ...reactionsIn(raw)],
    text,
    ownText: ownTextOf(text),
    ...(await readReport(email, { contentType, ...envelope, from, text, marks })),
  }
}

function partsOf(email: Email): ReceivedMail['parts'] {
  return email.attachments.map(({ mimeType, disposition, method }) => ({
    type: mimeType,
    disposition: disposition ?? '',
    ...(method === undefined ? {} : { method: method.toLowerCase() }),
  }))
}

/** RFC 9078: the parser takes a reaction for text and forgets its disposition. */
function reactionsIn(raw: Uint8Array): ReceivedMail['parts'] {
  const shown = /^content-disposition:[ \t]*reaction\b/im.test(new TextDecoder('latin1').decode(raw))
  return shown ? [{ type: 'text/plain', disposition: 'reaction' }] : []
}

async function readReport(
  email: Email,
  mail: Pick<ReceivedMail, 'contentType' | 'returnPath' | 'from' | 'text' | 'marks'>,
): Promise<Pick<ReceivedMail, 'reports' | 'returned'>> {
  // A person may forward a report: only a mail system's own counts as one.
  if (!mail.contentType.startsWith('multipart/report') && !isFromMailSystem(mail)) return { reports: [] }
  const part = (pattern: RegExp) => email.attachments.find(({ mimeType }) => pattern.test(mimeType))
  const status = part(/^message\/(?:global-)?delivery-status$/)
  const copy = part(/^(?:message\/(?:rfc822|global|global-headers)|text\/rfc822-headers)$/)
  const returned = copy && (await readReturned(bytesOf(copy)))
  const read = status ? readDeliveryStatus(new TextDecoder().decode(bytesOf(status))) : []
  if (read.length > 0) return { reports: withWords(read, mail.text), ...withReturned(returned) }
  if (mail.contentType.includes('disposition-notification')) return { reports: [] }
  const worded = readWordedBounce(mail.text, mail.marks.get('x-failed-recipients'))
  return { reports: worded?.reports ?? [], ...withReturned(returned ?? worded?.returned) }
}

/** Exim gives its own reasons in the notice alone. */
function withWords(reports: readonly DeliveryReport[], notice: string): readonly DeliveryReport[] {
  const [only, ...others] = reports
  if (only?.action !== 'failed' || others.length > 0 || only.diagnostic !== '') return reports
  return [{ ...only, diagnostic: notice.slice(0, 2_000) }]
}

function withReturned(returned: ReturnedMail | undefined): { returned?: ReturnedMail } {
  return returned === undefined ? {} : { returned }
}

function textOf(email: Email): string {
  const text = cleanText(email.text ?? '')
  return text.trim() === '' && email.html !== undefined ? cleanText(htmlToText(email.html)) : text
}

/** Without control characters (a NUL cannot be stored), lines ended by \n, at most 200,000 characters. */
function cleanText(text: string): string {
  return text
    .slice(0, 200_000)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .toWellFormed()
}

function readAddresses(value: string): readonly MailAddress[] {
  return addressParser(value.slice(0, 10_000), { flatten: true })
    .slice(0, 100)
    .flatMap(({ name, address }) =>
      address?.includes('@') ? [{ name: cleanText(name), address: cleanText(address).toLowerCase() }] : [],
    )
}

function readDate(date: string | undefined): Date | undefined {
  const instant = date === undefined ? NaN : Date.parse(date)
  return Number.isNaN(instant) ? undefined : new Date(instant)
}

function bytesOf({ content }: Attachment): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
}
