import { type Clock, hour, minute, ok, refuse, type Result } from '@parley/kernel'
import {
  type AcceptedSnapshot,
  type SnapshotAge,
  snapshotAge,
  type SnapshotFiles,
  type VerifiedSnapshot,
} from '@parley/protocol/snapshot'
import { takeTurns } from '../in-turn.ts'
import type { SealedFile } from '../record/sealed-files.ts'
import { changesIn, followed } from './changes.ts'
import { decideTaking } from './decide-taking.ts'
import { fetchSnapshot, type Source } from './fetch-snapshot.ts'
import {
  type ChangeSet,
  type Head,
  headOf,
  type Kept,
  nothingKept,
  readFiles,
  readKept,
  writeFiles,
  writeKept,
} from './kept.ts'

/** The directory as this office has it without any connection: the last snapshot that was verified. */
export interface OfflineDirectory {
  /** What is known of it without reading it. */
  head(): Head | undefined
  age(now: Date): SnapshotAge | undefined
  /** Read and verified when it is first asked for. */
  current(): Promise<VerifiedSnapshot | undefined>
  /**
   * Takes two files, or refuses: the last good one stays. The first one waits until its key was compared with the
   * Mission's letter, unless the letter's fingerprint comes with it.
   */
  take(files: SnapshotFiles, letter?: string): Promise<Result<Taken>>
  waiting(): VerifiedSnapshot | undefined
  /** A person compared the key of the one that waits, and it is the letter's. */
  confirm(): Promise<Result<Taken>>
  discard(): void
  changes(): readonly ChangeSet[]
  /** Somebody looked at every change. */
  noteSeen(): Promise<Result<undefined>>
  source(): Kept['source']
  lastPull(): Kept['pull']
  follow(source: Source | undefined): Promise<Result<undefined>>
  pull(): Promise<Result<Taken>>
  /** In the background: only what is trusted already, and seldom. */
  pullIfDue(): Promise<void>
}

/** `same`: it was here already. */
export type Taken = 'taken' | 'same' | 'compare'

export interface Needs {
  readonly sealed: (purpose: string) => SealedFile
  readonly clock: Clock
  readonly fetch: typeof fetch
}

const pullEvery = 3 * hour
const tryAgainAfter = 15 * minute
const locked = refuse({ code: 'desk/locked', kind: 'unauthenticated' })

/** `begin` once the store is open, `close` before its key goes: then nothing of it is here any more. */
export function openOfflineDirectory({ sealed, clock, fetch }: Needs): OfflineDirectory & {
  begin(): Promise<void>
  close(): void
} {
  let kept = nothingKept
  let last: Promise<VerifiedSnapshot | undefined> | undefined
  let waiting: { readonly files: SnapshotFiles; readonly verified: VerifiedSnapshot } | undefined
  const closing = new AbortController()
  const turns = takeTurns()
  const inTurn = <T>(act: () => Promise<Result<T>>): Promise<Result<T>> =>
    turns(() => (closing.signal.aborted ? Promise.resolve(locked) : act()))

  const write = async (wanted: Kept): Promise<Result<undefined>> => {
    if (closing.signal.aborted) return locked
    const written = await writeKept(sealed('offline directory'), wanted)
    if (written.ok && !closing.signal.aborted) kept = wanted
    return written
  }

  const read = async () => {
    const verified = await readFiles(sealed('snapshot'))
    // After a crash between the two files the older one is what is here.
    if (verified && kept.head && verified.snapshot.number !== kept.head.number) {
      const changes = kept.changes.filter(({ number }) => number <= verified.snapshot.number)
      kept = { ...kept, head: headOf(verified, new Date(kept.head.takenAt)), changes }
    }
    return verified
  }
  const current = () => (closing.signal.aborted ? Promise.resolve(undefined) : (last ??= read()))

  const take = async (files: SnapshotFiles, letter?: string): Promise<Result<Taken>> => {
    const trusted = { last: await current(), head: kept.head }
    const decided = await decideTaking(trusted, files, letter, clock.now())
    if (!decided.ok) return decided
    if (decided.value.kind === 'compare') {
      waiting = { files, verified: decided.value.verified }
      return ok('compare')
    }
    return keep(decided.value.accepted, files, trusted.last !== undefined)
  }

  /** The changes are written first: after a crash none is missing. Then the snapshot replaces the last one. */
  const keep = async (accepted: AcceptedSnapshot, files: SnapshotFiles, isLater: boolean) => {
    waiting = undefined
    if (!accepted.isNew && isLater) return ok('same' as const)
    const { verified } = accepted
    const now = clock.now()
    const before = kept
    const newest = isLater ? changesIn(accepted, now) : undefined
    const changes = followed(kept.changes, newest, verified.snapshot, now)
    const noted = await write({ ...kept, head: headOf(verified, now), changes })
    if (!noted.ok) return noted
    const written = await writeFiles(sealed('snapshot'), files)
    if (!written.ok) {
      await write(before)
      return written
    }
    last = Promise.resolve(verified)
    return ok('taken' as const)
  }

  const pull = () =>
    inTurn(async (): Promise<Result<Taken>> => {
      const { source } = kept
      if (!source) return refuse({ code: 'desk/no-source', kind: 'conflict' })
      const here = await current()
      const { signal } = closing
      const fetched = await fetchSnapshot(source, here?.snapshot.number, { fetch, signal })
      const taken = !fetched.ok
        ? fetched
        : fetched.value === 'unchanged'
          ? ok('same' as const)
          : await take(fetched.value)
      const triedAt = clock.now().toISOString()
      const pulledAt = taken.ok ? triedAt : kept.pull?.pulledAt
      const noted = await write({
        ...kept,
        pull: {
          triedAt,
          ...(pulledAt !== undefined && { pulledAt }),
          ...(!taken.ok && { refusal: taken.refusal.code }),
        },
      })
      return noted.ok ? taken : noted
    })

  const isDue = () => {
    if (!kept.source || !kept.head) return false
    if (!kept.pull) return true
    const waited = clock.now().getTime() - Date.parse(kept.pull.triedAt)
    return waited >= (kept.pull.refusal === undefined ? pullEvery : tryAgainAfter)
  }
  let isPulling = false

  return {
    begin: async () => {
      kept = await readKept(sealed('offline directory'))
    },
    close: () => {
      closing.abort()
      kept = nothingKept
      last = undefined
      waiting = undefined
    },
    head: () => kept.head,
    age: (now) => kept.head && snapshotAge(kept.head, now),
    current,
    take: (files, letter) => inTurn(() => take(files, letter)),
    waiting: () => waiting?.verified,
    confirm: () =>
      inTurn(async () => {
        if (!waiting) return refuse({ code: 'desk/nothing-to-compare', kind: 'conflict' })
        const { files, verified } = waiting
        const [key] = verified.line
        return take(files, key?.fingerprint)
      }),
    discard: () => {
      waiting = undefined
    },
    changes: () => kept.changes,
    noteSeen: () =>
      inTurn(() => {
        const seenAt = clock.now().toISOString()
        return write({ ...kept, changes: kept.changes.map((set) => ({ seenAt, ...set })) })
      }),
    source: () => kept.source,
    lastPull: () => kept.pull,
    follow: (source) =>
      inTurn(() => {
        const { source: _, pull: __, ...rest } = kept
        return write({ ...rest, ...(source && { source }) })
      }),
    pull,
    pullIfDue: async () => {
      if (isPulling || closing.signal.aborted || !isDue()) return
      isPulling = true
      try {
        await pull()
      } finally {
        isPulling = false
      }
    },
  }
}
