import { after } from '@parley/kernel'
import {
  nextSnapshotNumber,
  type SnapshotEntry,
  snapshotParts,
  takeSnapshot,
  type VerifiedSnapshot,
  verifySnapshot,
} from '@parley/protocol/snapshot'
import { loadCommunity } from '../apps/directory/src/modules/community/index.ts'
import { snapshotEntry } from '../apps/directory/src/modules/snapshot/entry-json.ts'
import { openSigningKey } from '../apps/directory/src/platform/config/signing-key.ts'
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
  }
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
