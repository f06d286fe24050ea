import { createHmac } from 'node:crypto'
import { createWriteStream, existsSync, linkSync, rmSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { newId } from '@parley/kernel'
import { sql } from 'kysely'
import type { Keys } from '../config/keys.ts'
import type { Engine, OwnersQueries } from '../database/database.ts'
import { listApplied } from '../database/migrate.ts'
import { BackupRefused, encrypt, streamOf } from './encryption.ts'
import { type BackedUpTable, listBackedUpTables, listSequences } from './tables.ts'

export const backupVersion = 1

/** How many rows are read from the database at a time. */
const batch = 500

export interface WrittenBackup {
  readonly id: string
  readonly rows: number
}

/**
 * Writes one state of the whole database into a new file: age over gzip over lines of text. Lines that begin with `#`
 * say what follows; each other line is a row as JSON, as the database wrote it. The last line seals all before it with
 * a key of PARLEY_SECRET: whoever has the public key alone cannot make a backup that is taken back.
 */
export async function writeBackup(
  engine: Engine,
  keys: Keys,
  to: { readonly file: string; readonly recipients: readonly string[] },
  now: Date,
): Promise<WrittenBackup> {
  const unfinished = `${to.file}.unfinished`
  if (existsSync(to.file))
    throw new BackupRefused(`There is a file ${to.file} already: nothing was overwritten.`)
  const id = newId()
  let rows = 0
  try {
    await engine.asOwner(async (execute, owner) => {
      await execute('begin isolation level repeatable read read only')
      try {
        const lines = sealed(keys, describe(owner, { id, at: now, secret: whichSecret(keys) }), (count) => {
          rows = count
        })
        await pipeline(
          lines,
          createGzip(),
          async function* (pieces: AsyncIterable<Uint8Array>) {
            yield* await encrypt(streamOf(pieces), to.recipients)
          },
          createWriteStream(unfinished, { mode: 0o600, flush: true }),
        )
      } finally {
        await execute('rollback')
      }
    })
    nameOnce(unfinished, to.file)
    return { id, rows }
  } finally {
    rmSync(unfinished, { force: true })
  }
}

/** Sixteen digits by which a restore sees early that PARLEY_SECRET is another one. */
export function whichSecret(keys: Keys): string {
  return keys.digest('backup', 'which secret').slice(0, 16)
}

export function openSeal(keys: Keys) {
  return createHmac('sha256', keys.derive('backup'))
}

interface Header {
  readonly id: string
  readonly at: Date
  readonly secret: string
}

async function* describe(owner: OwnersQueries, header: Header): AsyncGenerator<string> {
  yield `# ${JSON.stringify({ parley: 'backup', version: backupVersion, ...header })}`
  for (const migration of await listApplied(owner)) yield `# ${JSON.stringify({ migration })}`
  for (const table of await listBackedUpTables(owner)) {
    yield `# ${JSON.stringify({ table: `${table.schema}.${table.table}`, columns: table.columns })}`
    yield* rowsOf(owner, table)
  }
  for (const sequence of await listSequences(owner)) yield `# ${JSON.stringify({ sequence })}`
}

async function* rowsOf(
  owner: OwnersQueries,
  { schema, table, columns }: BackedUpTable,
): AsyncGenerator<string> {
  const names = sql.join(columns.map((column) => sql.ref(column)))
  await sql`declare backup no scroll cursor for
    select to_jsonb(t)::text as row from (select ${names} from ${sql.table(`${schema}.${table}`)}) as t`.execute(
    owner,
  )
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.lit(batch)} from backup`.execute(owner)
    for (const { row } of rows) yield row
    if (rows.length < batch) break
  }
  await sql`close backup`.execute(owner)
}

async function* sealed(
  keys: Keys,
  lines: AsyncIterable<string>,
  counted: (rows: number) => void,
): AsyncGenerator<Uint8Array> {
  const seal = openSeal(keys)
  let rows = 0
  let waiting = ''
  for await (const line of lines) {
    if (!line.startsWith('#')) rows += 1
    waiting += `${line}\n`
    if (waiting.length < 65_536) continue
    const bytes = Buffer.from(waiting)
    waiting = ''
    seal.update(bytes)
    yield bytes
  }
  const bytes = Buffer.from(waiting)
  seal.update(bytes)
  yield bytes
  counted(rows)
  yield Buffer.from(`# ${JSON.stringify({ end: { rows, seal: seal.digest('hex') } })}\n`)
}

/** A link, unlike a renaming, never takes the place of a file that came in between. */
function nameOnce(unfinished: string, file: string): void {
  try {
    linkSync(unfinished, file)
  } catch (fault) {
    if (!(fault instanceof Error) || !('code' in fault) || fault.code !== 'EEXIST') throw fault
    throw new BackupRefused(`There is a file ${file} already: nothing was overwritten.`)
  }
}
