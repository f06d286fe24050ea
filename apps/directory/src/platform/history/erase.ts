import { after, day, newId } from '@parley/kernel'
import type { Database, Tx } from '../database/database.ts'
import type { Duty } from '../duties/duties.ts'
import type { HistoryTables } from './tables.ts'

/** That a subject was erased: its kind and number, nothing else. */
export interface Erasure {
  readonly id: string
  readonly at: Date
  /** `<kind>:<id>`. */
  readonly subject: string
}

/**
 * Erases what the history keeps of a subject, and the key: its lines stay and say nothing any more. Notes that it was
 * erased, so that a restore of an older backup erases it again (`noted`: as it was noted then). As the worker.
 */
export async function eraseSubject(tx: Tx, subject: string, noted?: Erasure): Promise<void> {
  const history = tx.withTables<HistoryTables>()
  await history.deleteFrom('history.content').where('subject', '=', subject).execute()
  await history.deleteFrom('history.subject_key').where('subject', '=', subject).execute()
  await history
    .insertInto('history.erasure')
    .values(noted ?? { id: newId(), subject })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** What was erased since an instant, the oldest first. As the worker. */
export async function listErasures(tx: Tx, since: Date): Promise<readonly Erasure[]> {
  return tx
    .withTables<HistoryTables>()
    .selectFrom('history.erasure')
    .selectAll()
    .where('at', '>=', since)
    .orderBy('at')
    .execute()
}

/** Erases former values: the contents of lines about one kind of subject (`entry`) written before an instant. As the worker. */
export async function eraseContentsBefore(tx: Tx, kind: string, before: Date): Promise<void> {
  await tx
    .withTables<HistoryTables>()
    .deleteFrom('history.content')
    .where('subject', 'like', `${kind}:%`)
    .where('act_id', 'in', (acts) => acts.selectFrom('history.act').select('id').where('at', '<', before))
    .execute()
}

/** Verbs of reading and exporting end in one of these words; what they were about is kept less long than the fact. */
const reading = '[.-](viewed|read|exported)$'

/** Erases the contents of lines about readings and exports written before an instant. As the worker. */
async function eraseReadingsBefore(tx: Tx, before: Date): Promise<void> {
  await tx
    .withTables<HistoryTables>()
    .deleteFrom('history.content')
    .where('act_id', 'in', (acts) =>
      acts.selectFrom('history.act').select('id').where('at', '<', before).where('verb', '~', reading),
    )
    .execute()
}

/** The duty of that, once a day. */
export function readingsEraser(database: Pick<Database, 'transaction'>, keepDays: number): Duty {
  return {
    name: 'erase-readings',
    every: day,
    erases: true,
    run: (now) =>
      database.transaction({ role: 'worker' }, (tx) => eraseReadingsBefore(tx, after(now, -keepDays * day))),
  }
}
