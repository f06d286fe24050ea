import type { Json } from '@parley/kernel'
import type { Generated } from 'kysely'

export type HistoryTables = {
  'history.act': {
    id: string
    at: Date
    actor: string
    verb: string
    subject: string
    state: string | null
    request_id: string
    digest: string | null
  }
  'history.subject_key': { subject: string; state: string | null; key: string }
  'history.content': {
    act_id: string
    subject: string
    state: string | null
    content: Readonly<Record<string, Json>>
  }
  'history.erasure': { id: string; at: Generated<Date>; subject: string }
  'history.pending': { position: string | number; act_id: string }
  /** `seq` is read as text or number, depending on the engine. */
  'history.seal': { seq: string | number; act_id: string; hash: string }
  'history.checkpoint': { seq: string | number; hash: string; at: Date; key_id: string; signature: string }
}
