import { type Locale, locales } from '@parley/kernel'
import type { Template } from '@parley/protocol'
import { writeList, writeTelephone } from '@parley/web'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import { type EntryKey, listEntries, listKeysIn, sharedDirectories, spokenBy } from '../directory/index.ts'
import { inEach, type PageWords, type SideWords } from './composer/page-words.ts'
import type { Counterpart } from './find-counterpart.ts'
import { text } from './locales/index.ts'

/** What the form is filled with before anybody types: both sides, as the directory knows them. */
export async function wordsForPage(
  community: Community,
  { tx }: Pick<DirectoryScope, 'tx'>,
  counterpart: Counterpart,
  { kind, version }: Template,
): Promise<PageWords> {
  const { actor, card } = counterpart
  const { entry } = card
  const { languages } = community.profile
  const [own] = await listEntries(tx, { state: actor.state, kind: actor.kind })
  const side = (state: typeof actor.state, of: string, entity: string): SideWords => ({
    state,
    stateNames: inEach(locales, (locale) => community.stateName(state, locale)),
    kind: of,
    kindNames: inEach(languages, (locale) => community.kindName(of, locale)),
    entity,
  })
  const listed = (channel: 'email' | 'phone') =>
    entry.addresses.filter((address) => address.channel === channel)
  return {
    kind,
    template: version,
    languages,
    theirs: spokenBy(entry, locales) ?? 'en',
    entry: entry.id,
    card: `/entries/${entry.id}`,
    from: {
      ...side(actor.state, actor.kind, own?.entityName.original ?? ''),
      name: actor.name,
      address: own?.addresses.find(({ channel }) => channel === 'email')?.value ?? '',
    },
    to: {
      ...side(entry.state, entry.kind, entry.entityName.original),
      emails: listed('email').map(({ value }) => value),
      phones: listed('phone').map(({ value, extension, label = '', urgent }) => ({
        number: extension === undefined ? writeTelephone(value) : `${writeTelephone(value)} × ${extension}`,
        label,
        urgent,
      })),
    },
    directories: inEach(languages, (locale) => whichDirectory(community, locale, counterpart)),
    hasKey: openpgpOf(card.keys) !== undefined,
  }
}

/** The keys that the page which encrypts brings: the addressee's, and that of one's own entry. */
export async function keysForPage(
  { tx }: Pick<DirectoryScope, 'tx'>,
  { actor, card }: Counterpart,
): Promise<PageWords['keys']> {
  const theirs = openpgpOf(card.keys)
  const own = await listEntries(tx, { state: actor.state, kind: actor.kind })
  const keys = await listKeysIn(tx, own)
  const ours = openpgpOf(own.flatMap(({ id }) => keys.get(id) ?? []))
  return theirs && { theirs, ...(ours ? { own: ours } : {}) }
}

export function openpgpOf(keys: readonly EntryKey[]) {
  const key = keys.find(({ scheme }) => scheme === 'openpgp')
  return key && { fingerprint: key.fingerprint, armored: key.armored }
}

/** POC-37: this directory, or that of an organization to which both States belong. */
export function whichDirectory(community: Community, locale: Locale, { actor, card }: Counterpart): string {
  const t = text(locale)
  const shared = sharedDirectories(community, actor.state, card.entry.state)
  if (shared.length === 0) return t('compose.this-directory')
  return t('compose.directories', {
    names: writeList(
      locale,
      shared.map((each) => each.names[locale]),
    ),
  })
}
