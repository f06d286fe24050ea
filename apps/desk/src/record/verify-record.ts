import { type Line, parseLine } from './events.ts'
import type { EndMark } from './end-mark.ts'
import { filesOf, readRecord } from './open-record.ts'
import type { Break } from './read-lines.ts'

/** An attachment that a line speaks of and that is not there any more, or not as it was. */
interface FileBreak {
  readonly what: 'file-missing' | 'file-changed'
  readonly line: number
  readonly sha: string
}

/** An end that somebody kept, which this record does not contain. */
interface NotContained {
  readonly what: 'not-contained'
  readonly line: number
}

export type Flaw = Break | FileBreak | NotContained

export interface Verdict {
  readonly length: number
  readonly end: EndMark
  readonly attachments: number
  /** Each place that does not hold, in the order of the lines; `noted` is who has noted it since, if anybody. */
  readonly flaws: readonly { readonly flaw: Flaw; readonly noted: Line | undefined }[]
  /** Bytes of an unfinished line at the end, which the Desk cuts off when it opens. */
  readonly unfinished: number
}

/** Follows a record from its first line to its end, and reads every attachment. Changes nothing. */
export async function verifyRecord(folder: string, key: Uint8Array, kept?: EndMark): Promise<Verdict> {
  const reading = await readRecord(folder, key)
  const files = filesOf(folder, key)
  const lines = reading.lines.map(({ n, plain }) => parseLine(n, plain))
  const missing: FileBreak[] = []
  const seen = new Set<string>()
  for (const { n, files: attached } of lines) {
    for (const { sha } of attached) {
      if (seen.has(sha)) continue
      seen.add(sha)
      const read = await files.read(sha)
      if (read.ok) continue
      const isGone = read.refusal.code === 'desk/file-missing'
      missing.push({ what: isGone ? 'file-missing' : 'file-changed', line: n, sha })
    }
  }
  const isContained =
    !kept || kept.n === 0 || reading.lines.some(({ n, hash }) => n === kept.n && hash.startsWith(kept.hash))
  const flaws: readonly Flaw[] = [
    ...reading.breaks,
    ...missing,
    ...(isContained ? [] : [{ what: 'not-contained', line: kept.n } as const]),
  ]
  return {
    length: lines.length,
    end: { n: reading.next.n - 1, hash: reading.next.before },
    attachments: seen.size - missing.length,
    flaws: flaws
      .toSorted((one, other) => one.line - other.line)
      .map((flaw) => ({ flaw, noted: noteOf(flaw, lines) })),
    unfinished: reading.unfinished,
  }
}

function noteOf(flaw: Flaw, lines: readonly Line[]): Line | undefined {
  return lines.find(
    (line) =>
      line.known &&
      line.what === 'record.damage-noted' &&
      line.content.places.some(({ what, line: place }) => what === flaw.what && place === flaw.line),
  )
}

/** What is wrong and where, for whoever checks a record. */
export function describeFlaw(flaw: Flaw): string {
  switch (flaw.what) {
    case 'head-changed':
      return 'the first line of the file does not name this record.'
    case 'line-changed':
      return `line ${flaw.line} was changed.`
    case 'line-missing':
      return flaw.to === flaw.line
        ? `line ${flaw.line} is missing.`
        : `lines ${flaw.line} to ${flaw.to} are missing.`
    case 'line-moved':
      return `line ${flaw.line} was moved: it stands where line ${flaw.instead} should.`
    case 'line-foreign':
      return `line ${flaw.line} is not of this record.`
    case 'line-forked':
      return `line ${flaw.line} is of a copy of this record that went on elsewhere.`
    case 'end-missing':
      return flaw.to === flaw.line
        ? `line ${flaw.line}, the last one, was cut off.`
        : `lines ${flaw.line} to ${flaw.to}, the last ones, were cut off.`
    case 'end-unknown':
      return `the mark of the end is gone or was changed: whether lines behind line ${flaw.line - 1} were cut off cannot be told.`
    case 'file-missing':
      return `an attachment of line ${flaw.line} is missing (SHA-256 ${flaw.sha}).`
    case 'file-changed':
      return `an attachment of line ${flaw.line} was changed (SHA-256 ${flaw.sha}).`
    case 'not-contained':
      return `the end that you kept, line ${flaw.line}, is not in it.`
  }
}
