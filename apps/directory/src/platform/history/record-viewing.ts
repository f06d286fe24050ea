import { sql } from 'kysely'
import type { ActionScope } from '../action.ts'
import { actorLabel } from '../session/actor.ts'
import { type Act, recordActs } from './record.ts'
import type { HistoryTables } from './tables.ts'

/**
 * RULE-9: what the manager looks at is a line of that State's history; the same person, verb, subject and
 * day (UTC) give one line. Other roles leave none (RULE-12).
 */
export async function recordViewing(scope: ActionScope, viewing: Omit<Act, 'content'>): Promise<void> {
  const { tx, now, actor } = scope
  if (actor.role !== 'manager') return
  const label = actorLabel(actor)
  const day = new Date(now.toISOString().slice(0, 10))
  const once = `${label} ${viewing.verb} ${viewing.subject} ${day.toISOString()}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${once}, 0))`.execute(tx)
  const found = await tx
    .withTables<HistoryTables>()
    .selectFrom('history.act')
    .select('id')
    .where('state', viewing.state === undefined ? 'is' : '=', viewing.state ?? null)
    .where('at', '>=', day)
    .where('actor', '=', label)
    .where('verb', '=', viewing.verb)
    .where('subject', '=', viewing.subject)
    .executeTakeFirst()
  if (!found) await recordActs(scope, [viewing])
}
