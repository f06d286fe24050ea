import { createSecretKey, type KeyObject } from 'node:crypto'
import { type EndMark, readMarks } from './end-mark.ts'
import { claimedPlace, firstPlace, opensAt, type Place, placeAfter, readHead, unsealLine } from './line.ts'

/** A place of the record that does not hold. `line` is where, counted from 1; the head is line 0. */
export type Break =
  /** The first line of the file is not that of this record. */
  | { readonly what: 'head-changed'; readonly line: 0 }
  | { readonly what: 'line-changed'; readonly line: number }
  /** Lines from here to `to` are not there. */
  | { readonly what: 'line-missing'; readonly line: number; readonly to: number }
  /** A line of this record that stands where `instead` should. */
  | { readonly what: 'line-moved'; readonly line: number; readonly instead: number }
  /** A line of another record. */
  | { readonly what: 'line-foreign'; readonly line: number }
  /** A line of this record, but of a copy that went on elsewhere. */
  | { readonly what: 'line-forked'; readonly line: number }
  /** The mark of the end says that there were lines up to `to`. */
  | { readonly what: 'end-missing'; readonly line: number; readonly to: number }
  /** The mark of the end is gone or not genuine: lines may have been cut off. */
  | { readonly what: 'end-unknown'; readonly line: number }

interface PlainLine {
  readonly n: number
  readonly plain: string
  readonly hash: string
}

export interface Reading {
  /** Every line that can be read, in the order of the file. */
  readonly lines: readonly PlainLine[]
  readonly breaks: readonly Break[]
  /** Where the next line belongs. */
  readonly next: Place
  /** Bytes of the file up to the last whole line, and of an unfinished one behind it that nobody was told of. */
  readonly size: number
  readonly unfinished: number
  readonly mark: EndMark | undefined
  /** Which of the two places of the mark is written next. */
  readonly turn: number
}

interface Stored {
  readonly file: Buffer
  readonly marks: Buffer
  /** Whether an act of several lines may end with this one. */
  readonly isEndOfAct: (plain: string) => boolean
}

/** Reads all that is genuine and names every place that does not hold; changes nothing. */
export function readLines(bytes: Uint8Array, record: string, { file, marks, isEndOfAct }: Stored): Reading {
  // Made once: from bytes, it would be made for each line, which takes longer than opening it.
  const key = createSecretKey(bytes)
  const known = readMarks(bytes, record, marks)
  const mark = known?.mark
  const { texts, size: whole } = split(file)
  const [head = '', ...rest] = texts
  const breaks: Break[] = readHead(head) === record ? [] : [{ what: 'head-changed', line: 0 }]
  const lines: PlainLine[] = []
  let place = firstPlace(record)
  let size = whole
  let isMarkMet = mark?.n === 0 && mark.hash === place.before
  let isAfterLoss = breaks.length > 0
  for (const [at, text] of rest.entries()) {
    const plain = unsealLine(key, place, text)
    if (plain !== undefined) {
      const { n } = place
      place = placeAfter(place, text)
      lines.push({ n, plain, hash: place.before })
      isAfterLoss = false
    } else if (at === rest.length - 1 && isUnconfirmed(place, mark) && !isGenuine(key, record, text)) {
      size -= text.length + 1
    } else {
      const claimed = isGenuine(key, record, text)
      if (claimed)
        lines.push({
          n: claimed.n,
          plain: unsealLine(key, claimed, text) ?? '',
          hash: placeAfter(claimed, text).before,
        })
      const broken =
        isAfterLoss && claimed?.n === place.n ? undefined : diagnose(key, place, text, rest.slice(at + 1))
      if (broken) breaks.push(broken)
      // What was put back among later lines leaves their order as it is.
      if (!claimed || claimed.n >= place.n) place = placeAfter(claimed ?? place, text)
      isAfterLoss = !claimed
    }
    if (place.n - 1 === mark?.n && place.before === mark.hash) isMarkMet = true
  }
  // An act that a crash cut in two was never confirmed: what is there of it goes, too.
  const confirmed = mark && breaks.length === 0 ? mark.n : Number.POSITIVE_INFINITY
  for (let last = lines.at(-1); last; last = lines.at(-1)) {
    if (last.n <= confirmed || isEndOfAct(last.plain)) break
    lines.pop()
    size -= (rest[last.n - 1] ?? '').length + 1
    place = { record, n: last.n, before: lines.at(-1)?.hash ?? firstPlace(record).before }
  }
  const broken = breakAtEnd(place, mark, isMarkMet || breaks.length > 0)
  return {
    lines,
    breaks: broken ? [...breaks, broken] : breaks,
    next: place,
    size,
    unfinished: file.length - size,
    mark,
    turn: known?.turn ?? 0,
  }
}

/** The lines that are whole; what stands behind the last line feed is none. */
function split(file: Buffer): { readonly texts: readonly string[]; readonly size: number } {
  const texts: string[] = []
  let size = 0
  for (let end = file.indexOf(10); end >= 0; end = file.indexOf(10, size)) {
    texts.push(file.toString('latin1', size, end))
    size = end + 1
  }
  return { texts, size }
}

/** Nobody was told that a line behind the mark is kept: a crash may have left anything there. */
function isUnconfirmed(place: Place, mark: EndMark | undefined): boolean {
  return mark !== undefined && place.n > mark.n
}

/** Where a line of this record says that it belongs; nothing if it is none. */
function isGenuine(key: KeyObject, record: string, text: string): Place | undefined {
  const claimed = claimedPlace(record, text)
  return claimed && opensAt(key, claimed, text) ? claimed : undefined
}

function diagnose(key: KeyObject, place: Place, text: string, later: readonly string[]): Break | undefined {
  const line = place.n
  const claimed = claimedPlace(place.record, text)
  if (!claimed || (claimed.n === line && claimed.before === place.before) || opensAt(key, place, text))
    return { what: 'line-changed', line }
  if (!opensAt(key, claimed, text)) return { what: 'line-foreign', line }
  if (claimed.n === line) return { what: 'line-forked', line }
  const isLater = later.some((each) => isGenuine(key, place.record, each)?.n === line)
  if (claimed.n > line && !isLater) return { what: 'line-missing', line, to: claimed.n - 1 }
  return { what: 'line-moved', line: claimed.n, instead: line }
}

function breakAtEnd(place: Place, mark: EndMark | undefined, isAccounted: boolean): Break | undefined {
  if (!mark) return { what: 'end-unknown', line: place.n }
  if (mark.n >= place.n) return { what: 'end-missing', line: place.n, to: mark.n }
  return isAccounted ? undefined : { what: 'line-forked', line: mark.n }
}
