import { after, hour, minute } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import type { TelemetryTables } from './tables.ts'

export const watched = [
  'disk-nearly-full',
  'relay-unreachable',
  'clock-set-back',
  'signing-key-ends',
] as const

/** What needs a hand in the operation of the program. */
export type Condition =
  | { readonly name: (typeof watched)[number]; readonly since: Date }
  | { readonly name: 'duty-late'; readonly duty: string; readonly since: Date }

/** A machine that says nothing any more is no longer asked. */
const forgottenAfter = 10 * minute
/** How long a relay may be away before it is worth a word. */
const patience = 10 * minute
/** A clock that was set back is said for this long: what it did to the times of that hour stays. */
const clockSaidFor = hour

/** Writes what one machine found now; what it found before and not any more is over. As the worker. */
export async function reportConditions(
  tx: Tx,
  place: string,
  now: Date,
  found: readonly (typeof watched)[number][],
): Promise<void> {
  const tables = tx.withTables<TelemetryTables>()
  for (const name of found) {
    await tables
      .insertInto('platform.condition')
      .values({ name, place, since: now, seen_at: now })
      .onConflict((known) => known.columns(['name', 'place']).doUpdateSet({ seen_at: now }))
      .execute()
  }
  const over = tables.deleteFrom('platform.condition').where('place', '=', place)
  for (const name of watched.filter((each) => !found.includes(each))) {
    const gone = over.where('name', '=', name)
    await (name === 'clock-set-back' ? gone.where('since', '<', after(now, -clockSaidFor)) : gone).execute()
  }
}

/** What needs a hand now, the oldest first. As the manager or the worker. */
export async function listConditions(tx: Tx, now: Date): Promise<readonly Condition[]> {
  const tables = tx.withTables<TelemetryTables>()
  const found = await tables
    .selectFrom('platform.condition')
    .select(['name', (row) => row.fn.min('since').as('since')])
    .where((row) =>
      row.or([row('seen_at', '>', after(now, -forgottenAfter)), row('name', '=', 'clock-set-back')]),
    )
    .where((row) =>
      row.or([row('name', '<>', 'relay-unreachable'), row('since', '<=', after(now, -patience))]),
    )
    .groupBy('name')
    .orderBy('since')
    .execute()
  const late = await tables
    .selectFrom('platform.duty_run')
    .select(['name', sql<Date>`coalesce(succeeded_at, at)`.as('since')])
    .where(
      sql<boolean>`coalesce(succeeded_at, at) < ${now}::timestamptz - greatest(interval '10 minutes', every_ms * interval '3 milliseconds')`,
    )
    .orderBy('since')
    .execute()
  return [
    ...found.flatMap(({ name, since }) =>
      watched.filter((each) => each === name).map((each) => ({ name: each, since })),
    ),
    ...late.map(({ name, since }) => ({ name: 'duty-late' as const, duty: name, since })),
  ]
}
