import type { Opened } from '../open-store.ts'
import { keysOf } from '../snapshot/contacts.ts'
import { findSender, type Sender } from '../snapshot/find-sender.ts'

/** The offices of other States, as the copy of the directory tells them. */
export interface Correspondents {
  /** Nothing where there is no copy of the directory to hold it against. */
  findSender(address: string): Sender | undefined
  /** Public keys (OpenPGP armor) of whoever writes from this address. */
  keysOf(address: string): readonly string[]
}

/** Those of an open Desk. */
export async function correspondentsOf({ directory }: Pick<Opened, 'directory'>): Promise<Correspondents> {
  const snapshot = (await directory.current())?.snapshot
  if (!snapshot) return { findSender: () => undefined, keysOf: () => [] }
  return {
    findSender: (address) => findSender(snapshot, address),
    keysOf: (address) => keysOf(snapshot, address),
  }
}
