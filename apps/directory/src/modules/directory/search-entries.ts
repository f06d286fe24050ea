import { type Locale, locales, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { type Community, fold, groupName } from '../community/index.ts'
import { type Entry, withoutCardOnly } from './domain/entry.ts'
import { parseLanguage } from './domain/languages.ts'
import { withAddresses } from './store/entries.ts'
import type { DirectoryTables } from './tables.ts'

interface Search {
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

/** What names States besides their own names: folded once, asked at every search. */
interface Names {
  readonly states: readonly { readonly code: StateCode; readonly names: readonly string[] }[]
  readonly kinds: readonly { readonly id: string; readonly names: readonly string[] }[]
}

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
  const names = namesIn(community)
  return async (tx, locale, readable, { text, kind }) => {
    const terms = fold(text)
      .split(/[\s,;،、]+/)
      .filter(Boolean)
      .slice(0, mostTerms)
    const named = terms.length === 0 ? [] : community.searchStates(text, locale).map(({ code }) => code)
    const byTerm = terms.map((term) => termIn(community, names, locale, term))
    const matching = await listMatching(tx, [...readable], { kind, named, byTerm })
    const entries = matching.slice(0, mostEntries).map(withoutCardOnly)
    const byState = Map.groupBy(entries, ({ state }) => state)
    const fits = (state: StateCode) =>
      named.includes(state) || byTerm.every(({ states }) => states.has(state))
    const collator = new Intl.Collator(locale)
    const nameOf = (state: StateCode) => community.stateName(state, locale)
    return {
      states: [...readable]
        .filter((state) => byState.has(state) || fits(state))
        .sort((one, other) => collator.compare(nameOf(one), nameOf(other)))
        .map((state) => ({ state, entries: byState.get(state) ?? [] })),
      notJoined: named.filter((state) => !readable.has(state)).slice(0, 10),
      more: matching.length > mostEntries,
    }
  }
}

function namesIn({ states, organizations, profile }: Community): Names {
  const ofOrganizations = organizations.map(({ code, names, members }) => ({
    members,
    names: [code, ...Object.values(names)].map(fold),
  }))
  return {
    states: states.map(({ code, group }) => ({
      code,
      names: [
        ...[group, ...locales.map((locale) => groupName(locale, group))].map(fold),
        ...ofOrganizations.flatMap(({ members, names }) => (members.has(code) ? names : [])),
      ],
    })),
    kinds: profile.kinds.map(({ id, names }) => ({ id, names: Object.values(names).map(fold) })),
  }
}

/** What one word may mean: itself in the entry, or a State, a kind, a language. */
interface Term {
  readonly term: string
  readonly states: ReadonlySet<StateCode>
  readonly kinds: readonly string[]
  readonly language: string
}

function termIn(community: Community, { states, kinds }: Names, locale: Locale, term: string): Term {
  const says = ({ names }: { readonly names: readonly string[] }) => names.some((name) => name.includes(term))
  const matching = [...community.searchStates(term, locale), ...states.filter(says)]
  return {
    term,
    states: new Set(matching.map(({ code }) => code)),
    kinds: kinds.filter(says).map(({ id }) => id),
    language: parseLanguage(term) ?? term,
  }
}

async function listMatching(
  tx: Tx,
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
          byTerm.map(({ term, states, kinds, language }) =>
            entry.or([
              isOneOf('state', [...states]),
              sql<boolean>`search like ${`%${term.replace(/[\\%_]/g, '\\$&')}%`}`,
              sql<boolean>`(working_languages && ${[language]}::text[] and not ('workingLanguages' = any(card_only)))`,
              isOneOf('kind', kinds),
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
