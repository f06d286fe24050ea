import { refuse, type Result } from '@parley/kernel'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import { type CheckId, decideDenied } from './domain/check.ts'
import { PhoneAnswerDenied } from './events.ts'
import { checksTables, listMessageStates, lockCheck } from './store.ts'

/**
 * The State says of an answer by telephone that it was not so: the check is no longer answered by it. What that means
 * for a round that is closed is followed up elsewhere (`followUpDenied`): a State opens no follow-up by itself.
 */
export async function denyCall(scope: ActionScope, id: CheckId): Promise<Result<Done<undefined>>> {
  const { tx, now } = scope
  const found = await lockCheck(tx, id)
  if (!found) return refuse({ code: 'checks/check-unknown', kind: 'absent' })
  const { check, round } = found
  if (check.answeredBy !== 'telephone' || !check.answeredAt)
    return refuse({ code: 'checks/no-phone-answer', kind: 'conflict' })
  const messages = await listMessageStates(tx, id)
  await checksTables(tx)
    .updateTable('checks.check')
    .set({
      status: decideDenied(check, round, messages),
      answered_at: null,
      answered_by: null,
      remark: null,
      instead: null,
    })
    .where('id', '=', id)
    .execute()
  await checksTables(tx)
    .updateTable('checks.call')
    .set({ denied_at: now })
    .where('check_id', '=', id)
    .where('outcome', '=', 'answered')
    .where('denied_at', 'is', null)
    .execute()
  const earlier = await checksTables(tx)
    .selectFrom('checks.check')
    .select('answered_at')
    .where('entry_id', '=', check.entry)
    .where('answered_at', 'is not', null)
    .orderBy('answered_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const told = PhoneAnswerDenied({
    check: id,
    entry: check.entry,
    state: check.state,
    month: monthOf(check.answeredAt),
    earlier: earlier?.answered_at ? monthOf(earlier.answered_at) : '',
  })
  return done(undefined, [{ verb: 'call.denied', subject: `check:${id}`, state: check.state }], [told])
}

function monthOf(at: Date): string {
  return at.toISOString().slice(0, 7)
}
