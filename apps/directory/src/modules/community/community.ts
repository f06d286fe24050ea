import { existsSync } from 'node:fs'
import { fold, type Locale, parseStateCode, type StateCode } from '@parley/kernel'
import { text } from './locales/index.ts'
import { type Profile, readProfile } from './profile.ts'
import { noGroup, type Organization, readOrganizations, readStates, type State } from './states.ts'
import { readWords, type WordsOfRooms } from './words.ts'
import { WrongProfile } from './wrong-profile.ts'

/** The members of the community and its rules, read once at start. */
export interface Community {
  readonly profile: Profile
  readonly states: readonly State[]
  readonly organizations: readonly Organization[]
  /** What it says otherwise than the language files do. */
  readonly words: WordsOfRooms
  findState(code: string): State | undefined
  stateName(code: StateCode, locale: Locale): string
  kindName(kind: string, locale: Locale): string
  groupName(group: string, locale: Locale): string
  /** The States whose name in any language, code or alias contains the text; all of them for an empty text. */
  searchStates(text: string, locale: Locale): readonly State[]
  organizationsOf(code: StateCode): readonly Organization[]
}

const profiles = new URL('../../../profiles/', import.meta.url)

/** Where a profile of this name has its files. */
export function folderOfProfile(id: string): URL {
  return new URL(`${id}/`, profiles)
}

/**
 * Reads a profile by its folder's name; a demonstration adds the fictional States of the profile's own to it.
 * Throws `WrongProfile`, which names each field that is wrong.
 */
export function loadCommunity(
  id: string,
  options: { readonly demonstration: boolean },
  folder = folderOfProfile(id),
): Community {
  if (!existsSync(folder)) throw new WrongProfile([`there is no profile ${id}`])
  const profile = readProfile(new URL('profile.json', folder), id)
  const members = readStates(new URL('members.csv', folder), profile, profile.fictional).filter(
    (state) => state.status === 'member' || profile.observers,
  )
  const further = new URL('demonstration/states.csv', folder)
  const fictional = options.demonstration && existsSync(further) ? readStates(further, profile, true) : []
  return openCommunity(profile, [...members, ...fictional], {
    organizations: readOrganizations(new URL('regional-organizations.csv', folder), profile),
    words: readWords(folder, id),
  })
}

function openCommunity(
  profile: Profile,
  states: readonly State[],
  { organizations, words }: Pick<Community, 'organizations' | 'words'>,
): Community {
  const byCode = new Map<string, State>(states.map((state) => [state.code, state]))
  const searchable = states.map((state) => ({ state, words: wordsOf(state) }))
  return {
    profile,
    states,
    organizations,
    words,
    findState: (code) => byCode.get(parseStateCode(code) ?? ''),
    stateName: (code, locale) => byCode.get(code)?.names[locale] ?? code,
    kindName: (kind, locale) => profile.kinds.find((each) => each.id === kind)?.names[locale] ?? kind,
    groupName: (group, locale) =>
      group === noGroup
        ? text(locale)('group.none')
        : (profile.groups.find((each) => each.id === group)?.names[locale] ?? group),
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
