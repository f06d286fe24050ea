import { after, minute } from '@parley/kernel'
import type { Database, Tx } from '../database/database.ts'
import type { Duty } from '../duties/duties.ts'
import type { TelemetryTables } from './tables.ts'

/** Told after each run of a duty; `fault` is the name of what went wrong. */
export type NoteRun = (duty: Duty, now: Date, fault?: string) => Promise<void>

/** Whether the duty came to an end once a minute is enough to know; that it began or ceased to fail is said at once. */
const often = minute

/** Notes in the database when each duty ran, for whoever asks in another process. */
export function openRunNotes(database: Pick<Database, 'transaction'>): NoteRun {
  const noted = new Map<string, { readonly at: number; readonly fault: string | undefined }>()
  return async (duty, now, fault) => {
    const last = noted.get(duty.name)
    if (last && last.fault === fault && Math.abs(now.getTime() - last.at) < often) return
    noted.set(duty.name, { at: now.getTime(), fault })
    const run = {
      every_ms: duty.every,
      at: now,
      fault: fault ?? null,
      ...(fault === undefined && { succeeded_at: now }),
    }
    await database.transaction({ role: 'worker' }, (tx) =>
      tx
        .withTables<TelemetryTables>()
        .insertInto('platform.duty_run')
        .values({ name: duty.name, succeeded_at: null, ...run })
        .onConflict((known) => known.column('name').doUpdateSet(run))
        .execute(),
    )
  }
}

export interface DutyRun {
  readonly name: string
  readonly at: Date
  readonly succeededAt: Date | undefined
  readonly fault: string | undefined
}

export async function listDutyRuns(tx: Tx): Promise<readonly DutyRun[]> {
  const rows = await tx
    .withTables<TelemetryTables>()
    .selectFrom('platform.duty_run')
    .selectAll()
    .orderBy('name')
    .execute()
  return rows.map(({ name, at, succeeded_at: succeededAt, fault }) => ({
    name,
    at,
    succeededAt: succeededAt ?? undefined,
    fault: fault ?? undefined,
  }))
}

/** Duties that this program does not have any more are no longer waited for. As the worker. */
export async function forgetRunsBefore(tx: Tx, now: Date, known: readonly string[]): Promise<void> {
  await tx
    .withTables<TelemetryTables>()
    .deleteFrom('platform.duty_run')
    .where('name', 'not in', known)
    .where('at', '<', after(now, -10 * minute))
    .execute()
}
