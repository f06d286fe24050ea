import { type Clock, minute, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Database, Tx } from '../../platform/database/database.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import { type Actor, stateOf } from '../../platform/session/actor.ts'
import type { DirectoryTables } from './tables.ts'

/**
 * RULE-12: how often a State's cards are opened by other States, counted in this process's memory without a name and
 * added to the month's total from time to time. A crash loses what was not added yet.
 */
export interface CardViews {
  count(actor: Actor, state: StateCode): void
  /** Adds what was counted; nothing is lost when the database cannot be reached. */
  flush(): Promise<void>
  readonly duty: Duty
}

const flushEvery = 5 * minute

export function openCardViews(database: Database, clock: Clock): CardViews {
  let counted = new Map<string, number>()
  let flushedAt = clock.now().getTime()
  const flush = async () => {
    flushedAt = clock.now().getTime()
    if (counted.size === 0) return
    const adding = counted
    counted = new Map()
    try {
      await database.transaction({ role: 'worker' }, (tx) => add(tx, adding))
    } catch (fault) {
      for (const [key, views] of adding) counted.set(key, (counted.get(key) ?? 0) + views)
      throw fault
    }
  }
  return {
    flush,
    count: (actor, state) => {
      const own = stateOf(actor)
      if (own === undefined || own === state) return
      const now = clock.now()
      const key = `${state} ${now.toISOString().slice(0, 7)}`
      counted.set(key, (counted.get(key) ?? 0) + 1)
      // A web process has no duties: it adds by itself, after the request that it is in.
      if (now.getTime() - flushedAt > flushEvery) flush().catch(() => undefined)
    },
    duty: { name: 'add-card-views', every: flushEvery, shared: true, run: flush },
  }
}

async function add(tx: Tx, counted: ReadonlyMap<string, number>): Promise<void> {
  for (const [key, views] of counted) {
    const [state = '', month = ''] = key.split(' ')
    await tx
      .withTables<DirectoryTables>()
      .insertInto('directory.card_views')
      .values({ state, month, views })
      .onConflict((conflict) =>
        conflict.columns(['state', 'month']).doUpdateSet({
          views: sql<number>`card_views.views + excluded.views`,
        }),
      )
      .execute()
  }
}

export interface MonthOfViews {
  readonly month: string
  /** Rounded up to ten. */
  readonly atMost: number
}

/** What the State is told: month by month, the newest first, rounded up to ten. */
export async function listCardViews(tx: Tx, state: StateCode): Promise<readonly MonthOfViews[]> {
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.card_views')
    .select(['month', 'views'])
    .where('state', '=', state)
    .orderBy('month', 'desc')
    .limit(12)
    .execute()
  return rows.map(({ month, views }) => ({ month, atMost: Math.ceil(Number(views) / 10) * 10 }))
}
