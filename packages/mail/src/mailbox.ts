import { type FetchMessageObject, ImapFlow, type SearchObject } from 'imapflow'
import { largestMail } from './parse-mail.ts'
import { listWaiting, moveWaiting, readWaiting, type WaitingMail, type WholeMail } from './waiting-mail.ts'

/** What is to be done with a message: into the folder of read mail, into "to be read", or nothing yet. */
export type Disposal = 'read' | 'to-be-read' | 'leave'

export interface ReadingResult {
  /** Moved to the folder of read mail. */
  readonly read: number
  /** Moved to "to be read": for a person. */
  readonly waiting: number
  /** Left in the inbox as the work said. */
  readonly left: number
  /** Left in the inbox because the work or the server failed on this one; tried again next time. */
  readonly failed: number
}

export interface Mailbox {
  /**
   * Hands every message of the inbox to `work`, oldest first, and moves them, some together, after `work` is done: a
   * crash repeats a few messages and loses none. One over 1 MiB goes to "to be read" unseen. Throws a `MailboxFault` if the server
   * is gone; what was done until then stays done.
   */
  readNew(work: (raw: Uint8Array, receivedAt: Date) => Promise<Disposal>): Promise<ReadingResult>
  /** Deletes read mail received before `before`; gives back how many. */
  purge(before: Date): Promise<number>
  /** How many messages wait in "to be read". */
  count(): Promise<number>
  /** What waits in "to be read", the newest first, at most `limit`. */
  listWaiting(limit: number): Promise<readonly WaitingMail[]>
  /** One that waits there, for a person to read; it stays. */
  readWaiting(id: string): Promise<WholeMail | undefined>
  /** Moves what a person decided from "to be read" to the folder of read mail. */
  settleWaiting(ids: readonly string[]): Promise<void>
}

/** A fault of the mail server or of the way to it. Says nothing of any mail. */
export interface MailboxFault extends Error {
  readonly code: 'unreachable' | 'sign-in'
}

export interface MailboxOptions {
  /** Milliseconds of silence after which the server counts as gone. */
  readonly silenceFor?: number
}

const readFolder = 'Parley-read'
const waitingFolder = 'Parley-to-be-read'

/**
 * The mailbox at `imapUrl` (`imap://user:password@host:port`, `imaps:` for TLS at once). Each call opens its own
 * connection, so a server that was away is simply there again. Logs nothing.
 */
export function openMailbox(imapUrl: string, options: MailboxOptions = {}): Mailbox {
  const connected = <T>(work: (client: ImapFlow) => Promise<T>) => withConnection(imapUrl, options, work)
  return {
    readNew: (work) => connected((client) => readInbox(client, work)),
    purge: (before) => connected((client) => purgeRead(client, before)),
    count: () => connected(countWaiting),
    listWaiting: (limit) =>
      connected(async (client) => listWaiting(client, await folderOf(client, waitingFolder), limit)),
    readWaiting: (id) =>
      connected(async (client) => readWaiting(client, await folderOf(client, waitingFolder), id)),
    settleWaiting: (ids) =>
      connected(async (client) => {
        const read = await folderOf(client, readFolder)
        await moveWaiting(client, await folderOf(client, waitingFolder), read, ids)
      }),
  }
}

type Work = Parameters<Mailbox['readNew']>[0]
type Fate = 'read' | 'waiting' | 'left' | 'failed'

/** So many are read before they are moved together, which takes no longer than to move one. */
const movedTogether = 50

async function readInbox(client: ImapFlow, work: Work): Promise<ReadingResult> {
  const folders = { read: await folderOf(client, readFolder), waiting: await folderOf(client, waitingFolder) }
  const counts: Record<Fate, number> = { read: 0, waiting: 0, left: 0, failed: 0 }
  const inbox = await client.getMailboxLock('INBOX')
  try {
    // Deleted mail may linger in the inbox until somebody expunges it.
    const uids = await uidsOf(client, { deleted: false })
    for (let from = 0; from < uids.length; from += movedTogether) {
      const group = uids.slice(from, from + movedTogether)
      const fates = await readGroup(client, group, work)
      for (const fate of ['read', 'waiting'] as const) {
        const moving = group.filter((uid) => fates.get(uid) === fate)
        const moved = moving.length === 0 || (await move(client, moving, folders[fate]))
        counts[moved ? fate : 'failed'] += moving.length
      }
      for (const fate of ['left', 'failed'] as const)
        counts[fate] += group.filter((uid) => fates.get(uid) === fate).length
      if (!client.usable) throw new Error('connection lost')
    }
  } finally {
    inbox.release()
  }
  return counts
}

