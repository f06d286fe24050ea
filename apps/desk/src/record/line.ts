import { createHash, type KeyObject } from 'node:crypto'
import { chainStart, linkText } from '@parley/kernel'
import { seal, unseal } from './seal.ts'

// A line of the file: `<number> <hash of the line before> <nonce, ciphertext and tag in base64>`. Number and hash are
// bound to the ciphertext, so that no line opens anywhere else; they stand in clear so that a break can be told.

/** Where a line belongs: in which record, as which line, after which. */
export interface Place {
  readonly record: string
  readonly n: number
  /** Hash of the line before (hex). */
  readonly before: string
}

const head = 'parley-record 1'

/** The first line of the file, which names the record and nothing else. */
export function headOf(record: string): string {
  return `${head} ${record}`
}

/** The record that a head names. */
export function readHead(text: string): string | undefined {
  return /^parley-record 1 ([0-9a-f]{32})$/.exec(text)?.[1]
}

export function firstPlace(record: string): Place {
  return { record, n: 1, before: hash(chainStart, headOf(record)) }
}

export interface SealedLine {
  readonly text: string
  /** Where the line after it belongs. */
  readonly next: Place
}

export function sealLine(key: Uint8Array, place: Place, plain: string): SealedLine {
  const text = `${place.n} ${place.before} ${seal(key, plain, bind(place)).toString('base64')}`
  return { text, next: placeAfter(place, text) }
}

/** What the line says, if it is the line of this place, whole and unchanged. */
export function unsealLine(key: KeyObject, place: Place, text: string): string | undefined {
  const written = `${place.n} ${place.before} `
  if (!text.startsWith(written)) return undefined
  return unseal(key, bytesOf(text.slice(written.length)), bind(place))?.toString('utf8')
}

/** The place after whatever text stands in this one: `linkHash` of the kernel, here without waiting. */
export function placeAfter({ record, n, before }: Place, text: string): Place {
  return { record, n: n + 1, before: hash(before, text) }
}

/** Where a line says that it belongs. */
export function claimedPlace(record: string, text: string): Place | undefined {
  const [, n, before] = /^(\d{1,15}) ([0-9a-f]{64}) /.exec(text) ?? []
  return n === undefined || before === undefined ? undefined : { record, n: Number(n), before }
}

/** The part of a line that is sealed, of any line that has one. */
export function sealedPart(text: string): Buffer {
  return bytesOf(text.slice(text.lastIndexOf(' ') + 1))
}

export function opensAt(key: KeyObject, place: Place, text: string): boolean {
  return unseal(key, sealedPart(text), bind(place)) !== undefined
}

function bind({ record, n, before }: Place): string {
  return `${record} ${n} ${before}`
}

/** Base64 has several spellings for the same bytes; a line has one. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : Buffer.alloc(0)
}

function hash(before: string, link: string): string {
  return createHash('sha256').update(linkText(before, link)).digest('hex')
}
