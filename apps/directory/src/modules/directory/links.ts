import { timingSafeEqual } from 'node:crypto'
import { type Id, parseId } from '@parley/kernel'
import type { Keys } from '../../platform/config/keys.ts'

/** What the link of a letter is about. */
export type LinkedTo = 'change' | 'address'

/** The secret half of a link: derived, so that no table, event or log holds it. */
export function linkToken(keys: Keys, to: LinkedTo, id: string): string {
  return keys.digest('entry-link', `${to} ${id}`)
}

/** What is stored of it, and what a stranger presents to reach that one row. */
export function linkDigest(keys: Keys, to: LinkedTo, id: string): string {
  return keys.digest('entry-link-digest', linkToken(keys, to, id))
}

/** The id of a link that could be ours by its form; whether it is one is not said. */
export function parseLink<Kind extends string>(id: string, token: string): Id<Kind> | undefined {
  return /^[0-9a-f]{64}$/.test(token) ? parseId<Kind>(id) : undefined
}

/** Whether this program made the link. */
export function isOurLink(keys: Keys, to: LinkedTo, id: string, token: string): boolean {
  const [ours, theirs] = [Buffer.from(linkToken(keys, to, id)), Buffer.from(token)]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}
