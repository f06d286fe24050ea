/** What this Desk knows of an address that a mail says it comes from. */
export type Sender =
  | { readonly known: { readonly state: string; readonly kind: string; readonly name: string } }
  | { readonly lookalike: unknown }
  | 'unknown'

/** The offices of other States, as the copy of the directory tells them. */
export interface Correspondents {
  /** Nothing where there is no copy of the directory to hold it against. */
  findSender(address: string): Sender | undefined
  /** Public keys (OpenPGP armor) of whoever writes from this address. */
  keysOf(address: string): readonly string[]
}

const noCorrespondents: Correspondents = { findSender: () => undefined, keysOf: () => [] }

/** Those of an open Desk. */
export async function correspondentsOf(): Promise<Correspondents> {
  return noCorrespondents
}
