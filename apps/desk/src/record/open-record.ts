import { hkdfSync } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, refuse, type Result } from '@parley/kernel'
import { isDiskFull, writeDurably } from './durable.ts'
import { emptyMarks, type EndMark } from './end-mark.ts'
import {
  type Content,
  isContent,
  isEndOfAct,
  type KeptFile,
  type Line,
  parseLine,
  type What,
} from './events.ts'
import { keptFiles, type NewFile } from './files.ts'
import { firstPlace, headOf } from './line.ts'
import { type Break, readLines, type Reading } from './read-lines.ts'
import { openWriter } from './write-lines.ts'

/** What is to be written down. `by` is the name of whoever did it. */
export type Entry = {
  [W in What]: {
    readonly at: Date
    readonly by: string
    readonly what: W
    readonly case?: string
    readonly content: Content<W>
    readonly files?: readonly NewFile[]
  }
}[What]

/** The record of exchanges (POC-35), open: lines are added to its end and never changed. */
export interface ExchangeRecord {
  /** Given back once it is on the disk for good, with everything written before it. */
  append(entry: Entry): Promise<Result<Line>>
  /** The lines of one act: after a crash or on a full disk all of them are there, or none. */
  appendAll(entries: readonly [Entry, ...Entry[]]): Promise<Result<readonly [Line, ...Line[]]>>
  /** Every line that can be read, in its order. */
  lines(): readonly Line[]
  /** An attachment by its SHA-256. */
  readFile(sha: string): Promise<Result<Buffer>>
  /** The last line, to be compared later: a cut or older record does not have it. */
  end(): EndMark
  /** Places that do not hold and that nobody has noted yet; while there is one, nothing is added. */
  breaks(): readonly Break[]
  /** Bytes of an unfinished last line that were cut off when it was opened: nobody was told that it is kept. */
  readonly cutOff: number
  /** Writes down what does not hold, so that the record goes on behind it. */
  noteDamage(noted: { readonly at: Date; readonly by: string }): Promise<Result<Line>>
  /** Waits for what is being written, overwrites the key and forgets the lines. */
  close(): Promise<void>
}

const names = { lines: 'lines', marks: 'end', files: 'files' } as const

/** An empty record in a folder that has none. */
export async function createRecord(folder: string, key: Uint8Array): Promise<void> {
  const record = nameOf(key)
  await mkdir(join(folder, names.files), { recursive: true })
  await writeDurably(
    join(folder, names.marks),
    emptyMarks(key, record, { n: 0, hash: firstPlace(record).before }),
  )
  await writeDurably(join(folder, names.lines), Buffer.from(`${headOf(record)}\n`))
}

/** Reads a record and changes nothing. */
export async function readRecord(folder: string, key: Uint8Array): Promise<Reading> {
  // The mark first: a line that a running Desk adds meanwhile is then behind it, not missing.
  const marks = await readOrNothing(join(folder, names.marks))
  const file = await readOrNothing(join(folder, names.lines))
  return readLines(key, nameOf(key), { file, marks, isEndOfAct })
}

/** The attachments of the record in this folder. */
export function filesOf(folder: string, key: Uint8Array) {
  return keptFiles(join(folder, names.files), key, nameOf(key))
}

