import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from '@parley/kernel'
import {
  nextSnapshotNumber,
  type SnapshotEntry,
  type SnapshotFiles,
  snapshotParts,
  takeSnapshot,
  type VerifiedSnapshot,
  verifySnapshot,
} from '@parley/protocol/snapshot'
import { loadCommunity } from '../apps/directory/src/modules/community/index.ts'
import { snapshotEntry } from '../apps/directory/src/modules/snapshot/entry-json.ts'
import { openSigningKey } from '../apps/directory/src/platform/config/signing-key.ts'
import { openStore } from '../apps/desk/src/open-store.ts'
import { findSender } from '../apps/desk/src/snapshot/find-sender.ts'
import { findEntries } from '../apps/desk/src/snapshot/names.ts'
import { median, type Row } from './figures.ts'
import { generateEntry } from './generated-entries.ts'

const sizes = [600, 100_000]
const community = loadCommunity('united-nations', { demonstration: false })
const key = openSigningKey(new Uint8Array(32).fill(7))
const issuedAt = new Date('2026-11-27T04:00:00Z')

/** An office opens a snapshot: from two files as bytes to entries that are known to be right. */
export async function benchSnapshot(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const size of sizes) rows.push(await measure(size))
  return rows
}

async function measure(size: number): Promise<Row> {
  const startedWriting = performance.now()
  const files = await issue(size)
  const writing = performance.now() - startedWriting
  const times: number[] = []
  const cpu: number[] = []
  let last: VerifiedSnapshot | undefined
  for (let run = 0; run < (size > 10_000 ? 3 : 20); run += 1) {
    const [started, used] = [performance.now(), process.cpuUsage()]
    const verified = await verifySnapshot(files)
    times.push(performance.now() - started)
    cpu.push(cpuSince(used))
    if (!verified.ok) throw new Error(verified.refusal.code)
    last = verified.value
  }
  if (!last) throw new Error('nothing was opened')
  const started = performance.now()
  const taken = await takeSnapshot(last, files, after(issuedAt, 1))
  if (!taken.ok) throw new Error(taken.refusal.code)
  return {
    entries: String(size),
    'size of the file': `${(files.file.length / 1e6).toFixed(1)} MB`,
    'verified and opened': milliseconds(median(times)),
    'of it own CPU': milliseconds(median(cpu)),
    'verified, opened and held against the last': milliseconds(performance.now() - started),
    'written and signed': milliseconds(writing),
    ...(await measureDesk(files)),
  }
}

/** The same in a Desk: until it is kept sealed, and after an unlock until it is read, searched and asked for a sender. */
async function measureDesk(files: SnapshotFiles): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-snapshot-'))
  const clock = { now: () => after(issuedAt, 1) }
  const store = openStore(folder, { clock, cost: { memory: 64, passes: 1 } })
  const login = { name: 'Bench', passphrase: 'four lanterns over the quay' }
  try {
    const begun = await store.begin(login)
    if (!begun.ok) throw new Error(begun.refusal.code)
    const [taking] = await timed(async () => {
      await begun.value.directory.take(files)
      await begun.value.directory.confirm()
    })
    await store.lock()
    const unlocked = await store.unlock(login)
    if (!unlocked.ok) throw new Error(unlocked.refusal.code)
    const [reading, copy] = await timed(() => unlocked.value.directory.current())
    if (!copy) throw new Error('nothing was kept')
    const { snapshot } = copy
    const [searchedFirst] = await timed(async () => findEntries(snapshot, 'cert'))
    const [searched] = await timed(async () => findEntries(snapshot, 'cert 55'))
    const [indexing] = await timed(async () => findSender(snapshot, 'nobody@unknown.example'))
    const [asked] = await timed(async () => findSender(snapshot, 'somebody@elsewhere.example'))
    return {
      'taken into a Desk': taking,
      'read there after an unlock': reading,
      'searched first, then again': `${searchedFirst}, ${searched}`,
      'a sender looked for first, then again': `${indexing}, ${asked}`,
    }
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** How long it took, and in brackets its own time on the processor: other work on the machine is not in it. */
async function timed<T>(act: () => Promise<T>): Promise<readonly [took: string, made: T]> {
  const [started, used] = [performance.now(), process.cpuUsage()]
  const made = await act()
  return [`${milliseconds(performance.now() - started)} (${milliseconds(cpuSince(used))})`, made]
}

async function issue(size: number) {
  const head = {
    community: community.profile.id,
    number: nextSnapshotNumber(issuedAt, undefined),
    issuedAt,
    keys: { current: key.publicKey, successions: [] },
    kinds: community.profile.kinds.map(({ id, names }) => ({ id, names })),
    states: community.states.map(({ code, names, fictional }) => ({
      code,
      names,
      participating: true,
      fictional,
    })),
  }
  const parts: Buffer[] = []
  for await (const part of snapshotParts(head, pages(size))) parts.push(Buffer.from(part))
  const file = Uint8Array.from(Buffer.concat(parts))
  return { file, signature: Uint8Array.from(Buffer.from(key.sign(file), 'base64')) }
}

function* pages(size: number): Iterable<readonly SnapshotEntry[]> {
  const perPage = 200
  for (let from = 0; from < size; from += perPage)
    yield Array.from({ length: Math.min(perPage, size - from) }, (_, at) =>
      snapshotEntry(generateEntry(community, from + at, issuedAt), [], new Set()),
    )
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`
}
