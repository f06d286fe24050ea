import { after, canonical, type Json } from '@parley/kernel'
import { type Snapshot, type SnapshotEntry, snapshotValidFor } from './snapshot.ts'

/** Everything of a snapshot but its entries. */
export type SnapshotHead = Omit<Snapshot, 'entries' | 'parley' | 'version' | 'validUntil' | 'issuedAt'> & {
  readonly issuedAt: Date
}

/**
 * The file of a snapshot, part by part, so that its length costs no memory: together they are its canonical form. The
 * entries come by State and id.
 */
export async function* snapshotParts(
  head: SnapshotHead,
  pages: AsyncIterable<readonly SnapshotEntry[]> | Iterable<readonly SnapshotEntry[]>,
): AsyncIterable<string> {
  const whole = canonical(toJson(emptySnapshot(head)))
  // No other member of that name comes before, and within a text a quotation mark has a backslash before it.
  const at = whole.indexOf('"entries":[]') + '"entries":['.length
  yield whole.slice(0, at)
  let isFirst = true
  for await (const page of pages) {
    if (page.length === 0) continue
    yield (isFirst ? '' : ',') + page.map((entry) => canonical(toJson(entry))).join(',')
    isFirst = false
  }
  yield whole.slice(at)
}

function emptySnapshot({ issuedAt, ...head }: SnapshotHead): Snapshot {
  return {
    ...head,
    parley: 'snapshot',
    version: 1,
    issuedAt: instant(issuedAt),
    validUntil: instant(after(issuedAt, snapshotValidFor)),
    entries: [],
  }
}

/**
 * The number of a snapshot that is issued now: its instant as fourteen digits (20261127041500), and higher than the one
 * before. A Directory that was restored from yesterday's backup still counts on.
 */
export function nextSnapshotNumber(now: Date, before: number | undefined): number {
  const digits = Number(now.toISOString().replace(/\D/g, '').slice(0, 14))
  return Math.max(digits, (before ?? 0) + 1)
}

function instant(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z')
}

/** What is undefined is no member. */
function toJson(value: Snapshot | SnapshotEntry): Json {
  return JSON.parse(JSON.stringify(value))
}
