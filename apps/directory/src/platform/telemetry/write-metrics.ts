import type { Clock } from '@parley/kernel'
import { sql } from 'kysely'
import type { Database } from '../database/database.ts'
import type { Metrics } from './metrics.ts'

interface Depths {
  readonly deliveries: number
  readonly oldest: Date | null
  readonly pending: number
}

/** The counts of this process, and what waits in the database at this moment. */
export async function writeMetrics(
  { database, metrics }: { readonly database: Pick<Database, 'transaction'>; readonly metrics: Metrics },
  clock: Clock,
): Promise<string> {
  const depths = await database.transaction({ role: 'worker' }, async (tx) => {
    const { rows } = await sql<Depths>`select
      (select count(*)::int from outbox.delivery) as deliveries,
      (select min(emitted_at) from outbox.delivery) as oldest,
      (select count(*)::int from history.pending) as pending`.execute(tx)
    return rows[0]
  })
  const age = depths?.oldest ? Math.max(0, (clock.now().getTime() - depths.oldest.getTime()) / 1000) : 0
  return metrics.text({
    parley_deliveries_waiting: { help: 'Events that wait to be heard.', value: depths?.deliveries ?? 0 },
    parley_delivery_oldest_seconds: { help: 'How long the oldest of them has waited.', value: age },
    parley_acts_unsealed: {
      help: 'Acts that wait for their place in the history.',
      value: depths?.pending ?? 0,
    },
  })
}
