import { chainStart, linkHash } from '@parley/kernel'
import type { Database, Tx } from '../database/database.ts'
import type { Duty } from '../duties/duties.ts'
import { actLink } from './link.ts'
import type { HistoryTables } from './tables.ts'

const batch = 500

/** The one sealer: every act has its place in the chain within a second. */
export function sealer(database: Database): Duty {
  return { name: 'seal', every: 500, run: () => sealHistory(database) }
}

/**
 * Orders the acts that wait and chains them; how many. Each batch is one transaction: wherever it is
 * interrupted, the next run goes on where the chain ends.
 */
export async function sealHistory(database: Database): Promise<number> {
  let sealed = 0
  for (;;) {
    const count = await database.transaction({ role: 'worker' }, sealBatch)
    sealed += count
    if (count < batch) return sealed
  }
}

async function sealBatch(tx: Tx): Promise<number> {
  const history = tx.withTables<HistoryTables>()
  const acts = await history
    .selectFrom('history.pending')
    .innerJoin('history.act', 'history.act.id', 'history.pending.act_id')
    .selectAll('history.act')
    .orderBy('history.pending.position')
    .limit(batch)
    .execute()
  if (acts.length === 0) return 0
  const last = await history
    .selectFrom('history.seal')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  let hash = last?.hash ?? chainStart
  let seq = Number(last?.seq ?? 0)
  const seals: HistoryTables['history.seal'][] = []
  for (const act of acts) {
    hash = await linkHash(hash, actLink(act))
    seq += 1
    seals.push({ seq, act_id: act.id, hash })
  }
  await history.insertInto('history.seal').values(seals).execute()
  const ids = acts.map((act) => act.id)
  await history.deleteFrom('history.pending').where('act_id', 'in', ids).execute()
  return seals.length
}
