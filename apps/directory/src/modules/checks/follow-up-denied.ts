import type { Result } from '@parley/kernel'
import { type ActionScope, done, type Done, unchanged } from '../../platform/action.ts'
import { findEntry } from '../directory/index.ts'
import { type CheckId, opensFollowUp } from './domain/check.ts'
import { openFollowUps } from './follow-up.ts'
import { checksTables, findCheck, findRound, known } from './store.ts'

/**
 * POC-18: a check whose telephone answer was denied after its round had closed was silent, and is followed up as if it
 * had been from the start; not where the entry is gone, or a later round has asked it anew.
 */
export async function followUpDenied(scope: ActionScope, id: CheckId): Promise<Result<Done<undefined>>> {
  const check = await findCheck(scope.tx, id)
  if (!check || !opensFollowUp(check.status)) return unchanged(undefined)
  const round = known(await findRound(scope.tx, check.round))
  if (round.status !== 'closed' || !(await findEntry(scope.tx, check.entry))) return unchanged(undefined)
  const later = await checksTables(scope.tx)
    .selectFrom('checks.check')
    .innerJoin('checks.round', 'checks.round.id', 'checks.check.round_id')
    .select('checks.check.id')
    .where('entry_id', '=', check.entry)
    .where('number', '>', round.number)
    .where('checks.round.status', '<>', 'stopped')
    .executeTakeFirst()
  if (later) return unchanged(undefined)
  const [first, ...others] = await openFollowUps(scope, round, [check.state], 'again')
  return first ? done(undefined, [first, ...others]) : unchanged(undefined)
}
