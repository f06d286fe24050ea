import { newId, ok, refuse, type Result } from '@parley/kernel'
import { openOutbound, type SendOutcome } from '@parley/mail'
import {
  checkMessage,
  type FileContent,
  mailHeaders,
  type Message,
  messageEntity,
  messageIdOf,
  messageText,
  replyHeaders,
} from '@parley/protocol'
import { encryptEntity, openOwnKey, signEntity } from '@parley/protocol/openpgp'
import { messageLines } from '../answer/message-lines.ts'
import type { Case } from '../cases/case.ts'
import type { User } from '../users/users.ts'
import type { Opened } from '../open-store.ts'
import type { Content } from '../record/events.ts'
import type { NewFile } from '../record/files.ts'
import { readAttachments } from '../write/attachments.ts'
import type { Draft } from '../write/drafts.ts'
import { openingLine } from '../write/sent-lines.ts'
import type { Leaving } from './mail-index.ts'
import { readMailSettings, urlOf } from './mail-settings.ts'
import { readOwnKey } from './own-key.ts'

/** What became of sending. `unknown`: the line broke when the message was on its way; it may have been sent. */
export type Sent =
  | { readonly kind: 'sent' | 'unknown'; readonly case: string }
  | { readonly kind: 'not-sent'; readonly why: 'refused' | 'unreachable'; readonly case: string }

type Room = Pick<Opened, 'sealed' | 'record' | 'cases' | 'mails'> & {
  readonly user: User
  readonly now: Date
}

interface Sending {
  readonly to: string
  /** Public keys (OpenPGP armor) of the addressee; without one it goes unencrypted. */
  readonly keys: readonly string[]
}

/**
 * Sends a draft through the office's mail server. It stands in the record before a byte of it leaves, and what became
 * of it after: a crash between leaves a message of which is said that it may have been sent, and nobody sends it twice
 * without knowing.
 */
export async function sendMessage(room: Room, draft: Draft, sending: Sending): Promise<Result<Sent>> {
  const settings = await readMailSettings(room)
  if (!settings?.smtp || settings.address === '') return refuse({ code: 'desk/no-smtp', kind: 'conflict' })
  const files = await readAttachments(room, draft.message)
  if (!files.ok) return files
  const within = room.cases.find(draft.case ?? '')
  const mailId = messageIdOf(draft.message, settings.address.split('@')[1] ?? '')
  const raw = await composeMail(
    room,
    { draft, files: files.value, from: settings.address, mailId, within },
    sending,
  )
  if (!raw.ok) return raw
  const about = { mailId, address: sending.to, channel: raw.value.channel } as const
  const begun = await writeDown(room, draft, within, files.value, about)
  if (!begun.ok) return begun
  const leaving = begun.value
  room.mails.sending.add(leaving.n)
  try {
    const outbound = openOutbound(urlOf('smtp', settings.smtp), { connections: 1, silenceFor: 60_000 })
    let isUnderWay = false
    const mayLeave = async () => {
      isUnderWay = true
    }
    const envelope = { returnPath: settings.address, to: sending.to, raw: raw.value.bytes }
    const outcome = await outbound.sendReady(envelope, mayLeave)
    await outbound.close()
    return await settle(room, leaving, conclude(outcome, isUnderWay))
  } finally {
    room.mails.sending.delete(leaving.n)
  }
}

type Conclusion =
  | { readonly kind: 'sent' | 'unknown' }
  | { readonly kind: 'not-sent'; readonly why: Content<'message.not-sent'>['why']; readonly status?: string }

/** Where the line breaks once the message is on its way, the server may have taken it and nobody heard so. */
function conclude(outcome: SendOutcome, isUnderWay: boolean): Conclusion {
  if (outcome.kind === 'accepted') return { kind: 'sent' }
  const { status } = outcome
  if (outcome.kind === 'refused') return { kind: 'not-sent', why: 'refused', status }
  const isBroken = outcome.cause === 'ours' && /^4\.4\.[12]$/.test(status)
  if (isBroken && isUnderWay) return { kind: 'unknown' }
  return { kind: 'not-sent', why: isBroken ? 'unreachable' : 'refused', status }
}

/** Writes down what became of a message that was about to leave, by its server or by somebody who knows. */
export async function settle(
  { record, cases, now, user }: Pick<Room, 'record' | 'cases' | 'now' | 'user'>,
  leaving: Leaving,
  conclusion: Conclusion,
): Promise<Result<Sent>> {
  const id = leaving.case ?? ''
  const entry = { at: now, by: user.name, case: id }
  if (conclusion.kind === 'unknown') return ok({ kind: 'unknown', case: id })
  if (conclusion.kind === 'not-sent') {
    const { why, status } = conclusion
    const content = { leaving: leaving.n, why, ...(status !== undefined && { status }) }
    const written = await record.append({ ...entry, what: 'message.not-sent', content })
    if (!written.ok) return written
    return ok({ kind: 'not-sent', why: why === 'unreachable' ? why : 'refused', case: id })
  }
  const message = messageOf(leaving)
  const effects = message ? messageLines(message, 'ours', cases.find(id)) : []
  const files = await keptFiles(record, leaving)
  if (!files.ok) return files
  const written = await record.appendAll([
    {
      ...entry,
      what: 'message.sent',
      content: { ...leaving.content, leaving: leaving.n },
      files: files.value,
    },
    ...effects.map((each) => ({ ...each, ...entry })),
  ])
  return written.ok ? ok({ kind: 'sent', case: id }) : written
}

