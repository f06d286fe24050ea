import { createHash } from 'node:crypto'
import { after, day } from '@parley/kernel'
import type { ActionScope } from '../../platform/action.ts'
import { type Community, listParticipating } from '../community/index.ts'
import {
  type Entry,
  type EntryPosition,
  listAnsweredOnce,
  listPage,
  listSharedAddresses,
  spokenBy,
} from '../directory/index.ts'
import { type CheckLanguages, checkLanguages } from './domain/languages.ts'

/** What a round is limited to; nothing said is everything. */
export interface Choice {
  readonly kind?: string | undefined
  readonly group?: string | undefined
  /** Entries chosen one by one; without them, all but those that answered their first check just now. */
  readonly entries?: ReadonlySet<string> | undefined
}

/** An entry that a round could reach, and how. */
export interface Candidate extends CheckLanguages {
  readonly entry: Entry
  readonly emails: readonly string[]
  /** Younger than thirty days, and it answered its first check: left out unless it is ticked. */
  readonly isFresh: boolean
  readonly isChosen: boolean
}

type Scope = Pick<ActionScope, 'tx' | 'now'>

const freshFor = 30 * day

/** So many entries are held at once, however many a round reaches. */
const pageSize = 1_000

/** Who a round could reach, page by page: the live entries of the States that take part, of this kind and group. */
export async function* pagesOfCandidates(
  { tx, now }: Scope,
  community: Community,
  { kind, group, entries: chosen }: Choice,
): AsyncGenerator<readonly Candidate[], void> {
  const participating = [...(await listParticipating(tx)).keys()]
  const states = new Set(
    participating.filter((state) => group === undefined || community.findState(state)?.group === group),
  )
  const { languages } = community.profile
  let position: EntryPosition | undefined
  do {
    const { entries, next } = await listPage(tx, states, { kind, after: position, limit: pageSize })
    const young = entries.filter(({ createdAt }) => now < after(createdAt, freshFor))
    const answered = await listAnsweredOnce(
      tx,
      young.map(({ id }) => id),
    )
    yield entries.map((entry) => {
      const isFresh = answered.has(entry.id)
      return {
        entry,
        ...checkLanguages(spokenBy(entry, languages), entry.language, languages),
        emails: entry.addresses.filter(({ channel }) => channel === 'email').map(({ value }) => value),
        isFresh,
        isChosen: chosen ? chosen.has(entry.id) : !isFresh,
      }
    })
    position = next
  } while (position)
}

export function chosenOf(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter(({ isChosen }) => isChosen)
}

/** Takes in the chosen entries one by one; in the end, a word for exactly these: what is started must be what was shown. */
export function seeing(): { see(candidate: Candidate): void; word(): string } {
  const digest = createHash('sha256')
  return {
    see: ({ entry }) => void digest.update(`${entry.id} `),
    word: () => digest.digest('base64url').slice(0, 16),
  }
}

/** All that is said of a choice before its round is started. */
export interface Survey {
  /** How many entries could be reached, chosen or not. */
  readonly candidates: number
  /** By State, kind and age; none where they are too many to read. */
  readonly listed: readonly Candidate[]
  readonly counted: Counted
  readonly seen: string
}

export interface Counted {
  readonly entries: number
  readonly states: number
  readonly messages: number
  readonly byTelephone: number
  /** Groups of entries that one address stands in: it would get a message for each of them. */
  readonly shared: readonly (readonly Entry[])[]
}

/** Looks at everything that a round could reach, and keeps what is shown of it: at most so many entries. */
export async function surveyCandidates(
  scope: Scope,
  community: Community,
  choice: Choice,
  mostListed: number,
): Promise<Survey> {
  const listed: Candidate[] = []
  const seen = seeing()
  const states = new Set<string>()
  const sharing = new Map(
    [...(await listSharedAddresses(scope.tx))].map((email) => [email, new Set<Entry>()]),
  )
  let [candidates, entries, messages, byTelephone] = [0, 0, 0, 0]
  for await (const page of pagesOfCandidates(scope, community, choice)) {
    candidates += page.length
    if (candidates <= mostListed) listed.push(...page)
    for (const candidate of chosenOf(page)) {
      const { entry, emails } = candidate
      seen.see(candidate)
      states.add(entry.state)
      entries += 1
      messages += emails.length
      if (emails.length === 0) byTelephone += 1
      for (const email of emails) sharing.get(email.toLowerCase())?.add(entry)
    }
  }
  const shared = [...sharing.values()].filter((of) => of.size > 1).map((of) => [...of])
  return {
    candidates,
    listed: candidates > mostListed ? [] : listed.toSorted(inOrder),
    counted: { entries, states: states.size, messages, byTelephone, shared },
    seen: seen.word(),
  }
}

function inOrder({ entry: one }: Candidate, { entry: other }: Candidate): number {
  const [first, second] = [one, other].map(({ state, kind }) => `${state} ${kind}`)
  if (first !== second) return (first ?? '') < (second ?? '') ? -1 : 1
  return one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1)
}
