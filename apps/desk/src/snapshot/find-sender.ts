import type { Snapshot, SnapshotEntry } from '@parley/protocol/snapshot'
import { nameOfEntry } from './contacts.ts'
import { type Host, passesFor, readHost } from './host.ts'
import { isOneAway, skeleton } from './looks-alike.ts'

/** Whose address it is, by the directory. */
interface Listed {
  readonly state: string
  readonly kind: string
  readonly name: string
  /** Somebody says that this address is not right, and its State has not decided yet. */
  readonly isDisputed: boolean
}

/** What the directory says of a sender. A look-alike is told with the address that it passes for. */
export type Sender =
  { readonly known: Listed } | { readonly lookalike: Listed & { readonly address: string } } | 'unknown'

interface Mailbox {
  readonly address: string
  readonly local: string
  readonly host: Host
  readonly listed: Listed
}

/** Whether an e-mail address stands in the directory, or one that looks like it. Nothing is sent or looked up outside. */
export function findSender(snapshot: Snapshot, address: string): Sender {
  const { byAddress, byHost, isCommonName } = mailboxesIn(snapshot)
  const sender = readAddress(address)
  const known = byAddress.get(sender.key)
  if (known) return { known: known.listed }
  const passedFor =
    byHost.get(sender.host.ascii)?.find(({ local }) => isLike(sender.local, local)) ??
    inOrder(
      sender.local,
      [...byHost.values()]
        .filter(([first]) => first && passesFor(sender.host, first.host, isCommonName))
        .flat(),
    )
  return passedFor ? { lookalike: { ...passedFor.listed, address: passedFor.address } } : 'unknown'
}

/** The mailbox of the same name before any other of that office. */
function inOrder(local: string, mailboxes: readonly Mailbox[]): Mailbox | undefined {
  return mailboxes.find((each) => each.local === local) ?? mailboxes[0]
}

function isLike(local: string, known: string): boolean {
  return skeleton(local) === skeleton(known) || (known.length >= 4 && isOneAway(local, known))
}

interface Mailboxes {
  readonly byAddress: ReadonlyMap<string, Mailbox>
  readonly byHost: ReadonlyMap<string, readonly Mailbox[]>
  /** A name that several offices have under several suffixes (`cert`, `mfa`) passes for none of them. */
  readonly isCommonName: (name: string) => boolean
}

// Made once for each snapshot, and gone with it.
const made = new WeakMap<Snapshot, Mailboxes>()

function mailboxesIn(snapshot: Snapshot): Mailboxes {
  const found = made.get(snapshot) ?? makeMailboxes(snapshot.entries)
  made.set(snapshot, found)
  return found
}

function makeMailboxes(entries: readonly SnapshotEntry[]): Mailboxes {
  const byAddress = new Map<string, Mailbox>()
  for (const entry of entries)
    for (const { channel, value, disputed } of entry.addresses) {
      if (channel !== 'email') continue
      const { key, ...read } = readAddress(value)
      const listed = {
        state: entry.state,
        kind: entry.kind,
        name: nameOfEntry(entry),
        isDisputed: disputed,
      }
      if (!byAddress.has(key)) byAddress.set(key, { ...read, address: value, listed })
    }
  const all = [...byAddress.values()]
  const suffixes = Map.groupBy(all, ({ host }) => host.looks.name)
  return {
    byAddress,
    byHost: Map.groupBy(all, ({ host }) => host.ascii),
    isCommonName: (name) => new Set(suffixes.get(name)?.map(({ host }) => host.suffix)).size > 1,
  }
}

/** Capitals do not tell two mailboxes apart, in no mail system that anybody runs. */
function readAddress(address: string): { readonly key: string; readonly local: string; readonly host: Host } {
  const trimmed = address.trim().normalize('NFC')
  const at = trimmed.lastIndexOf('@')
  const local = trimmed.slice(0, Math.max(0, at)).toLowerCase()
  const host = readHost(trimmed.slice(at + 1))
  return { key: `${local}@${host.ascii}`, local, host }
}
