import { fold, type Locale } from '@parley/kernel'
import type { Snapshot, SnapshotEntry } from '@parley/protocol/snapshot'

type Names = Readonly<Partial<Record<Locale, string>>>

/** The name of a State as the snapshot has it; its code where it has none. */
export function stateIn({ states }: Snapshot, code: string, locale: Locale): string {
  return nameIn(states.find((each) => each.code === code)?.names, locale) ?? code
}

export function kindIn({ kinds }: Snapshot, id: string, locale: Locale): string {
  return nameIn(kinds.find((each) => each.id === id)?.names, locale) ?? id
}

function nameIn(names: Names | undefined, locale: Locale): string | undefined {
  return names?.[locale] ?? names?.en ?? Object.values(names ?? {})[0]
}

/** Codes of the States that have an entry, by their names in a language. */
export function listedStates(snapshot: Snapshot, locale: Locale): readonly string[] {
  const { compare } = new Intl.Collator(locale)
  const names = new Map(
    [...new Set(snapshot.entries.map(({ state }) => state))].map((code) => [
      code,
      stateIn(snapshot, code, locale),
    ]),
  )
  return [...names].toSorted(([, one], [, other]) => compare(one, other)).map(([code]) => code)
}

// Made once for each snapshot, and gone with it.
const made = new WeakMap<Snapshot, ReadonlyMap<SnapshotEntry, string>>()

/** The entries in which every word stands: names of the State in six languages, of the office, of the person, addresses. */
export function findEntries(snapshot: Snapshot, typed: string): readonly SnapshotEntry[] {
  const words = fold(typed).split(' ').filter(Boolean)
  const texts = made.get(snapshot) ?? textsOf(snapshot)
  made.set(snapshot, texts)
  return snapshot.entries.filter((entry) => words.every((word) => texts.get(entry)?.includes(word)))
}

function textsOf({ entries, states }: Snapshot): ReadonlyMap<SnapshotEntry, string> {
  const names = new Map(states.map(({ code, names }) => [code, Object.values(names).join(' ')]))
  return new Map(
    entries.map((entry) => {
      const { state, entityName, personName, description, addresses } = entry
      const said = [
        state,
        names.get(state),
        entityName?.text,
        entityName?.english,
        description?.text,
        description?.english,
        personName,
        ...addresses.map(({ value }) => value),
      ]
      return [entry, fold(said.filter(Boolean).join(' '))]
    }),
  )
}
