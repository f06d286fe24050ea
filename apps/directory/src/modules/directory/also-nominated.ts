import type { Locale, StateCode } from '@parley/kernel'
import { choices, type FormView, type Html, nothing, writeList } from '@parley/web'
import type { Community, Organization } from '../community/index.ts'
import type { Entry } from './domain/entry.ts'
import { text } from './locales/index.ts'

/** POC-38: in which directories of regional organizations the State nominated the same POC; it says so or not. */
export function alsoNominatedField(view: FormView, community: Community, state: StateCode | undefined): Html {
  const { locale } = view
  const t = text(locale)
  const offered = directoriesFor(community, state)
  if (offered.length === 0) return nothing
  return choices(view, {
    kind: 'checkbox',
    name: 'alsoNominated',
    label: t('field.alsoNominated'),
    help: t('help.alsoNominated'),
    options: offered.map(({ code, names }) => ({ value: code, label: names[locale] })),
  })
}

export function alsoNominatedIn(locale: Locale, community: Community, entry: Entry): string | undefined {
  const named = community.organizations.filter(({ code }) => entry.alsoNominated?.includes(code))
  return named.length === 0
    ? undefined
    : writeList(
        locale,
        named.map(({ names }) => names[locale]),
      )
}

/** Those of the State's own organizations that keep a directory; where it belongs to none, or is not known yet, any. */
function directoriesFor(community: Community, state: StateCode | undefined): readonly Organization[] {
  const own = state === undefined ? [] : community.organizationsOf(state)
  const keeping = own.filter(({ keepsDirectory }) => keepsDirectory)
  return keeping.length > 0 ? keeping : community.organizations.filter(({ keepsDirectory }) => keepsDirectory)
}
