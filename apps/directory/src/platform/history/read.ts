import type { StateCode } from '@parley/kernel'
import type { Tx } from '../database/database.ts'
import type { ActContent } from './record.ts'
import type { HistoryTables } from './tables.ts'

export interface PastAct {
  readonly at: Date
  /** Role and account's id, for example `manager:6f1c…`. */
  readonly actor: string
  readonly verb: string
  readonly subject: string
  readonly state: string | null
  /** Absent where none was kept, or where it is erased. */
  readonly content: ActContent | undefined
}

/** Lines of some verbs, the newest first: of one State for itself, of all for the manager. */
export async function listActs(
  tx: Tx,
  wanted: {
    readonly state?: StateCode
    readonly verbs: readonly string[]
    readonly subject?: string
    readonly offset?: number
    readonly limit: number
  },
): Promise<readonly PastAct[]> {
  let query = tx
    .withTables<HistoryTables>()
    .selectFrom('history.act')
    .leftJoin('history.content', 'history.content.act_id', 'history.act.id')
    .select(['history.act.at', 'history.act.actor', 'history.act.verb'])
    .select(['history.act.subject', 'history.act.state'])
    .select('history.content.content')
    .where('history.act.verb', 'in', wanted.verbs)
  if (wanted.state !== undefined) query = query.where('history.act.state', '=', wanted.state)
  if (wanted.subject !== undefined) query = query.where('history.act.subject', '=', wanted.subject)
  const rows = await query
    .orderBy('history.act.at', 'desc')
    .orderBy('history.act.id')
    .limit(wanted.limit)
    .offset(wanted.offset ?? 0)
    .execute()
  return rows.map(({ content, ...row }) => ({ ...row, content: content ?? undefined }))
}
