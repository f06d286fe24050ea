import { ok, refuse, type Result } from '@parley/kernel'
import { isRecord, isSnapshot } from './shapes.ts'
import { type Snapshot, snapshotLimits } from './snapshot.ts'
import { hexOf, isSignedBy, lineOfKeys, type SigningKey } from './succession.ts'

/** The two files as they came. */
export interface SnapshotFiles {
  readonly file: Uint8Array<ArrayBuffer>
  /** 64 bytes. */
  readonly signature: Uint8Array<ArrayBuffer>
}

/** What the key that stands in it has signed. Whether that key is to be trusted, `decideSnapshot` says. */
export interface VerifiedSnapshot {
  readonly snapshot: Snapshot
  /** The key that signed it and those before it, newest first, each signed by the next. */
  readonly line: readonly SigningKey[]
  /** SHA-256 of the file, hex. */
  readonly digest: string
}

/**
 * Reads a snapshot and verifies its own signature. Refusals: `protocol/snapshot-too-large`, `-unreadable` (no
 * snapshot, or not in canonical form), `-newer-format`, `-tampered` (not signed by the key that stands in it).
 */
export async function verifySnapshot({ file, signature }: SnapshotFiles): Promise<Result<VerifiedSnapshot>> {
  if (file.length > snapshotLimits.file) return refused('too-large')
  const text = textOf(file)
  const value = text === undefined ? undefined : parsed(text)
  if (text === undefined || !isRecord(value) || value.parley !== 'snapshot') return refused('unreadable')
  if (Number.isSafeInteger(value.version) && Number(value.version) > 1) return refused('newer-format')
  if (!isSnapshot(value)) return refused('unreadable')
  const { community, keys } = value
  if (!(await isSignedBy(keys.current, signature, file))) return refused('tampered')
  // What is signed but can be read in two ways is not to be read at all.
  if (!isCanonical(value, text)) return refused('unreadable')
  return ok({
    snapshot: value,
    line: await lineOfKeys(community, keys.current, keys.successions),
    digest: hexOf(await crypto.subtle.digest('SHA-256', file)),
  })
}

function refused(what: string): Result<never> {
  return refuse({ code: `protocol/snapshot-${what}`, kind: 'invalid' })
}

/** Nothing where it is no UTF-8. A byte order mark stays, and is no JSON. */
function textOf(file: Uint8Array<ArrayBuffer>): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file)
  } catch {
    return undefined
  }
}

/** Nothing where it is no JSON, or nested deeper than this engine follows. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** RFC 8785: the text that its value makes, so that no member stands twice, and every object's members in order. */
function isCanonical(value: unknown, text: string): boolean {
  try {
    return JSON.stringify(value) === text && isInOrder(value)
  } catch {
    return false
  }
}

function isInOrder(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isInOrder)
  if (!isRecord(value)) return true
  let before = ''
  for (const [name, member] of Object.entries(value)) {
    if (name < before || !isInOrder(member)) return false
    before = name
  }
  return true
}
