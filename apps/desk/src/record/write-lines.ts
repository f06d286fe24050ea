import type { FileHandle } from 'node:fs/promises'
import { type EndMark, writeMark } from './end-mark.ts'
import { type Place, sealLine } from './line.ts'

/** Where writing goes on: two open files, and where in them. */
export interface End {
  readonly lines: FileHandle
  readonly marks: FileHandle
  readonly next: Place
  readonly size: number
  readonly turn: number
}

export interface LineWriter {
  /** Seals texts as the next lines; gives back the number of the first once all and their mark are on the disk. */
  write(plains: readonly string[]): Promise<number>
  end(): EndMark
}

interface Waiting {
  readonly plains: readonly string[]
  readonly resolve: (n: number) => void
  readonly reject: (fault: unknown) => void
}

export function openWriter(key: Uint8Array, { lines, marks, ...start }: End): LineWriter {
  let { next, size, turn } = start
  let isSound = true
  let waiting: Waiting[] = []
  let writing: Promise<void> | undefined

  // Whoever waits while others are written is written with the next: one trip to the disk for all of them.
  const writeAll = async (): Promise<void> => {
    await Promise.resolve()
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      let first = next.n
      try {
        await writeGroup(group)
        for (const { plains, resolve } of group) {
          resolve(first)
          first += plains.length
        }
      } catch (fault) {
        for (const { reject } of group) reject(fault)
      }
    }
  }

  const writeGroup = async (group: readonly Waiting[]): Promise<void> => {
    if (!isSound) throw new Error('The record could not be written to before: open it again')
    let place = next
    const texts = group
      .flatMap(({ plains }) => plains)
      .map((plain) => {
        const sealed = sealLine(key, place, plain)
        place = sealed.next
        return `${sealed.text}\n`
      })
    const bytes = Buffer.from(texts.join(''), 'latin1')
    try {
      await writeAt(lines, bytes, size)
    } catch (fault) {
      await takeBack()
      throw fault
    }
    try {
      await writeMark(marks, key, place.record, { n: place.n - 1, hash: place.before }, turn)
    } catch (fault) {
      // The line is there and its mark is not: only reading it all again tells what holds.
      isSound = false
      throw fault
    }
    turn = 1 - turn
    next = place
    size += bytes.length
  }

  /** What was written in part goes; where even that fails, nothing more is written on top of it. */
  const takeBack = async (): Promise<void> => {
    try {
      await lines.truncate(size)
      await lines.datasync()
    } catch {
      isSound = false
    }
  }

  return {
    write: (plains) =>
      new Promise((resolve, reject) => {
        waiting.push({ plains, resolve, reject })
        writing ??= writeAll().finally(() => {
          writing = undefined
        })
      }),
    end: () => ({ n: next.n - 1, hash: next.before }),
  }
}

async function writeAt(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let at = 0
  while (at < bytes.length) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, position + at)
    at += bytesWritten
  }
  await file.datasync()
}
