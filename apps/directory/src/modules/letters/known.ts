import { type Locale, parseId, type StateCode } from '@parley/kernel'
import type { Body } from '@parley/web'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import { authorityValues, type Community, findCompetentAuthority, findMission } from '../community/index.ts'
import { bodyOfEntry, type Entry, findEntry } from '../directory/index.ts'
import { isAboutEntry, type LetterName } from './letters.ts'

type Scope = Pick<DirectoryScope, 'tx' | 'locale' | 'actor' | 'query'>

/** The State whose Mission asks; everybody else gets the letters blank. */
export function missionOf({ actor }: Pick<DirectoryScope, 'actor'>): StateCode | undefined {
  return actor.role === 'mission' ? actor.state : undefined
}

/** What the Directory knows of the Mission's own State, as it would be written on the letter. Nothing is kept. */
export async function findKnown(scope: Scope, community: Community, letter: LetterName): Promise<Body> {
  const { tx, locale } = scope
  const code = missionOf(scope)
  if (!code) return {}
  const state = { state: community.stateName(code, locale) }
  if (letter === 'access' || letter === 'contact') return { ...state, ...(await findContact(scope, code)) }
  if (letter === 'authority') {
    const authority = await findCompetentAuthority(tx, code)
    return { ...state, ...(authority ? authorityValues(authority) : {}) }
  }
  const entry = isAboutEntry(letter) ? await findOwnEntry(scope, code) : undefined
  if (!entry) return state
  const named = { ...state, entry: nameOf(community, locale, entry) }
  return letter === 'change' ? { ...bodyOfEntry(entry), ...named } : named
}

async function findContact({ tx }: Scope, state: StateCode): Promise<Body> {
  const mission = await findMission(tx, state)
  return mission
    ? { email: mission.email, telephone: mission.telephone ?? '', language: mission.language }
    : {}
}

async function findOwnEntry({ tx, query }: Scope, state: StateCode): Promise<Entry | undefined> {
  const id = parseId<'entry'>(query.get('entry') ?? '')
  const entry = id && (await findEntry(tx, id))
  return entry?.state === state ? entry : undefined
}

function nameOf(community: Community, locale: Locale, { kind, entityName }: Entry): string {
  return `${community.kindName(kind, locale)} · ${entityName.original}`
}
