import { crc32, inflateRawSync } from 'node:zlib'
import { ok, refuse, type Result } from '@parley/kernel'

// The parts of a ZIP archive that are asked for, none of it unpacked before its size is known, and never beyond it.

const megabyte = 1_000_000
/** Of all parts together: text of many hundred pages. Pictures are not unpacked. */
const largest = 20 * megabyte

const endMark = 0x06054b50
const endLength = 22
const longestComment = 0xffff
const entryMark = 0x02014b50
const entryLength = 46
const localMark = 0x04034b50
const localLength = 30

interface Entry {
  readonly name: string
  readonly isLocked: boolean
  readonly method: number
  readonly digest: number
  readonly packed: number
  readonly unpacked: number
  readonly at: number
}

export type Unpack = (name: string) => Result<string | undefined>

/** Gives a part by its name as text (undefined where there is none); what they hold together is bounded. */
export function openArchive(bytes: Uint8Array, file: string): Result<Unpack> {
  const entries = readEntries(bytes)
  if (entries === undefined) return damaged(file)
  let left = largest
  return ok((name) => {
    const entry = entries.get(name)
    if (entry === undefined) return ok(undefined)
    if (entry.isLocked) return refuse({ code: 'library/locked-file', kind: 'invalid', values: { file } })
    if (entry.unpacked > left) return tooLarge(file)
    const part = unpack(bytes, entry)
    if (part?.length !== entry.unpacked || crc32(part) !== entry.digest) return damaged(file)
    left -= part.length
    return ok(new TextDecoder().decode(part))
  })
}

export function damaged(file: string): Result<never> {
  return refuse({ code: 'library/damaged-file', kind: 'invalid', values: { file } })
}

function tooLarge(file: string): Result<never> {
  const values = { file, megabytes: largest / megabyte }
  return refuse({ code: 'library/zip-bomb', kind: 'invalid', values })
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** From the list at the end of the archive; the first of two equal names counts. */
function readEntries(bytes: Uint8Array): ReadonlyMap<string, Entry> | undefined {
  const view = viewOf(bytes)
  const end = findEnd(view)
  if (end === undefined) return undefined
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  const entries = new Map<string, Entry>()
  for (let index = 0; index < count; index += 1) {
    if (at + entryLength > bytes.length || view.getUint32(at, true) !== entryMark) return undefined
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + entryLength, at + entryLength + nameLength))
    if (!entries.has(name)) entries.set(name, readEntry(view, at, name))
    at += entryLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - endLength
  for (let at = last; at >= Math.max(0, last - longestComment); at -= 1) {
    if (view.getUint32(at, true) === endMark) return at
  }
  return undefined
}

function readEntry(view: DataView, at: number, name: string): Entry {
  return {
    name,
    isLocked: (view.getUint16(at + 8, true) & 1) === 1,
    method: view.getUint16(at + 10, true),
    digest: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    unpacked: view.getUint32(at + 24, true),
    at: view.getUint32(at + 42, true),
  }
}

function unpack(bytes: Uint8Array, entry: Entry): Uint8Array | undefined {
  const view = viewOf(bytes)
  const { at } = entry
  if (at + localLength > bytes.length || view.getUint32(at, true) !== localMark) return undefined
  const start = at + localLength + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  const packed = bytes.subarray(start, start + entry.packed)
  if (entry.method === 0) return packed
  return entry.method === 8 ? inflate(packed, entry.unpacked) : undefined
}

/** Stops where it would hold more than the archive says: undefined, as for what cannot be unpacked. */
function inflate(packed: Uint8Array, said: number): Uint8Array | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, said) })
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}
