import { monthsAfter, refuse, type Result } from '@parley/kernel'
import { type ActionScope, done, type Done, unchanged } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Community } from '../community/index.ts'
import { checksTables } from './store.ts'

export interface NextRound {
  readonly dueAt: Date
  /** What the profile says, where the manager chose another date. */
  readonly otherwise?: Date | undefined
}

/**
 * POC-17: the next round is due some months after the last one began. A round that was limited leaves the other
 * entries unchecked, and one that was stopped should not have been: neither moves the date.
 */
export async function findNextRound(tx: Tx, { profile }: Community): Promise<NextRound | undefined> {
  const checks = checksTables(tx)
  const last = await checks
    .selectFrom('checks.round')
    .select('started_at')
    .where('is_whole', '=', true)
    .where('status', '<>', 'stopped')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  const chosen = await checks.selectFrom('checks.plan').select('due_at').executeTakeFirst()
  const usual = last && monthsAfter(last.started_at, profile.checkEveryMonths)
  if (chosen) return { dueAt: chosen.due_at, otherwise: usual }
  return usual && { dueAt: usual }
}

/** The manager chooses the day of the next round; it stands until that round begins. */
export async function planRound({ tx, now }: ActionScope, on: string): Promise<Result<Done<undefined>>> {
  if (on < now.toISOString().slice(0, 10))
    return refuse({ code: 'checks/date-passed', kind: 'invalid', field: 'on' })
  const due_at = new Date(`${on}T00:00:00Z`)
  await checksTables(tx)
    .insertInto('checks.plan')
    .values({ due_at })
    .onConflict((conflict) => conflict.column('is_plan').doUpdateSet({ due_at }))
    .execute()
  return done(undefined, [{ verb: 'round.planned', subject: 'round:next', content: { on } }])
}

/** Back to the date that the profile says. */
export async function forgetPlan({ tx }: ActionScope): Promise<Result<Done<undefined>>> {
  const { numDeletedRows } = await checksTables(tx).deleteFrom('checks.plan').executeTakeFirst()
  if (numDeletedRows === 0n) return unchanged(undefined)
  return done(undefined, [{ verb: 'round.unplanned', subject: 'round:next' }])
}
