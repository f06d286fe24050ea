import type { ImapFlow } from 'imapflow'
import { largestMail } from './parse-mail.ts'

/** What lies in "to be read", without its text. */
export interface WaitingMail {
  /** Names the mail as long as it lies there. */
  readonly id: string
  readonly receivedAt: Date
  /** From, Message-ID and Date as they came over the wire. */
  readonly head: Uint8Array
}

export interface WholeMail {
  readonly receivedAt: Date
  /** As it came over the wire; of a longer one the first MiB. */
  readonly raw: Uint8Array
}

/** The newest first. */
export async function listWaiting(
  client: ImapFlow,
  folder: string,
  limit: number,
): Promise<readonly WaitingMail[]> {
  return withFolder(client, folder, async (validity) => {
    const found = await client.search({ deleted: false }, { uid: true })
    const newest = (found || []).toSorted((one, other) => other - one).slice(0, limit)
    if (newest.length === 0) return []
    const wanted = { uid: true, internalDate: true, headers: ['from', 'message-id', 'date'] }
    const mails = await client.fetchAll(newest.join(','), wanted, { uid: true })
    return mails
      .toSorted((one, other) => other.uid - one.uid)
      .map(({ uid, internalDate, headers }) => ({
        id: `${validity}-${uid}`,
        receivedAt: new Date(internalDate ?? 0),
        head: headers ?? new Uint8Array(),
      }))
  })
}

export async function readWaiting(
  client: ImapFlow,
  folder: string,
  id: string,
): Promise<WholeMail | undefined> {
  return withFolder(client, folder, async (validity) => {
    const uid = uidIn(id, validity)
    if (uid === undefined) return undefined
    const wanted = { internalDate: true, source: { maxLength: largestMail } }
    const mail = await client.fetchOne(uid, wanted, { uid: true })
    if (!mail || mail.source === undefined) return undefined
    return { raw: mail.source, receivedAt: new Date(mail.internalDate ?? 0) }
  })
}

/** What lies there no longer is passed over. */
export async function moveWaiting(
  client: ImapFlow,
  folder: string,
  to: string,
  ids: readonly string[],
): Promise<void> {
  await withFolder(client, folder, async (validity) => {
    const uids = ids.flatMap((id) => uidIn(id, validity) ?? [])
    if (uids.length > 0) await client.messageMove(uids.join(','), to, { uid: true })
  })
}

/** A server that numbers a folder anew says so by its validity: what was named before then is not there. */
async function withFolder<T>(
  client: ImapFlow,
  folder: string,
  work: (validity: string) => Promise<T>,
): Promise<T> {
  const lock = await client.getMailboxLock(folder)
  try {
    return await work(client.mailbox ? String(client.mailbox.uidValidity) : '')
  } finally {
    lock.release()
  }
}

function uidIn(id: string, validity: string): string | undefined {
  const [, named, uid] = /^(\d{1,20})-(\d{1,10})$/.exec(id) ?? []
  return named === validity ? uid : undefined
}
