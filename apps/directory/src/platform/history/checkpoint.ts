import { hour, minute } from '@parley/kernel'
import type { Database, Tx } from '../database/database.ts'
import type { Duty } from '../duties/duties.ts'
import type { CheckpointKey } from './checkpoint-key.ts'
import type { HistoryTables } from './tables.ts'

/** The chain's length at an instant and the hash of its last link: whoever keeps it can tell a rewritten history. */
export interface Checkpoint {
  readonly seq: number
  /** 64 hex digits. */
  readonly hash: string
  readonly at: Date
}

export interface SignedCheckpoint extends Checkpoint {
  readonly keyId: string
  readonly signature: string
}

/** What is signed: four lines of text, so that anybody can check it with a common tool. */
export function signedText({ seq, hash, at }: Checkpoint): string {
  return textOf(seq, hash, at.toISOString())
}

function textOf(seq: number, hash: string, at: string): string {
  return `parley checkpoint\nseq ${seq}\nhash ${hash}\nat ${at}\n`
}

/** A whole checkpoint as it leaves the house; `parseMarks` reads it back. */
export function checkpointText(checkpoint: SignedCheckpoint): string {
  return `${signedText(checkpoint)}key ${checkpoint.keyId}\nsignature ${checkpoint.signature}\n`
}

/** The short form for messages: the number of the last act and the first 16 digits of its hash. */
export function shortCheckpoint({ seq, hash }: Checkpoint): string {
  return `${seq}:${hash.slice(0, 16)}`
}

/** What somebody kept of a checkpoint: the whole, or its short form. */
export interface Mark {
  readonly seq: number
  /** The hash, or its first 16 digits. */
  readonly hash: string
  /** Where the whole was kept: the text that is said to be signed, and the signature. */
  readonly signed?: { readonly text: string; readonly signature: string }
}

const wholeForm =
  /parley checkpoint\r?\nseq (\d{1,15})\r?\nhash ([0-9a-f]{64})\r?\nat (\S+)\r?\nkey [0-9a-f]+\r?\nsignature (\S+)/g
const shortForm = /(?<![\w:])(\d{1,15}):([0-9a-f]{16})(?!\w)/g

/** Every checkpoint, whole or short, that stands somewhere in a text, by its number. */
export function parseMarks(text: string): readonly Mark[] {
  const whole = [...text.matchAll(wholeForm)].map(([, seq = '', hash = '', at = '', signature = '']) => ({
    seq: Number(seq),
    hash,
    signed: { text: textOf(Number(seq), hash, at), signature },
  }))
  const short = [...text.matchAll(shortForm)].map(([, seq = '', hash = '']) => ({ seq: Number(seq), hash }))
  return [...whole, ...short].sort((one, other) => one.seq - other.seq)
}

/** The newest checkpoint; none before the first was signed. Anybody may ask. */
export async function currentCheckpoint(tx: Tx): Promise<SignedCheckpoint | undefined> {
  const row = await tx
    .withTables<HistoryTables>()
    .selectFrom('history.checkpoint')
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && readCheckpoint(row)
}

export function readCheckpoint(row: HistoryTables['history.checkpoint']): SignedCheckpoint {
  return {
    seq: Number(row.seq),
    hash: row.hash,
    at: row.at,
    keyId: row.key_id,
    signature: row.signature,
  }
}

/** Signs where the chain ends now, unless that was signed before. */
export async function signCheckpoint(database: Database, key: CheckpointKey, now: Date): Promise<void> {
  await database.transaction({ role: 'worker' }, async (tx) => {
    const history = tx.withTables<HistoryTables>()
    const last = await history
      .selectFrom('history.seal')
      .select(['seq', 'hash'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!last) return
    const checkpoint = { seq: Number(last.seq), hash: last.hash, at: now }
    await history
      .insertInto('history.checkpoint')
      .values({
        ...checkpoint,
        key_id: key.id,
        signature: key.sign(signedText(checkpoint)),
      })
      .onConflict((conflict) => conflict.column('seq').doNothing())
      .execute()
  })
}

/** Every hour in which something happened has its checkpoint; one a day is what is promised. */
export function checkpointer(database: Database, key: CheckpointKey): Duty {
  return {
    name: 'checkpoint',
    every: minute,
    run: async (now) => {
      const newest = await database.transaction({ role: 'worker' }, currentCheckpoint)
      if (!newest || now.getTime() - newest.at.getTime() >= hour) await signCheckpoint(database, key, now)
    },
  }
}
