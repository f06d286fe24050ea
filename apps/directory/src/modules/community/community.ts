import { type Locale, parseStateCode, type StateCode } from '@parley/kernel'
import { fold } from './fold.ts'
import { type Profile, readProfile } from './profile.ts'
import { type Organization, readOrganizations, readStates, type State } from './states.ts'

/** The members of the community and its rules, read once at start. */
export interface Community {
  readonly profile: Profile
  readonly states: readonly State[]
  readonly organizations: readonly Organization[]
  findState(code: string): State | undefined
  stateName(code: StateCode, locale: Locale): string
  kindName(kind: string, locale: Locale): string
  /** The States whose name in any language, code or alias contains the text; all of them for an empty text. */
  searchStates(text: string, locale: Locale): readonly State[]
  organizationsOf(code: StateCode): readonly Organization[]
}

const profiles = new URL('../../../profiles/', import.meta.url)

/** Reads a profile by its folder's name; the demonstration adds its fictional States to it. */
export function loadCommunity(id: string, options: { readonly demonstration: boolean }): Community {
  const folder = new URL(`${id}/`, profiles)
  const profile = readProfile(new URL('profile.json', folder))
  const real = readStates(new URL('members.csv', folder), false).filter(
    (state) => state.status === 'member' || profile.observers,
  )
  const fictional = options.demonstration
    ? readStates(new URL('demonstration/states.csv', profiles), true)
    : []
  const organizations = readOrganizations(new URL('regional-organizations.csv', folder))
  return openCommunity(profile, [...real, ...fictional], organizations)
}

function openCommunity(
  profile: Profile,
  states: readonly State[],
  organizations: readonly Organization[],
): Community {
  const byCode = new Map<string, State>(states.map((state) => [state.code, state]))
  const searchable = states.map((state) => ({ state, words: wordsOf(state) }))
  return {
    profile,
    states,
    organizations,
    findState: (code) => byCode.get(parseStateCode(code) ?? ''),
    stateName: (code, locale) => byCode.get(code)?.names[locale] ?? code,
    kindName: (kind, locale) => profile.kinds.find((each) => each.id === kind)?.names[locale] ?? kind,
    searchStates: (text, locale) => {
      const wanted = fold(text)
      const collator = new Intl.Collator(locale)
      return searchable
        .filter(
          ({ state, words }) =>
            wanted === state.code.toLowerCase() || words.some((word) => word.includes(wanted)),
        )
        .map(({ state }) => state)
        .sort((one, other) => collator.compare(one.names[locale], other.names[locale]))
    },
    organizationsOf: (code) => organizations.filter((organization) => organization.members.has(code)),
  }
}

function wordsOf(state: State): readonly string[] {
  return [...Object.values(state.names), ...state.aliases, state.iso3].map(fold)
}
