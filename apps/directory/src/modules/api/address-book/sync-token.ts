import { after, day, hour, type Locale, minute } from '@parley/kernel'

/**
 * What an address book has seen, as far as it has to be known to tell what changed since: until when, in which
 * language. Nothing is kept here of any reader (RULE-12).
 */
export interface Seen {
  readonly at: Date
  readonly locale: Locale
}

/** The form of the cards: another number makes every reader take the whole book once. */
const edition = 1
/** What is written at one moment may be seen a little later: for so long after a change it is told again, which does no harm. */
export const overlap = 5 * minute

export function writeSyncToken({ at, locale }: Seen): string {
  return `urn:parley:address-book:${edition}:${locale}:${at.getTime().toString(36)}`
}

/** Since when changes are to be told; nothing where only the whole book will do. */
export function readSyncToken(token: string, now: Seen, keptDays: number): Date | undefined {
  const [, of, locale, time = ''] =
    /^urn:parley:address-book:(\d+):([a-z]{2}):([0-9a-z]{1,9})$/.exec(token) ?? []
  if (of !== String(edition) || locale !== now.locale) return undefined
  const at = new Date(Number.parseInt(time, 36))
  // What went earlier is not known any more.
  const oldest = after(now.at, hour + overlap - keptDays * day)
  return at > now.at || at < oldest ? undefined : after(at, -overlap)
}