interface ToCompose {
  readonly draft: Draft
  readonly files: readonly FileContent[]
  readonly from: string
  readonly mailId: string
  readonly within: Case | undefined
}

interface Composed {
  readonly bytes: Uint8Array
  readonly channel: 'e-mail' | 'encrypted-e-mail'
}

/** Signed where the office has a key, encrypted where the addressee's is known (RFC 3156). */
async function composeMail(
  room: Room,
  { draft: { message }, files, from, mailId, within }: ToCompose,
  { to, keys }: Sending,
): Promise<Result<Composed>> {
  const head = mailHeaders(message, {
    from: { name: message.from.entity, address: from },
    to: { address: to },
    messageId: mailId,
    ...(within && threadOf(room, within)),
  })
  const entity = new TextEncoder().encode(messageEntity(message, files))
  const own = await openOwn(room)
  if (!own.ok) return own
  const at = room.now
  const channel = keys.length > 0 ? 'encrypted-e-mail' : 'e-mail'
  if (keys.length > 0) {
    const by = own.value
    const encrypted = await encryptEntity(entity, {
      to: by ? [...keys, by.publicKey] : keys,
      ...(by && { by }),
      at,
    })
    if (!encrypted.ok) return refuse({ code: 'desk/key-unfit', kind: 'conflict' })
    return ok({ bytes: joined(head, encrypted.value), channel })
  }
  const body = own.value ? await signEntity(entity, own.value, at) : entity
  return ok({ bytes: joined(head, body), channel })
}

/** The e-mail that it answers, and those before it. */
function threadOf({ mails }: Room, { id, lines }: Case) {
  const ids = mails.mailsOf(id)
  const last = lines.findLast((line) => line.known && line.what === 'message.received')
  const lastId = last?.known && last.what === 'message.received' ? last.content.mailId : undefined
  const messageId = lastId ?? ids.at(-1)
  return messageId === undefined ? {} : replyHeaders({ messageId, references: ids })
}

async function openOwn(room: Room) {
  const kept = await readOwnKey(room)
  if (!kept) return ok(undefined)
  const opened = await openOwnKey(kept.armored, kept.passphrase)
  return opened.ok ? ok(opened.value) : refuse({ code: 'desk/own-key-unfit', kind: 'conflict' })
}

function joined(head: string, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(head), body])
}

/** Nobody else sends the same draft in between; where one is under way or not settled, it says so. */
function writeDown(
  { record, mails, user, now }: Room,
  draft: Draft,
  within: Case | undefined,
  files: readonly NewFile[],
  about: Pick<Content<'message.leaving'>, 'mailId' | 'address' | 'channel'>,
): Promise<Result<Leaving>> {
  const { message } = draft
  return mails.inTurn(async () => {
    if (mails.leaving().some((each) => messageOf(each)?.id === message.id))
      return refuse({ code: 'desk/may-have-been-sent', kind: 'conflict' })
    if (mails.isSent(message.id)) return refuse({ code: 'desk/sent-already', kind: 'conflict' })
    const entry = { at: now, by: user.name, case: within?.id ?? newId() }
    const content = {
      ...about,
      message: JSON.parse(JSON.stringify(message)),
      text: messageText(message),
      tlp: message.tlp,
    }
    const leaving = { ...entry, what: 'message.leaving', content, files } as const
    const written = await (within
      ? record.appendAll([leaving])
      : record.appendAll([{ ...openingLine(draft), ...entry }, leaving]))
    if (!written.ok) return written
    const line = written.value.at(-1)
    if (!line?.known || line.what !== 'message.leaving') throw new Error('The line is not what was written')
    return ok(line)
  })
}

/** What a line holds that was about to leave. */
export function messageOf({ content }: Leaving): Message | undefined {
  const read = content.message === undefined ? undefined : checkMessage(content.message)
  return read?.ok ? read.value : undefined
}

async function keptFiles(record: Room['record'], { files }: Leaving): Promise<Result<readonly NewFile[]>> {
  const kept: NewFile[] = []
  for (const { name, sha } of files) {
    const bytes = await record.readFile(sha)
    if (!bytes.ok) return bytes
    kept.push({ name, bytes: bytes.value })
  }
  return ok(kept)
}
