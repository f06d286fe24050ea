import type { Locale, StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { type Community, fold } from '../community/index.ts'
import { type Entry, withoutCardOnly } from './domain/entry.ts'
import { parseLanguage } from './domain/languages.ts'
import { withAddresses } from './store/entries.ts'
import type { DirectoryTables } from './tables.ts'

export interface Search {
  readonly text: string
  readonly kind?: string | undefined
}

export interface Found {
  /** In the order of their names; a State without a matching entry stands there without one. */
  readonly states: readonly { readonly state: StateCode; readonly entries: readonly Entry[] }[]
  /** States of that name which have not joined. */
  readonly notJoined: readonly StateCode[]
  /** There is more than one page can show. */
  readonly more: boolean
}

const mostEntries = 400
const mostTerms = 6

/**
 * Who can be reached, by State (names, codes, aliases), regional group, organization, working language and
 * the words of the entry. Every term must fit; nothing typed means everybody. Only what lists may show.
 */
export async function searchEntries(
  tx: Tx,
  community: Community,
  locale: Locale,
  readable: ReadonlySet<StateCode>,
  { text, kind }: Search,
): Promise<Found> {
  const terms = fold(text)
    .split(/[\s,;،、]+/)
    .filter(Boolean)
    .slice(0, mostTerms)
  const named = terms.length === 0 ? [] : community.searchStates(text, locale).map(({ code }) => code)
  const byTerm = terms.map((term) => ({ term, states: statesOf(community, locale, term) }))
  const matching = await listMatching(tx, community, [...readable], { kind, named, byTerm })
  const entries = matching.slice(0, mostEntries).map(withoutCardOnly)
  const byState = Map.groupBy(entries, ({ state }) => state)
  const shown = [...readable].filter(
    (state) => byState.has(state) || named.includes(state) || byTerm.every(({ states }) => states.has(state)),
  )
  const collator = new Intl.Collator(locale)
  const name = (state: StateCode) => community.stateName(state, locale)
  return {
    states: shown
      .sort((one, other) => collator.compare(name(one), name(other)))
      .map((state) => ({ state, entries: byState.get(state) ?? [] })),
    notJoined: named.filter((state) => !readable.has(state)).slice(0, 10),
    more: matching.length > mostEntries,
  }
}

interface Term {
  readonly term: string
  readonly states: ReadonlySet<StateCode>
}

async function listMatching(
  tx: Tx,
  community: Community,
  readable: readonly StateCode[],
  wanted: { kind: string | undefined; named: readonly StateCode[]; byTerm: readonly Term[] },
): Promise<readonly Entry[]> {
  const { kind, named, byTerm } = wanted
  let query = tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.entry')
    .selectAll()
    .where(isOneOf('state', readable))
    .limit(mostEntries + 1)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (byTerm.length > 0) {
    query = query.where((entry) =>
      entry.or([
        isOneOf('state', named),
        entry.and(
          byTerm.map(({ term, states }) =>
            entry.or([
              isOneOf('state', [...states]),
              sql<boolean>`search like ${`%${term.replace(/[\\%_]/g, '\\$&')}%`}`,
              sql<boolean>`(working_languages && ${[parseLanguage(term) ?? term]}::text[] and not ('workingLanguages' = any(card_only)))`,
              isOneOf('kind', kindsOf(community, term)),
            ]),
          ),
        ),
      ]),
    )
  }
  return withAddresses(tx, query)
}

function isOneOf(column: 'state' | 'kind', values: readonly string[]) {
  return sql<boolean>`${sql.ref(column)} = any(${[...values]}::text[])`
}

/** States that a term names: by name, code or alias, by regional group, or as members of an organization. */
function statesOf(community: Community, locale: Locale, term: string): ReadonlySet<StateCode> {
  const organizations = community.organizations.filter(({ code, names }) =>
    [code, ...Object.values(names)].some((name) => fold(name).includes(term)),
  )
  const inGroup = community.states.filter(
    ({ code, group }) => fold(group).includes(term) || organizations.some(({ members }) => members.has(code)),
  )
  return new Set([...community.searchStates(term, locale), ...inGroup].map(({ code }) => code))
}

function kindsOf({ profile }: Community, term: string): readonly string[] {
  return profile.kinds
    .filter(({ names }) => Object.values(names).some((name) => fold(name).includes(term)))
    .map(({ id }) => id)
}
