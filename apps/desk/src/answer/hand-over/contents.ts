import {
  canonical,
  chainStart,
  type Json,
  linkHash,
  ok,
  refuse,
  type Result,
  verifyChain,
} from '@parley/kernel'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Case } from '../../cases/case.ts'
import { isContent, type KeptFile, type Office } from '../../record/events.ts'
import type { NewFile } from '../../record/files.ts'
import type { ExchangeRecord } from '../../record/open-record.ts'
import { type DeskKey, isSigned } from './desk-key.ts'
import { handedLines, isHanded, renumbered } from './handed-lines.ts'

// What is handed over before it is encrypted: one line of JSON, and behind it the bytes of the files. Its `contents` are
// the canonical form of a case, whose lines are a chain of their own; the key of the Desk has signed them.

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const words = z.string().min(1).max(1_000)
const office = z.strictObject({ state: z.string().regex(/^[A-Z]{2}$/), kind: words, entity: words })
const json: z.ZodType<Json> = z.json()
const count = z.number().int().nonnegative()
const line = z.strictObject({
  number: count,
  at: z.iso.datetime(),
  by: words,
  what: words,
  content: json,
  files: z.array(z.strictObject({ name: words, size: count, sha: hash })).max(1_000),
})
const contents = z.strictObject({
  parley: z.literal('hand-over'),
  version: z.literal(1),
  id: z.uuid(),
  marking: z.literal('within-the-state'),
  madeAt: z.iso.datetime(),
  from: office,
  by: words,
  to: office,
  isExercise: z.boolean(),
  /** Which case of the other Desk it is: handed over again, it is the same one. */
  origin: words,
  links: z
    .array(z.strictObject({ content: line, hash }))
    .min(1)
    .max(100_000),
})
const envelope = z.strictObject({
  contents: z.string(),
  key: hash,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})

type Contents = z.output<typeof contents>
export type HandedLine = z.output<typeof line>

export interface HandOver {
  readonly contents: Contents
  /** Of the Desk that signed it. */
  readonly key: string
  /** Hash of the last line. */
  readonly end: string
  readonly files: ReadonlyMap<string, NewFile>
}

const megabyte = 1024 * 1024
/** Encrypted and written as text, it still fits into what a Desk takes at once. */
const most = 30 * megabyte

export interface Making {
  readonly id: string
  readonly at: Date
  readonly from: Office
  readonly by: string
  readonly to: Office
  readonly isExercise: boolean
}

/** A whole case with its files, signed. */
export async function writeHandOver(
  record: Pick<ExchangeRecord, 'readFile'>,
  each: Case,
  { id, at, ...made }: Making,
  { key, sign }: DeskKey,
): Promise<Result<{ readonly bytes: Buffer; readonly end: string }>> {
  const lines = handedLines(each.lines)
  const numbers = new Map(lines.map(({ n }, place) => [n, place + 1]))
  const links: Contents['links'] = []
  const files = new Map<string, Buffer>()
  let end = chainStart
  for (const [place, { at: when, by, what, content, files: named }] of lines.entries()) {
    const said: Json = JSON.parse(JSON.stringify(content))
    const link = {
      number: place + 1,
      at: when.toISOString(),
      by,
      what,
      content: renumbered(what, said, (n) => numbers.get(n)),
      files: named.map((file) => ({ ...file })),
    }
    end = await linkHash(end, link)
    links.push({ content: link, hash: end })
    for (const { sha } of named) {
      if (files.has(sha)) continue
      const file = await record.readFile(sha)
      if (!file.ok) return file
      files.set(sha, file.value)
    }
  }
  const text = canonical({
    parley: 'hand-over',
    version: 1,
    id,
    marking: 'within-the-state',
    madeAt: at.toISOString(),
    from: { ...made.from },
    by: made.by,
    to: { ...made.to },
    isExercise: made.isExercise,
    origin: each.id,
    links,
  })
  const head = JSON.stringify({ contents: text, key, signature: sign(text) })
  const bytes = Buffer.concat([Buffer.from(`${head}\n`), ...files.values()])
  return bytes.length > most
    ? refuse({ code: 'desk/hand-over-too-large', kind: 'conflict', values: { most: most / megabyte } })
    : ok({ bytes, end })
}

const unreadable = refuse({ code: 'desk/hand-over-unreadable', kind: 'invalid', field: 'file' })
const tampered = refuse({ code: 'desk/hand-over-tampered', kind: 'invalid', field: 'file' })
const newer = refuse({ code: 'desk/hand-over-newer', kind: 'invalid', field: 'file' })

/** Reads what another Desk wrote, and believes nothing of it that signature and chain do not hold. */
export async function readHandOver(bytes: Buffer): Promise<Result<HandOver>> {
  const first = bytes.indexOf(10)
  const head = envelope.safeParse(parsed(bytes.toString('utf8', 0, Math.max(first, 0)))).data
  if (!head) return unreadable
  if (!isSigned(head.contents, head.key, head.signature)) return tampered
  const value = parsed(head.contents)
  const read = contents.safeParse(value).data
  if (!read) return isNewer(value) ? newer : unreadable
  const { links } = read
  const { brokenAt, last: end } = await verifyChain(each(links))
  const isInOrder = links.every(({ content }, place) => content.number === place + 1)
  if (brokenAt !== undefined || !isInOrder || canonical(read) !== head.contents) return tampered
  const isWhole = links.every(
    ({ content: { what, content } }, place) =>
      isHanded(what) && isContent(what, content) && (what === 'case.opened') === (place === 0),
  )
  if (!isWhole) return newer
  const files = filesIn(
    bytes.subarray(first + 1),
    links.flatMap(({ content }) => content.files),
  )
  return files ? ok({ contents: read, key: head.key, end, files }) : tampered
}

/** The files behind the line, in the order in which the lines name them; nothing where one is not what they say. */
function filesIn(bytes: Buffer, named: readonly KeptFile[]): ReadonlyMap<string, NewFile> | undefined {
  const files = new Map<string, NewFile>()
  let start = 0
  for (const { name, size, sha } of named) {
    if (files.has(sha)) continue
    const file = bytes.subarray(start, start + size)
    if (createHash('sha256').update(file).digest('hex') !== sha) return undefined
    files.set(sha, { name, bytes: file })
    start += size
  }
  return start === bytes.length ? files : undefined
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

function isNewer(value: unknown): boolean {
  return z.object({ parley: z.literal('hand-over'), version: z.number().gt(1) }).safeParse(value).success
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