/** Opens a record for writing; the folder must be this process's alone. The key is overwritten at the end. */
export async function openRecord(folder: string, key: Buffer): Promise<ExchangeRecord> {
  const reading = await readRecord(folder, key)
  const kept = filesOf(folder, key)
  const file = await openFile(join(folder, names.lines))
  const marks = await openFile(join(folder, names.marks))
  let lines: Line[] = reading.lines.map(({ n, plain }) => parseLine(n, plain))
  let standing = unnoted(reading.breaks, lines)
  let isClosed = false
  const running = new Set<Promise<unknown>>()
  const cutOff = standing.length === 0 ? reading.unfinished : 0
  if (cutOff > 0) await cut(file, reading.size)
  const size = reading.size || (await writeHead(file, nameOf(key)))
  const writer = openWriter(key, { ...reading, size, lines: file, marks })

  /** What has begun is finished before the key goes; what comes after finds the record locked. */
  const unlessClosed = <T>(act: () => Promise<Result<T>>): Promise<Result<T>> => {
    if (isClosed) return Promise.resolve(locked)
    const acting = act()
    running.add(acting)
    const settle = () => running.delete(acting)
    acting.then(settle, settle)
    return acting
  }

  const writeAll = async ([first, ...others]: readonly [Entry, ...Entry[]]): Promise<
    Result<readonly [Line, ...Line[]]>
  > => {
    const unsaid = [first, ...others].find(({ what, content }) => !isContent(what, content))
    if (unsaid) throw new TypeError(`A line ${unsaid.what} does not say this`)
    try {
      const entries = [first, ...others]
      const files = await kept.keep(entries.flatMap((each) => each.files ?? []))
      let used = 0
      const [begun = '', ...rest] = entries.map((entry, at) => {
        const count = entry.files?.length ?? 0
        used += count
        return textOf(entry, files.slice(used - count, used), others.length - at)
      })
      const n = await writer.write([begun, ...rest])
      const written = [parseLine(n, begun), ...rest.map((plain, at) => parseLine(n + at + 1, plain))] as const
      lines.push(...written)
      return ok(written)
    } catch (fault) {
      if (isDiskFull(fault)) return refuse({ code: 'desk/disk-full', kind: 'conflict' })
      throw fault
    }
  }

  const write = async (entry: Entry): Promise<Result<Line>> => {
    const written = await writeAll([entry])
    return written.ok ? ok(written.value[0]) : written
  }

  return {
    append: async (entry) => (standing.length > 0 ? damaged : unlessClosed(() => write(entry))),
    appendAll: async (entries) => (standing.length > 0 ? damaged : unlessClosed(() => writeAll(entries))),
    lines: () => lines,
    readFile: (sha) => unlessClosed(() => kept.read(sha)),
    end: () => writer.end(),
    breaks: () => standing,
    cutOff,
    noteDamage: (noted) =>
      unlessClosed(async () => {
        if (standing.length === 0) throw new Error('There is no damage to note')
        await cut(file, size)
        const places = standing.map(({ what, line, ...rest }) => ({
          what,
          line,
          ...('to' in rest && { to: rest.to }),
        }))
        const line = await write({ ...noted, what: 'record.damage-noted', content: { places } })
        if (line.ok) standing = []
        return line
      }),
    close: async () => {
      if (isClosed) return
      isClosed = true
      await Promise.allSettled(running)
      await file.close()
      await marks.close()
      key.fill(0)
      lines = []
    },
  }
}

const locked = refuse({ code: 'desk/locked', kind: 'unauthenticated' })
const damaged = refuse({ code: 'desk/record-damaged', kind: 'conflict' })

/** A file that is gone comes back empty, and is then one of the places that do not hold. */
function openFile(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDWR | constants.O_CREAT, 0o600)
}

async function writeHead(file: FileHandle, record: string): Promise<number> {
  const head = Buffer.from(`${headOf(record)}\n`)
  await file.write(head, 0, head.length, 0)
  await file.sync()
  return head.length
}

async function cut(file: FileHandle, size: number): Promise<void> {
  await file.truncate(size)
  await file.sync()
}

/** Breaks that no line behind them speaks of. */
function unnoted(breaks: readonly Break[], lines: readonly Line[]): readonly Break[] {
  const noted = lines.filter(({ what }) => what === 'record.damage-noted').map(({ n }) => n)
  return breaks.filter(({ line }) => noted.every((n) => n <= line))
}

function textOf({ at, by, what, content, ...rest }: Entry, files: readonly KeptFile[], more: number): string {
  return JSON.stringify({
    at: at.toISOString(),
    by,
    what,
    ...(rest.case !== undefined && { case: rest.case }),
    content,
    ...(files.length > 0 && { files }),
    ...(more > 0 && { more }),
  })
}

/** A record is named after its key: a line of any other record opens nowhere in it. */
function nameOf(key: Uint8Array): string {
  return Buffer.from(hkdfSync('sha256', key, '', 'parley record', 16)).toString('hex')
}

async function readOrNothing(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return Buffer.alloc(0)
    throw fault
  }
}