/** What is to become of each; where the server is gone in the middle, of those that were read. */
async function readGroup(
  client: ImapFlow,
  uids: readonly number[],
  work: Work,
): Promise<ReadonlyMap<number, Fate>> {
  const fates = new Map<number, Fate>()
  const heads = await client
    .fetchAll(uids.join(','), { uid: true, size: true, internalDate: true }, { uid: true })
    .catch(() => [])
  const headOf = new Map(heads.map((head) => [head.uid, head]))
  for (const uid of uids) {
    if (!client.usable) break
    // One message must not stand in the way of the next; it is tried again the next time.
    fates.set(uid, await fateOf(client, headOf.get(uid), work).catch(() => 'failed' as const))
  }
  return fates
}

async function fateOf(client: ImapFlow, head: FetchMessageObject | undefined, work: Work): Promise<Fate> {
  if (!head) return 'left'
  if ((head.size ?? 0) > largestMail) return 'waiting'
  const asked = { source: { maxLength: largestMail } }
  const whole = await client.fetchOne(String(head.uid), asked, { uid: true })
  if (!whole || whole.source === undefined) return 'left'
  const disposal = await work(whole.source, new Date(head.internalDate ?? 0))
  return ({ read: 'read', 'to-be-read': 'waiting', leave: 'left' } as const)[disposal]
}

async function move(client: ImapFlow, uids: readonly number[], folder: string): Promise<boolean> {
  try {
    return Boolean(await client.messageMove(uids.join(','), folder, { uid: true }))
  } catch {
    return false
  }
}

async function purgeRead(client: ImapFlow, before: Date): Promise<number> {
  const folder = await client.getMailboxLock(await folderOf(client, readFolder))
  try {
    // IMAP has no word for "older than now", and some servers know only days: what counts is the instant below.
    const isPast = before.getTime() < Date.now() - 60_000
    const found = await uidsOf(client, isPast ? { before } : { all: true })
    if (found.length === 0) return 0
    const dated = await client.fetchAll(found.join(','), { uid: true, internalDate: true }, { uid: true })
    const old = dated.filter(
      ({ internalDate }) => internalDate !== undefined && new Date(internalDate) < before,
    )
    if (old.length === 0) return 0
    const deleted = await client.messageDelete(old.map(({ uid }) => uid).join(','), { uid: true })
    return deleted ? old.length : 0
  } finally {
    folder.release()
  }
}

async function countWaiting(client: ImapFlow): Promise<number> {
  const status = await client.status(await folderOf(client, waitingFolder), { messages: true })
  return status ? (status.messages ?? 0) : 0
}

/** The messages of the open folder that `query` finds, oldest first. */
async function uidsOf(client: ImapFlow, query: SearchObject): Promise<readonly number[]> {
  const found = await client.search(query, { uid: true })
  if (!found) throw new Error('search failed')
  return found.toSorted((one, other) => one - other)
}

/** The folder's path as the server writes it; made if it is missing. */
async function folderOf(client: ImapFlow, name: string): Promise<string> {
  const known = (await client.list()).find((folder) => folder.name === name)
  return known?.path ?? (await client.mailboxCreate([name])).path
}

/** One connection for one piece of work. Logs nothing; a fault says nothing of any mail. */
export async function withConnection<T>(
  imapUrl: string,
  options: MailboxOptions & { readonly largest?: number },
  work: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  const client = new ImapFlow(connectionTo(imapUrl, options))
  // The failing command reports the same error; without a listener it would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const result = await work(client)
    await client.logout().catch(() => undefined)
    return result
  } catch (error) {
    throw faultOf(error)
  } finally {
    client.close()
  }
}

function connectionTo(
  imapUrl: string,
  { silenceFor = 60_000, largest = largestMail }: MailboxOptions & { readonly largest?: number },
) {
  const url = new URL(imapUrl)
  const secure = url.protocol === 'imaps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
    secure,
    // Without `requireTLS` it is encrypted where the server offers it.
    ...(url.searchParams.get('requireTLS') === 'true' && { doSTARTTLS: true }),
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    disableAutoIdle: true,
    connectionTimeout: Math.min(silenceFor, 20_000),
    socketTimeout: silenceFor,
    // Twice the largest mail, so that a server cannot make us hold more.
    maxLiteralSize: 2 * largest,
    maxResponseSize: 16 * largest,
    logger: false as const,
  }
}

/** The library's errors carry the server's lines: none of that goes on. */
function faultOf(error: unknown): MailboxFault {
  const refused =
    typeof error === 'object' && error !== null && Reflect.get(error, 'authenticationFailed') === true
  return refused
    ? Object.assign(new Error('the mail server refused the sign-in'), { code: 'sign-in' } as const)
    : Object.assign(new Error('the mailbox could not be read'), { code: 'unreachable' } as const)
}
