import { type Locale, locales } from '@parley/kernel'
import { checkWords, type Messages, type Sentences, webText } from '@parley/web'
import { type Community, WrongProfile } from './modules/community/index.ts'
import type { Room } from './room.ts'

/** Where the name of the nominating authority stands by itself, as a label. */
const authorityLabels: Readonly<Record<string, readonly string[]>> = {
  accounts: ['role.mission'],
  history: ['role.mission'],
  community: ['state.mission'],
  checks: ['authority.mission'],
  directory: ['remains.mission'],
}

/**
 * Lets every room speak as the community does: with the name of its nominating authority, and with the sentences
 * that its profile says otherwise. A process serves one community: whoever composes last is who is heard.
 */
export function speakAs(community: Community, rooms: readonly Pick<Room, 'name' | 'text'>[]): void {
  const speakers = [{ name: 'web', text: webText }, ...rooms]
  const problems = speakers.flatMap((speaker) => findProblems(community, speaker))
  if (problems.length > 0) throw new WrongProfile(problems)
  for (const { name, text } of speakers) text.reword(wordsOf(community, name))
}

function findProblems(
  { profile, words }: Community,
  { name, text }: { readonly name: string; readonly text: Sentences },
): readonly string[] {
  const found = checkWords(text.messages.en, words.get(name) ?? {}, profile.languages)
  return found.map((problem) => `${profile.id}/locales: ${name}: ${problem}`)
}

function wordsOf({ profile, words }: Community, room: string): Readonly<Record<Locale, Messages>> {
  const own = words.get(room)
  const labels = authorityLabels[room] ?? []
  const inLanguage = (locale: Locale) => ({
    ...Object.fromEntries(labels.map((key) => [key, profile.nominatingAuthority[locale]])),
    ...own?.[locale],
  })
  return Object.fromEntries(locales.map((locale) => [locale, inLanguage(locale)])) as Record<Locale, Messages>
}
