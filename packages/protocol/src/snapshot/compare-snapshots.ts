import type { Snapshot, SnapshotAddress, SnapshotEntry } from './snapshot.ts'

/** A way to reach an entry: what a person reads out before relying on it. */
export interface ContactValue {
  readonly what: 'email' | 'phone' | 'key'
  /** An address, a number in E.164, or a key's fingerprint. */
  readonly value: string
  readonly extension?: string
}

export interface ChangedEntry {
  readonly before: SnapshotEntry
  readonly entry: SnapshotEntry
  readonly gone: readonly ContactValue[]
  readonly came: readonly ContactValue[]
}

/** Every number, address and key that differs. */
export interface SnapshotDifferences {
  readonly entriesCame: readonly SnapshotEntry[]
  readonly entriesGone: readonly SnapshotEntry[]
  readonly changed: readonly ChangedEntry[]
  /** Codes of States that take part now, or no longer. */
  readonly statesCame: readonly string[]
  readonly statesGone: readonly string[]
}

/** What an office has to look at when one snapshot follows another. An entry is the same while its id, State and kind are. */
export function compareSnapshots(before: Snapshot, after: Snapshot): SnapshotDifferences {
  const earlier = new Map(before.entries.map((entry) => [nameOf(entry), entry]))
  const later = new Set(after.entries.map(nameOf))
  return {
    entriesCame: after.entries.filter((entry) => !earlier.has(nameOf(entry))),
    entriesGone: before.entries.filter((entry) => !later.has(nameOf(entry))),
    changed: after.entries.flatMap((entry) => {
      const was = earlier.get(nameOf(entry))
      return was ? changesOf(was, entry) : []
    }),
    statesCame: missingIn(before, after),
    statesGone: missingIn(after, before),
  }
}

/** The first snapshot of an office differs from nothing. */
export const noDifferences: SnapshotDifferences = {
  entriesCame: [],
  entriesGone: [],
  changed: [],
  statesCame: [],
  statesGone: [],
}

function changesOf(before: SnapshotEntry, entry: SnapshotEntry): readonly ChangedEntry[] {
  const [was, is] = [valuesOf(before), valuesOf(entry)]
  const gone = [...was].filter(([name]) => !is.has(name)).map(([, value]) => value)
  const came = [...is].filter(([name]) => !was.has(name)).map(([, value]) => value)
  return gone.length + came.length === 0 ? [] : [{ before, entry, gone, came }]
}

function valuesOf({ addresses, keys }: SnapshotEntry): ReadonlyMap<string, ContactValue> {
  const values = [
    ...addresses.map(addressValue),
    // A key that kept its fingerprint may have lost its expiry or a subkey: the text counts.
    ...keys.map(({ scheme, fingerprint, armored }) => ({
      name: `${scheme} ${fingerprint} ${armored}`,
      value: { what: 'key', value: fingerprint } as const,
    })),
  ]
  return new Map(values.map(({ name, value }) => [name, value]))
}

function addressValue({ channel, value, extension, urgent }: SnapshotAddress) {
  return {
    name: JSON.stringify([channel, value, extension ?? '', urgent]),
    value: { what: channel, value, ...(extension === undefined ? {} : { extension }) },
  }
}

function nameOf({ id, state, kind }: SnapshotEntry): string {
  return `${id} ${state} ${kind}`
}

function missingIn(one: Snapshot, other: Snapshot): readonly string[] {
  const [those, these] = [participants(one), participants(other)]
  return [...these].filter((code) => !those.has(code))
}

function participants({ states }: Snapshot): ReadonlySet<string> {
  return new Set(states.flatMap(({ code, participating }) => (participating ? [code] : [])))
}
