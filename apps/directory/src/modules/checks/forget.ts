import { after, day, hour } from '@parley/kernel'
import { sql } from 'kysely'
import type { Database, Tx } from '../../platform/database/database.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import { eraseSubject } from '../../platform/history/erase.ts'
import type { Erasers } from '../../platform/history/repeat-erasures.ts'
import type { Profile } from '../community/index.ts'
import { waitingVerdicts } from './receive-mail.ts'
import { checksTables } from './store.ts'
import { findIntake } from './take-mail.ts'

/** Erases what a result does not need, then the result: addresses soon, notes of follow-ups and results after years. */
export function forgetChecksDuty(database: Pick<Database, 'transaction'>, { retentionDays }: Profile): Duty {
  return {
    name: 'checks.forget',
    every: hour,
    erases: true,
    run: (now) =>
      database.transaction({ role: 'worker' }, async (tx) => {
        await forgetAddresses(tx, after(now, -retentionDays.checkAddress * day))
        await forgetCalls(tx, after(now, -retentionDays.checkAddress * day))
        await forgetNotes(tx, after(now, -retentionDays.followUpNotes * day))
        await forgetMail(tx, after(now, -retentionDays.incomingMail * day))
        await forgetResults(tx, after(now, -retentionDays.results * day))
      }),
  }
}

/** Where an older database still has the address of an entry that was erased since, it goes, and nothing is sent to it. */
export const checksErasers: Erasers = {
  entry: async ({ tx }, id) => {
    const ofEntry = checksTables(tx)
      .updateTable('checks.message')
      .where('check_id', 'in', (checks) =>
        checks.selectFrom('checks.check').select('id').where('entry_id', '=', id),
      )
    await ofEntry.set({ address: '' }).execute()
    await checksTables(tx)
      .updateTable('checks.call')
      .set({ number: '', taken_by: '', caller: '' })
      .where('check_id', 'in', (checks) =>
        checks.selectFrom('checks.check').select('id').where('entry_id', '=', id),
      )
      .execute()
    await ofEntry.set({ status: 'not-sent' }).where('status', 'in', ['queued', 'sending']).execute()
    await ofEntry.set({ reminder: 'dropped' }).where('reminder', 'in', ['queued', 'sending']).execute()
    await ofEntry.set({ correction: 'dropped' }).where('correction', 'in', ['queued', 'sending']).execute()
    return []
  },
  'follow-up': async ({ tx }, id) => {
    await checksTables(tx).deleteFrom('checks.attempt').where('follow_up_id', '=', id).execute()
    return []
  },
}

async function forgetAddresses(tx: Tx, before: Date): Promise<void> {
  await checksTables(tx)
    .updateTable('checks.message')
    .set({ address: '' })
    .where('address', '<>', '')
    .where('round_id', 'in', (rounds) =>
      rounds
        .selectFrom('checks.round')
        .select('id')
        .where('status', 'in', ['closed', 'stopped'])
        .where(sql<Date>`coalesce(closed_at, started_at)`, '<', before),
    )
    .execute()
}

/** The numbers that were called, and who took the call, go with the addresses. */
async function forgetCalls(tx: Tx, before: Date): Promise<void> {
  await checksTables(tx)
    .updateTable('checks.call')
    .set({ number: '', taken_by: '', caller: '' })
    .where('at', '<', before)
    .where((call) =>
      call.or([call('number', '<>', ''), call('taken_by', '<>', ''), call('caller', '<>', '')]),
    )
    .where('check_id', 'in', (checks) =>
      checks
        .selectFrom('checks.check')
        .innerJoin('checks.round', 'checks.round.id', 'checks.check.round_id')
        .select('checks.check.id')
        .where('checks.round.status', 'in', ['closed', 'stopped'])
        .where(sql<Date>`coalesce(checks.round.closed_at, checks.round.started_at)`, '<', before),
    )
    .execute()
}

async function forgetNotes(tx: Tx, before: Date): Promise<void> {
  const gone = await checksTables(tx)
    .deleteFrom('checks.attempt')
    .where('follow_up_id', 'in', (followUps) =>
      followUps.selectFrom('checks.follow_up').select('id').where('closed_at', '<', before),
    )
    .returning('follow_up_id')
    .execute()
  for (const id of new Set(gone.map((row) => row.follow_up_id))) await eraseSubject(tx, `follow-up:${id}`)
}

/** What came in and belongs to no check, but for what still lies in "to be read": it counts as of the time when it came. */
async function forgetMail(tx: Tx, before: Date): Promise<void> {
  const { waiting } = await findIntake(tx)
  await checksTables(tx)
    .deleteFrom('checks.received')
    .where('check_id', 'is', null)
    .where('lies_at', 'is', null)
    .where('at', '<', before)
    .$if(waiting > 0, (mail) => mail.where('verdict', 'not in', waitingVerdicts))
    .execute()
}

/** The round stays, with its dates; of its checks nothing does. */
async function forgetResults(tx: Tx, before: Date): Promise<void> {
  const checks = checksTables(tx)
  const old = checks
    .selectFrom('checks.check')
    .innerJoin('checks.round', 'checks.round.id', 'checks.check.round_id')
    .select('checks.check.id')
    .where(sql<Date>`coalesce(checks.round.closed_at, checks.round.started_at)`, '<', before)
    .where('checks.round.status', 'in', ['closed', 'stopped'])
  for (const table of ['checks.received', 'checks.call', 'checks.message'] as const)
    await checks.deleteFrom(table).where('check_id', 'in', old).execute()
  await checks.deleteFrom('checks.check').where('id', 'in', old).execute()
}
