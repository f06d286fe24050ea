import { createHash } from 'node:crypto'
import { after, day, type Locale } from '@parley/kernel'
import type { ActionScope } from '../../platform/action.ts'
import { type Community, listParticipating } from '../community/index.ts'
import { type Entry, letterLanguage, listAnsweredOnce, listEntries } from '../directory/index.ts'

/** What a round is limited to; nothing said is everything. */
export interface Choice {
  readonly kind?: string | undefined
  readonly group?: string | undefined
  /** Entries chosen one by one; without them, all but those that answered their first check just now. */
  readonly entries?: ReadonlySet<string> | undefined
}

/** An entry that a round could reach, and how. */
export interface Candidate {
  readonly entry: Entry
  readonly language: Locale
  readonly emails: readonly string[]
  /** Younger than thirty days, and it answered its first check: left out unless it is ticked. */
  readonly isFresh: boolean
  readonly isChosen: boolean
}

const freshFor = 30 * day

/** Who a round could reach: the live entries of the States that take part, of this kind and group. */
export async function listCandidates(
  { tx, now }: Pick<ActionScope, 'tx' | 'now'>,
  community: Community,
  { kind, group, entries: chosen }: Choice,
): Promise<readonly Candidate[]> {
  const participating = await listParticipating(tx)
  const entries = (await listEntries(tx, { kind })).filter(
    ({ state }) =>
      participating.has(state) && (group === undefined || community.findState(state)?.group === group),
  )
  const young = entries.filter(({ createdAt }) => now < after(createdAt, freshFor))
  const answered = await listAnsweredOnce(
    tx,
    young.map(({ id }) => id),
  )
  return entries.map((entry) => {
    const isFresh = answered.has(entry.id)
    return {
      entry,
      language: letterLanguage(entry, community.profile.languages),
      emails: entry.addresses.filter(({ channel }) => channel === 'email').map(({ value }) => value),
      isFresh,
      isChosen: chosen ? chosen.has(entry.id) : !isFresh,
    }
  })
}

export function chosenOf(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter(({ isChosen }) => isChosen)
}

/** A word for exactly these entries: what is started must be what was shown. */
export function seenAs(candidates: readonly Candidate[]): string {
  const ids = candidates.map(({ entry }) => entry.id).toSorted()
  return createHash('sha256').update(ids.join(' ')).digest('base64url').slice(0, 16)
}

export interface Counted {
  readonly entries: number
  readonly states: number
  readonly messages: number
  readonly byTelephone: number
  /** Groups of entries that one address stands in: it would get a message for each of them. */
  readonly shared: readonly (readonly Entry[])[]
}

export function countChosen(chosen: readonly Candidate[]): Counted {
  const byAddress = Map.groupBy(
    chosen.flatMap(({ entry, emails }) => [...new Set(emails)].map((email) => ({ entry, email }))),
    ({ email }) => email.toLowerCase(),
  )
  return {
    entries: chosen.length,
    states: new Set(chosen.map(({ entry }) => entry.state)).size,
    messages: chosen.reduce((sum, { emails }) => sum + emails.length, 0),
    byTelephone: chosen.filter(({ emails }) => emails.length === 0).length,
    shared: [...byAddress.values()].filter((of) => of.length > 1).map((of) => of.map(({ entry }) => entry)),
  }
}
