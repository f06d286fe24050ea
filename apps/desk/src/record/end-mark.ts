import type { FileHandle } from 'node:fs/promises'
import { nonceLength, seal, tagLength, unseal } from './seal.ts'

// The record's last line, sealed in a file of its own: without it, nobody would miss lines cut off the end. Two
// places are written in turn, in place and of one length: no crash and no full disk takes both.

export interface EndMark {
  /** How many lines the record has. */
  readonly n: number
  /** Hash of the last of them (hex). */
  readonly hash: string
}

const plainLength = 16 + 64
const length = nonceLength + plainLength + tagLength
const turns = [0, 1] as const

export function emptyMarks(key: Uint8Array, record: string, mark: EndMark): Buffer {
  return Buffer.concat(turns.map(() => sealMark(key, record, mark)))
}

/** The furthest of the marks that can be read, and whose turn is next; nothing where none is genuine. */
export function readMarks(
  key: Uint8Array,
  record: string,
  bytes: Buffer,
): { readonly mark: EndMark; readonly turn: number } | undefined {
  const [one, other] = turns.map((turn) =>
    readMark(unseal(key, bytes.subarray(turn * length, (turn + 1) * length), `${record} end`)),
  )
  if (one && (!other || one.n >= other.n)) return { mark: one, turn: 1 }
  return other && { mark: other, turn: 0 }
}

export async function writeMark(
  file: FileHandle,
  key: Uint8Array,
  record: string,
  mark: EndMark,
  turn: number,
): Promise<void> {
  const bytes = sealMark(key, record, mark)
  const { bytesWritten } = await file.write(bytes, 0, length, turn * length)
  if (bytesWritten !== length) throw new Error('The mark of the end was written in part')
  await file.datasync()
}

function sealMark(key: Uint8Array, record: string, { n, hash }: EndMark): Buffer {
  return seal(key, `${String(n).padStart(16, '0')}${hash}`, `${record} end`)
}

function readMark(plain: Buffer | undefined): EndMark | undefined {
  const text = plain?.toString('latin1')
  return text?.length === plainLength ? { n: Number(text.slice(0, 16)), hash: text.slice(16) } : undefined
}
