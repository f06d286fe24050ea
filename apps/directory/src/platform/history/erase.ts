import type { Tx } from '../database/database.ts'
import type { HistoryTables } from './tables.ts'

/** Erases what the history keeps of a subject, and the key: its lines stay and say nothing any more. As the worker. */
export async function eraseSubject(tx: Tx, subject: string): Promise<void> {
  const history = tx.withTables<HistoryTables>()
  await history.deleteFrom('history.content').where('subject', '=', subject).execute()
  await history.deleteFrom('history.subject_key').where('subject', '=', subject).execute()
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
