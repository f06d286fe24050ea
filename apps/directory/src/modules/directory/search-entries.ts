import type { Locale, StateCode } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import type { Community } from '../community/index.ts'
import { type Entry, type EntryId, withoutCardOnly } from './domain/entry.ts'
import { openTerms, type Typed } from './search-terms.ts'
import { listEntries } from './store/entries.ts'
import { findIdsByWords, listIdsByState } from './store/search.ts'

/** What was asked for; a filter that is absent lets everything through. */
export interface Search {
  readonly text: string
  readonly kind?: string | undefined
  /** A working language (BCP 47). */
  readonly language?: string | undefined
  readonly group?: string | undefined
  /** The code of an organization. */
  readonly organization?: string | undefined
  readonly state?: string | undefined
  /** The State with which a list that went on begins. */
  readonly from?: string | undefined
}

export interface Found {
  /** In the order of their names; a State without a matching entry stands there without one. */
  readonly states: readonly { readonly state: StateCode; readonly entries: readonly Entry[] }[]
  /** States of that name which have not joined. */
  readonly notJoined: readonly StateCode[]
  /** The words fit more entries than were looked at. */
  readonly more: boolean
  /** The State with which the list goes on. */
  readonly next: StateCode | undefined
}

/** A page holds so many; of what fits some words, so many are looked at. */
const mostEntries = 200

type SearchEntries = (
  tx: Tx,
  locale: Locale,
  readable: ReadonlySet<StateCode>,
  search: Search,
) => Promise<Found>

/**
 * Who can be reached, by State (names, codes, aliases), regional group, organization, working language and
 * the words of the entry. Every term must fit; nothing typed means everybody. Only what lists may show.
 */
export function openSearch(community: Community): SearchEntries {
  const read = openTerms(community)
  return async (tx, locale, readable, search) => {
    const typed = read(locale, search.text)
    const wanted = inOrder(community, locale, [...readable].filter(isWanted(community, search)))
    const found =
      typed.terms.length > 0 || search.language !== undefined
        ? await byWords(tx, community, wanted, search, typed)
        : await byState(tx, community, wanted, search)
    const entries = (await listEntries(tx, { ids: found.ids })).map(withoutCardOnly)
    const entriesByState = Map.groupBy(entries, ({ state }) => state)
    const fits = (state: StateCode) =>
      search.language === undefined &&
      (typed.named.includes(state) || typed.terms.every(({ states }) => states.has(state)))
    return {
      states: found.states
        .filter((state) => entriesByState.has(state) || fits(state))
        .map((state) => ({ state, entries: entriesByState.get(state) ?? [] })),
      notJoined: typed.named.filter((state) => !readable.has(state)).slice(0, 10),
      more: found.more,
      next: found.next,
    }
  }
}

interface Candidates extends Pick<Found, 'more' | 'next'> {
  readonly ids: readonly EntryId[]
  readonly states: readonly StateCode[]
}

/** State by State from one on, until the page is full; a State stands on one page with all its entries. */
async function byState(
  tx: Tx,
  { profile }: Community,
  wanted: readonly StateCode[],
  { kind, from }: Search,
): Promise<Candidates> {
  const states = wanted.slice(
    Math.max(
      0,
      wanted.findIndex((state) => state === from),
    ),
  )
  const kinds = kind === undefined ? profile.kinds.map(({ id }) => id) : [kind]
  const found = await listIdsByState(tx, states, kinds, {
    each: profile.entriesPerKind,
    all: mostEntries + 1,
  })
  const over = found[mostEntries]?.state
  if (over === undefined) return { ids: found.map(({ id }) => id), states, more: false, next: undefined }
  const cut = Math.max(1, states.indexOf(over))
  const shown = new Set(states.slice(0, cut))
  const ids = found.filter(({ state }) => shown.has(state)).map(({ id }) => id)
  return { ids, states: [...shown], more: false, next: states[cut] }
}

/** Those of the States that were named, and whatever the words fit: as many as are looked at, in no order yet. */
async function byWords(
  tx: Tx,
  { profile }: Community,
  wanted: readonly StateCode[],
  { kind, language }: Search,
  { terms, named }: Typed,
): Promise<Candidates> {
  const kinds = kind === undefined ? profile.kinds.map(({ id }) => id) : [kind]
  const first =
    language === undefined && named.length > 0
      ? await listIdsByState(
          tx,
          wanted.filter((state) => named.includes(state)),
          kinds,
          { each: profile.entriesPerKind, all: mostEntries },
        )
      : []
  const fitting = await findIdsByWords(tx, { states: wanted, kinds, language, terms, most: mostEntries + 1 })
  const ids = [...new Set([...first.map(({ id }) => id), ...fitting])]
  return {
    ids: ids.slice(0, mostEntries),
    states: wanted,
    more: ids.length > mostEntries,
    next: undefined,
  }
}

function isWanted(
  community: Community,
  { state, group, organization }: Search,
): (code: StateCode) => boolean {
  const members = community.organizations.find(({ code }) => code === organization)?.members
  return (code) =>
    (state === undefined || code === state) &&
    (group === undefined || community.findState(code)?.group === group) &&
    (organization === undefined || (members?.has(code) ?? false))
}

function inOrder(
  { stateName }: Community,
  locale: Locale,
  states: readonly StateCode[],
): readonly StateCode[] {
  const collator = new Intl.Collator(locale)
  return states.toSorted((one, other) => collator.compare(stateName(one, locale), stateName(other, locale)))
}
