import { parseId, type StateCode } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import type { ActContent } from '../../platform/history/record.ts'
import type { HistoryTables } from '../../platform/history/tables.ts'

export interface Line {
  readonly id: string
  readonly at: Date
  /** `<role>:<account>`, a duty, or a role alone. */
  readonly actor: string
  readonly verb: string
  readonly subject: string
  readonly state: string | null
  /** Its number in the chain; none for the moment until it is sealed. */
  readonly seq: number | undefined
  /** What was written, unless it is erased. */
  readonly content: ActContent | undefined
}

export interface Lines {
  readonly lines: readonly Line[]
  /** Where the next older page begins, if there is one. */
  readonly next: string | undefined
}

const perPage = 40

/** Lines of the history, the newest first, as far as the one who asks may read; `before` is a page's `next`. */
export async function listActs(
  tx: Tx,
  { state, before }: { readonly state?: StateCode | undefined; readonly before: string },
): Promise<Lines> {
  const from = parseCursor(before)
  const rows = await tx
    .withTables<HistoryTables>()
    .selectFrom('history.act as act')
    .leftJoin('history.seal as seal', 'seal.act_id', 'act.id')
    .leftJoin('history.content as content', 'content.act_id', 'act.id')
    .select(['act.id', 'act.at', 'act.actor', 'act.verb', 'act.subject', 'act.state'])
    .select(['seal.seq', 'content.content'])
    .$if(state !== undefined, (query) =>
      query.where((row) =>
        row.or([row('act.state', '=', state ?? null), row('act.subject', '=', 'community')]),
      ),
    )
    .$if(from !== undefined, (query) =>
      query.where((row) =>
        row.or([
          row('act.at', '<', from?.at ?? null),
          row.and([row('act.at', '=', from?.at ?? null), row('act.id', '<', from?.id ?? null)]),
        ]),
      ),
    )
    .orderBy('act.at', 'desc')
    .orderBy('act.id', 'desc')
    .limit(perPage + 1)
    .execute()
  const lines = rows.slice(0, perPage).map((row) => ({
    ...row,
    seq: row.seq === null ? undefined : Number(row.seq),
    content: row.content ?? undefined,
  }))
  const last = lines.at(-1)
  return { lines, next: rows.length > perPage && last ? `${last.at.toISOString()}_${last.id}` : undefined }
}

/** Anything that is no cursor of ours begins with the newest line. */
function parseCursor(text: string): { readonly at: Date; readonly id: string } | undefined {
  const [time = '', id = ''] = text.split('_')
  const at = new Date(time)
  return parseId(id) === undefined || Number.isNaN(at.getTime()) ? undefined : { at, id }
}
