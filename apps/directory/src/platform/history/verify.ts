import { createHmac } from 'node:crypto'
import { canonical, chainStart, linkHash } from '@parley/kernel'
import type { Database, Tx } from '../database/database.ts'
import { type Mark, parseMarks, readCheckpoint, signedText } from './checkpoint.ts'
import type { CheckpointKey } from './checkpoint-key.ts'
import { actLink, type ActRow } from './link.ts'
import type { HistoryTables } from './tables.ts'

/** What is wrong with the first place that does not hold. */
export type Break =
  /** A number is missing among the seals. */
  | { readonly what: 'seal-missing'; readonly seq: number }
  | { readonly what: 'act-missing'; readonly seq: number }
  /** The act, or its place, is not what was sealed. */
  | { readonly what: 'act-changed'; readonly seq: number; readonly act: string }
  | { readonly what: 'content-changed'; readonly seq: number; readonly act: string }
  | { readonly what: 'checkpoint-forged'; readonly seq: number }
  /** Checkpoints reach further than the chain. */
  | { readonly what: 'end-missing'; readonly seq: number }
  /** An act that neither has its place in the chain nor waits for one. */
  | { readonly what: 'act-not-sealed'; readonly act: string }
  /** A checkpoint that somebody kept, and this chain does not contain. */
  | { readonly what: 'not-contained'; readonly seq: number }
  /** A text given as a checkpoint that this Directory's key never signed. */
  | { readonly what: 'not-signed'; readonly seq: number }

export interface Verdict {
  /** Links that hold, from the start. */
  readonly length: number
  readonly lastHash: string
  /** Checkpoints looked at: our own, and those given to compare with. */
  readonly checkpoints: number
  readonly compared: number
  readonly broken?: Break
}

const batch = 1000

/**
 * Follows the chain from its start and names the first place that does not hold. `against` is any text with
 * checkpoints that somebody kept, whole or short: each must be contained.
 */
export async function verifyHistory(database: Database, key: CheckpointKey, against = ''): Promise<Verdict> {
  const marks = parseMarks(against)
  let seq = 0
  let hash = chainStart
  let checkpoints = 0
  const verdict = (broken?: Break): Verdict => ({
    length: seq,
    lastHash: hash,
    checkpoints,
    compared: marks.length,
    ...(broken && { broken }),
  })
  const unsigned = marks.find(({ signed }) => signed && !key.isSigned(signed.text, signed.signature))
  if (unsigned) return verdict({ what: 'not-signed', seq: unsigned.seq })

  for (;;) {
    const links = await database.transaction({ role: 'worker' }, (tx) => readLinks(tx, seq))
    for (const link of links) {
      const broken = await checkLink(link, seq + 1, hash)
      if (broken) return verdict(broken)
      seq += 1
      hash = link.hash
      if (link.checkpoint) {
        checkpoints += 1
        if (!isGenuine(link.checkpoint, link.hash, key)) return verdict({ what: 'checkpoint-forged', seq })
      }
      if (contradicts(marks, seq, hash)) return verdict({ what: 'not-contained', seq })
    }
    if (links.length < batch) break
  }
  const beyond = marks.find((mark) => mark.seq > seq || mark.seq < 1)
  if (beyond) return verdict({ what: 'not-contained', seq: beyond.seq })
  return verdict(await database.transaction({ role: 'worker' }, findLoose))
}

interface Link {
  readonly seq: number
  readonly hash: string
  readonly act: ActRow | undefined
  readonly content: { readonly text: string; readonly key: string | undefined } | undefined
  readonly checkpoint: HistoryTables['history.checkpoint'] | undefined
}

/** Outer joins throughout: what was taken away must show as missing, not make its neighbours disappear. */
async function readLinks(tx: Tx, after: number): Promise<readonly Link[]> {
  const history = tx.withTables<HistoryTables>()
  const seals = await history
    .selectFrom('history.seal')
    .selectAll()
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(batch)
    .execute()
  const last = seals.at(-1)
  if (!last) return []
  const ids = seals.map((seal) => seal.act_id)
  const acts = await history.selectFrom('history.act').selectAll().where('id', 'in', ids).execute()
  const contents = await history
    .selectFrom('history.content')
    .leftJoin('history.subject_key', 'history.subject_key.subject', 'history.content.subject')
    .select(['act_id', 'content', 'key'])
    .where('act_id', 'in', ids)
    .execute()
  const signed = await history
    .selectFrom('history.checkpoint')
    .selectAll()
    .where('seq', '>', after)
    .where('seq', '<=', last.seq)
    .execute()
  const actById = new Map(acts.map((act) => [act.id, act]))
  const contentByAct = new Map(contents.map((row) => [row.act_id, row]))
  const checkpointBySeq = new Map(signed.map((row) => [Number(row.seq), row]))
  return seals.map((seal) => {
    const content = contentByAct.get(seal.act_id)
    return {
      seq: Number(seal.seq),
      hash: seal.hash,
      act: actById.get(seal.act_id),
      content: content && { text: canonical(content.content), key: content.key ?? undefined },
      checkpoint: checkpointBySeq.get(Number(seal.seq)),
    }
  })
}

async function checkLink(link: Link, expected: number, before: string): Promise<Break | undefined> {
  const { seq, act } = link
  if (seq !== expected) return { what: 'seal-missing', seq: expected }
  if (!act) return { what: 'act-missing', seq }
  if ((await linkHash(before, actLink(act))) !== link.hash) return { what: 'act-changed', seq, act: act.id }
  if (!matchesDigest(link)) return { what: 'content-changed', seq, act: act.id }
  return undefined
}

/** Erased contents prove nothing and break nothing; those that are there must be what was committed to. */
function matchesDigest({ act, content }: Link): boolean {
  if (!content) return true
  if (content.key === undefined) return false
  const digest = createHmac('sha256', Buffer.from(content.key, 'hex')).update(content.text).digest('hex')
  return digest === act?.digest
}

function isGenuine(row: HistoryTables['history.checkpoint'], hash: string, key: CheckpointKey): boolean {
  return row.hash === hash && key.isSigned(signedText(readCheckpoint(row)), row.signature)
}

function contradicts(marks: readonly Mark[], seq: number, hash: string): boolean {
  return marks.some((mark) => mark.seq === seq && !hash.startsWith(mark.hash))
}

/** Acts outside the chain, and checkpoints beyond its end. */
async function findLoose(tx: Tx): Promise<Break | undefined> {
  const history = tx.withTables<HistoryTables>()
  const beyond = await history
    .selectFrom('history.checkpoint')
    .leftJoin('history.seal', 'history.seal.seq', 'history.checkpoint.seq')
    .select('history.checkpoint.seq')
    .where('history.seal.seq', 'is', null)
    .orderBy('history.checkpoint.seq')
    .limit(1)
    .executeTakeFirst()
  if (beyond) return { what: 'end-missing', seq: Number(beyond.seq) }
  const loose = await history
    .selectFrom('history.act')
    .leftJoin('history.seal', 'history.seal.act_id', 'history.act.id')
    .leftJoin('history.pending', 'history.pending.act_id', 'history.act.id')
    .select('history.act.id')
    .where('history.seal.act_id', 'is', null)
    .where('history.pending.act_id', 'is', null)
    .orderBy('history.act.at')
    .limit(1)
    .executeTakeFirst()
  return loose && { what: 'act-not-sealed', act: loose.id }
}
