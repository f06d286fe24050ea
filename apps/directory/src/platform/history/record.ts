import { createHmac, randomBytes } from 'node:crypto'
import { canonical, type Json, newId, type Refusal, type StateCode } from '@parley/kernel'
import type { Database, Tx } from '../database/database.ts'
import { type Actor, actingOf, actorLabel, stateOf } from '../session/actor.ts'
import type { HistoryTables } from './tables.ts'

export type ActContent = Readonly<Record<string, Json>>

/** One line of the history: what was done, to what, and whose matter it is. */
export interface Act {
  readonly verb: string
  /** `<kind>:<id>`, for example `entry:6f1c…`. */
  readonly subject: string
  /** The State that may read this line besides the manager. */
  readonly state?: StateCode | undefined
  /** What was changed, kept under an erasable key. Strangers' acts have none. */
  readonly content?: ActContent | undefined
}

/** Whose acts are recorded, when, in which request, and in which transaction. */
export interface Recording {
  readonly tx: Tx
  readonly now: Date
  readonly actor: Actor
  readonly requestId: string
}

/** Writes the acts in the transaction of the action itself. */
export async function recordActs(scope: Recording, acts: readonly Act[]): Promise<void> {
  const history = scope.tx.withTables<HistoryTables>()
  for (const act of acts) {
    const id = newId()
    const state = act.state ?? null
    const digest = act.content && (await commitTo(scope.tx, act.subject, state, act.content))
    await history
      .insertInto('history.act')
      .values({
        id,
        at: scope.now,
        actor: actorLabel(scope.actor),
        verb: act.verb,
        subject: act.subject,
        state,
        request_id: scope.requestId,
        digest: digest ?? null,
      })
      .execute()
    if (act.content) {
      const { subject, content } = act
      await history.insertInto('history.content').values({ act_id: id, subject, state, content }).execute()
    }
  }
}

/** A refusal of a signed-in user is an act of its own; refusals of strangers are only counted in the metrics. */
export async function recordRefusal(
  database: Database,
  request: Omit<Recording, 'tx'>,
  refusal: Refusal,
): Promise<void> {
  if (!('account' in request.actor)) return
  const act = { verb: 'refused', subject: `reason:${refusal.code}`, state: stateOf(request.actor) }
  await database.transaction(actingOf(request.actor), (tx) => recordActs({ ...request, tx }, [act]))
}

/** Every subject has a random key: once it is erased, the digest in the chain says nothing about the content. */
async function commitTo(tx: Tx, subject: string, state: string | null, content: ActContent): Promise<string> {
  const history = tx.withTables<HistoryTables>()
  await history
    .insertInto('history.subject_key')
    .values({ subject, state, key: randomBytes(32).toString('hex') })
    .onConflict((conflict) => conflict.column('subject').doNothing())
    .execute()
  const { key } = await history
    .selectFrom('history.subject_key')
    .select('key')
    .where('subject', '=', subject)
    .executeTakeFirstOrThrow()
  return createHmac('sha256', Buffer.from(key, 'hex')).update(canonical(content)).digest('hex')
}
