import { fold, type Locale, type StateCode } from '@parley/kernel'
import type { Community } from '../community/index.ts'
import { parseLanguage } from './domain/languages.ts'
import { tokensFor } from './domain/search-tokens.ts'

/** What one word that was typed may mean: itself in the entry, or a State, a kind, a working language. */
export interface Term {
  /** Folded, as it stands in an entry's words. */
  readonly term: string
  readonly tokens: readonly string[]
  readonly states: ReadonlySet<StateCode>
  readonly kinds: readonly string[]
  readonly language: string | undefined
}

export interface Typed {
  readonly terms: readonly Term[]
  /** States whose name the whole text is, or is part of. */
  readonly named: readonly StateCode[]
}

const mostTerms = 6

/** What names States besides their own names: folded once, asked at every search. */
interface Names {
  readonly states: readonly { readonly code: StateCode; readonly names: readonly string[] }[]
  readonly kinds: readonly { readonly id: string; readonly names: readonly string[] }[]
  /** Names that are written without a space before what follows them. */
  readonly unbroken: readonly string[]
}

export function openTerms(community: Community): (locale: Locale, text: string) => Typed {
  const names = namesIn(community)
  return (locale, text) => ({
    terms: wordsIn(names, fold(text)).map((word) => termOf(community, names, locale, word)),
    named: fold(text) === '' ? [] : community.searchStates(text, locale).map(({ code }) => code),
  })
}

function namesIn(community: Community): Names {
  const { states, organizations, profile } = community
  const ofOrganizations = organizations.map(({ code, names, members }) => ({
    members,
    names: [code, ...Object.values(names)].map(fold),
  }))
  return {
    states: states.map(({ code, group }) => ({
      code,
      names: [
        ...[group, ...profile.languages.map((locale) => community.groupName(group, locale))].map(fold),
        ...ofOrganizations.flatMap(({ members, names }) => (members.has(code) ? names : [])),
      ],
    })),
    kinds: profile.kinds.map(({ id, names }) => ({ id, names: Object.values(names).map(fold) })),
    unbroken: profile.languages.includes('zh')
      ? states.map(({ names }) => fold(names.zh)).toSorted((one, other) => other.length - one.length)
      : [],
  }
}

/** At spaces and commas of any script, and where the Chinese name of a State ends or begins. */
function wordsIn({ unbroken }: Names, folded: string): readonly string[] {
  return folded
    .split(/[\s,;،、，；]+/)
    .flatMap((word) => {
      const name = unbroken.find((each) => word.includes(each))
      return name === undefined ? [word] : [name, ...word.split(name)]
    })
    .filter(Boolean)
    .slice(0, mostTerms)
}

function termOf(community: Community, { states, kinds }: Names, locale: Locale, word: string): Term {
  const term = withoutArticle(word)
  const says = ({ names }: { readonly names: readonly string[] }) => names.some((name) => name.includes(term))
  const matching = [...community.searchStates(term, locale), ...states.filter(says)]
  return {
    term,
    tokens: tokensFor(term),
    states: new Set(matching.map(({ code }) => code)),
    kinds: kinds.filter(says).map(({ id }) => id),
    language: parseLanguage(word),
  }
}

/** The Arabic article: whoever types it also means the word that stands without. */
function withoutArticle(word: string): string {
  return /^ال\p{L}{3,}$/u.test(word) ? word.slice(2) : word
}
