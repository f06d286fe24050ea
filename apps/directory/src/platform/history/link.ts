import type { Json } from '@parley/kernel'
import type { HistoryTables } from './tables.ts'

export type ActRow = HistoryTables['history.act']

/** What the chain holds of an act: every column, the content only as its digest. */
export function actLink(act: ActRow): Json {
  return {
    id: act.id,
    at: act.at.toISOString(),
    actor: act.actor,
    verb: act.verb,
    subject: act.subject,
    state: act.state,
    requestId: act.request_id,
    digest: act.digest,
  }
}
