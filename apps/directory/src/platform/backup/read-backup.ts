import { type Hmac, timingSafeEqual } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import type { Keys } from '../config/keys.ts'
import { BackupRefused, decrypt } from './encryption.ts'
import { backupVersion, openSeal, whichSecret } from './write-backup.ts'

const lineSchema = z.union([
  z.strictObject({
    parley: z.literal('backup'),
    version: z.number(),
    id: z.uuid(),
    at: z.iso.datetime().transform((text) => new Date(text)),
    secret: z.string(),
  }),
  z.strictObject({ migration: z.strictObject({ module: z.string(), file: z.string(), digest: z.string() }) }),
  z.strictObject({ table: z.string(), columns: z.array(z.string()) }),
  z.strictObject({
    sequence: z.strictObject({ name: z.string(), last: z.string().regex(/^-?\d+$/), used: z.boolean() }),
  }),
  z.strictObject({ end: z.strictObject({ rows: z.number(), seal: z.string() }) }),
])

/** A line of a backup after the first: what follows, or one row as the database wrote it. */
export type BackupLine = z.output<typeof lineSchema> | { readonly row: string }

export interface OpenBackup {
  readonly id: string
  readonly at: Date
  readonly lines: AsyncIterable<BackupLine>
}

/**
 * Opens a backup and gives out its lines. Throws `BackupRefused` where the file is cut or changed, was made under
 * another PARLEY_SECRET, or is none of ours; the seal is known to hold only when the last line has been given out.
 */
export async function openBackup(file: string, keyFile: string, keys: Keys): Promise<OpenBackup> {
  const secret = (await openAsBlob(file)).stream()
  const plain = pipeline(Readable.from(await decrypt(secret, keyFile)), createGunzip(), () => undefined)
  const texts = linesOf(plain)
  const { value: first } = await texts.next()
  const head = parse(first ?? '')
  if (!('parley' in head)) throw damaged()
  if (head.version !== backupVersion)
    throw new BackupRefused('A newer Parley made this backup: use that one.')
  if (head.secret !== whichSecret(keys))
    throw new BackupRefused(
      'This backup was made under another PARLEY_SECRET; without that secret it is of no use.',
    )
  const seal = openSeal(keys).update(`${first}\n`)
  return { id: head.id, at: head.at, lines: sealedLines(texts, seal) }
}

async function* sealedLines(texts: AsyncIterable<string>, seal: Hmac): AsyncGenerator<BackupLine> {
  let rows = 0
  let hasEnded = false
  for await (const text of texts) {
    if (hasEnded) throw damaged()
    const line = parse(text)
    if ('row' in line) rows += 1
    if ('end' in line) {
      if (line.end.rows !== rows || !isSame(line.end.seal, seal.digest('hex'))) throw damaged()
      hasEnded = true
    } else seal.update(`${text}\n`)
    yield line
  }
  if (!hasEnded) throw damaged()
}

function parse(text: string): BackupLine {
  if (!text.startsWith('#')) return { row: text }
  try {
    return lineSchema.parse(JSON.parse(text.slice(1)))
  } catch {
    throw damaged()
  }
}

/** At line feeds alone: other marks that end a line may stand inside somebody's text. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = ''
  try {
    for await (const piece of bytes) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch (fault) {
    // Whatever decrypting, unpacking and decoding say of it: this is not what was written.
    throw fault instanceof BackupRefused ? fault : damaged()
  }
  if (rest !== '') throw damaged()
}

function isSame(given: string, ours: string): boolean {
  return given.length === ours.length && timingSafeEqual(Buffer.from(given), Buffer.from(ours))
}

function damaged(): BackupRefused {
  return new BackupRefused('The file is damaged, cut off, or was not made by this Directory.')
}
