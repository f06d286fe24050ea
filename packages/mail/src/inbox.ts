import { type FetchMessageObject, type ImapFlow } from 'imapflow'
import { withConnection, type MailboxOptions } from './mailbox.ts'

/** How far an inbox was read: the last message that was handed over, in the server's own numbers. */
export interface InboxPlace {
  /** A server that numbers its messages anew changes it (RFC 3501, 2.3.1.1). */
  readonly validity: string
  readonly uid: number
}

export interface InboxMail {
  readonly uid: number
  readonly receivedAt: Date
  /** Bytes on the server. */
  readonly size: number
  /** As it lies there; of one that is longer than `largest`, the beginning. */
  readonly raw: Uint8Array
}

export interface ReadingInbox extends MailboxOptions {
  /** Where reading ended before; nothing the first time. */
  readonly from: InboxPlace | undefined
  /** The first time, and where the server numbers its messages anew: only what it received since. */
  readonly since: Date
  /** Bytes. Of what is larger only the beginning is fetched. */
  readonly largest: number
}

/**
 * Hands what is new in the inbox at `imapUrl` to `work`, oldest first, some at a time, and the place behind them.
 * Leaves everything as it lies there: opened read-only and fetched with BODY.PEEK, no flag is set and nothing moved.
 * `work` that throws ends it; what was handed over before stays so. Throws a `MailboxFault` where the server is gone.
 */
export async function readInbox(
  imapUrl: string,
  { from, since, largest, ...options }: ReadingInbox,
  work: (mails: readonly InboxMail[], place: InboxPlace) => Promise<void>,
): Promise<void> {
  const faults: unknown[] = []
  const handOver = async (mails: readonly InboxMail[], place: InboxPlace) => {
    try {
      await work(mails, place)
    } catch (fault) {
      faults.push(fault)
      throw fault
    }
  }
  try {
    await withConnection(imapUrl, { ...options, largest }, async (client) => {
      const lock = await client.getMailboxLock('INBOX', { readOnly: true })
      try {
        if (!client.mailbox) throw new Error('no inbox')
        const validity = String(client.mailbox.uidValidity)
        const last = from?.validity === validity ? from.uid : 0
        const found = await newUids(client, last)
        for (const group of await groupsOf(client, found, largest)) {
          const mails = await fetchGroup(client, group, largest)
          const isNew = ({ receivedAt }: InboxMail) => last > 0 || receivedAt >= since
          await handOver(mails.filter(isNew), { validity, uid: group.at(-1) ?? last })
        }
        if (found.length === 0 && last === 0)
          await handOver([], { validity, uid: Math.max(0, client.mailbox.uidNext - 1) })
      } finally {
        lock.release()
      }
    })
  } catch (error) {
    // What the work says goes on as it is: it is not the server's fault.
    throw faults.length > 0 ? faults[0] : error
  }
}

async function newUids(client: ImapFlow, last: number): Promise<readonly number[]> {
  const found = await client.search({ uid: `${last + 1}:*` }, { uid: true })
  if (!found) throw new Error('search failed')
  // `n:*` names the last message even where its number is below n.
  return found.filter((uid) => uid > last).toSorted((one, other) => one - other)
}

const mostInGroup = 50
const largestGroup = 8 * 1024 * 1024

/** A few at a time, so that what is held at once has a measure. */
async function groupsOf(
  client: ImapFlow,
  uids: readonly number[],
  largest: number,
): Promise<readonly (readonly number[])[]> {
  const groups: number[][] = []
  let held = 0
  for (let at = 0; at < uids.length; at += 1_000) {
    const range = uids.slice(at, at + 1_000).join(',')
    const sized = await client.fetchAll(range, { uid: true, size: true }, { uid: true })
    for (const { uid, size = 0 } of sized.toSorted((one, other) => one.uid - other.uid)) {
      const last = groups.at(-1)
      held += Math.min(size, largest)
      if (last && last.length < mostInGroup && held <= largestGroup) last.push(uid)
      else {
        groups.push([uid])
        held = Math.min(size, largest)
      }
    }
  }
  return groups
}

async function fetchGroup(
  client: ImapFlow,
  group: readonly number[],
  largest: number,
): Promise<readonly InboxMail[]> {
  const wanted = { uid: true, size: true, internalDate: true, source: { maxLength: largest } }
  const mails = await client.fetchAll(group.join(','), wanted, { uid: true })
  // A message without its bytes was taken away meanwhile.
  return mails
    .toSorted((one, other) => one.uid - other.uid)
    .flatMap((mail) => (mail.source ? [inboxMail(mail, mail.source)] : []))
}

function inboxMail({ uid, size, internalDate }: FetchMessageObject, raw: Uint8Array): InboxMail {
  return { uid, size: size ?? raw.length, receivedAt: new Date(internalDate ?? 0), raw }
}
