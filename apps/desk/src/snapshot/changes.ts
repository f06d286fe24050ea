import { after, day } from '@parley/kernel'
import type {
  AcceptedSnapshot,
  ChangedEntry,
  ContactValue,
  Snapshot,
  SnapshotEntry,
} from '@parley/protocol/snapshot'
import type { ChangedValue, ChangeSet } from './kept.ts'

/** How long what was seen can be looked up again. */
const keptFor = 30 * day

/** What differs, as it is kept: enough to look at, and nothing that brings a withdrawn person back. */
export function changesIn(
  { verified, differences, keyBefore }: Pick<AcceptedSnapshot, 'verified' | 'differences' | 'keyBefore'>,
  takenAt: Date,
): ChangeSet {
  const { statesCame, statesGone, entriesCame, entriesGone, changed } = differences
  return {
    number: verified.snapshot.number,
    takenAt: takenAt.toISOString(),
    statesCame: [...statesCame],
    statesGone: [...statesGone],
    came: entriesCame.map(({ id }) => id),
    gone: entriesGone.map(({ state, kind }) => ({ state, kind })),
    changed: changed.map(({ entry, came, gone }: ChangedEntry) => ({
      entry: entry.id,
      came: came.map(shown),
      gone: gone.map(hidden),
    })),
    ...(keyBefore && { keyBefore: keyBefore.fingerprint }),
  }
}

export function isUnseen({ seenAt }: ChangeSet): boolean {
  return seenAt === undefined
}

/** The changes that are still to be told, the newest first: what a later snapshot no longer has is in none of them. */
export function followed(
  before: readonly ChangeSet[],
  newest: ChangeSet | undefined,
  { entries }: Pick<Snapshot, 'entries'>,
  now: Date,
): ChangeSet[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return [...(newest ? [newest] : []), ...before]
    .filter(({ seenAt }) => seenAt === undefined || after(new Date(seenAt), keptFor) > now)
    .map((set) => without(set, byId))
    .filter(isTold)
}

function without(set: ChangeSet, byId: ReadonlyMap<string, SnapshotEntry>): ChangeSet {
  return {
    ...set,
    came: set.came.filter((id) => byId.has(id)),
    changed: set.changed.flatMap((changed) => {
      const entry = byId.get(changed.entry)
      if (!entry) return []
      const came = changed.came.filter((value) => isIn(entry, value))
      return came.length + changed.gone.length === 0 ? [] : [{ ...changed, came }]
    }),
  }
}

function isIn({ addresses, keys }: SnapshotEntry, { what, value }: ChangedValue): boolean {
  return what === 'key'
    ? keys.some(({ fingerprint }) => fingerprint === value)
    : addresses.some((address) => address.value === value)
}

function isTold({ statesCame, statesGone, came, gone, changed, keyBefore }: ChangeSet): boolean {
  return (
    [statesCame, statesGone, came, gone, changed].some((each) => each.length > 0) || keyBefore !== undefined
  )
}

function shown({ what, value, extension }: ContactValue): ChangedValue {
  return { what, value, ...(extension !== undefined && { extension }) }
}

/** Enough to strike it off a list of one's own: the end of a number, the domain of an address. A key names nobody. */
function hidden({ what, value }: ContactValue): ChangedValue {
  if (what === 'key') return { what, value }
  return { what, value: what === 'phone' ? `…${value.slice(-3)}` : `…${value.slice(value.lastIndexOf('@'))}` }
}
