import type { SnapshotEntry } from '@parley/protocol/snapshot'
import { type Entry, type EntryKey, withoutCardOnly } from '../directory/index.ts'

type Wording = Entry['description']

/** An entry as a snapshot shows it: nothing "card only". RULE-3: nothing here says when it last answered. */
export function snapshotEntry(
  entry: Entry,
  keys: readonly EntryKey[],
  disputed: ReadonlySet<string>,
): SnapshotEntry {
  const listed = withoutCardOnly(entry)
  const { id, state, kind, language, holder, workingLanguages, availability, alsoNominated = [] } = listed
  const { days, always, ...hours } = availability
  return {
    id,
    state,
    kind,
    language,
    holder,
    ...said('entityName', listed.entityName),
    ...said('description', listed.description),
    ...given({ personName: listed.personName }),
    ...said('personTitle', listed.personTitle),
    ...said('nationalRole', listed.nationalRole),
    addresses: listed.addresses.map(({ id: address, channel, value, label, extension, urgent }) => ({
      channel,
      value,
      urgent,
      ...given({ label, extension }),
      disputed: disputed.has(address),
    })),
    keys: keys
      .filter(({ cardOnly }) => !cardOnly)
      .map(({ id: key, scheme, fingerprint, armored, names, expiresAt }) => ({
        scheme,
        fingerprint,
        armored,
        names,
        ...given({ expiresAt: expiresAt?.toISOString() }),
        disputed: disputed.has(key),
      })),
    workingLanguages,
    availability: { days, always, ...given(hours) },
    ...given({ certProfile: listed.certProfile }),
    alsoNominated,
  }
}

/** What is undefined is no member. */
function given<Name extends string>(
  values: Readonly<Partial<Record<Name, string | undefined>>>,
): Partial<Record<Name, string>> {
  const said: Partial<Record<Name, string>> = {}
  for (const name in values) {
    const value = values[name]
    if (value !== undefined) said[name] = value
  }
  return said
}

function said<Name extends string>(name: Name, { original, english }: Wording) {
  if (!original) return {}
  const words: Partial<Record<Name, { readonly text: string; readonly english?: string }>> = {}
  words[name] = { text: original, ...given({ english }) }
  return words
}
