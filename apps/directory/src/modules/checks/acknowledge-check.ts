import { type CheckCode, parseId, refuse, type Result } from '@parley/kernel'
import { type ActionScope, done, type Done, unchanged } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { actAs } from '../../platform/database/acting.ts'
import {
  type AnsweredBy,
  type Check,
  type CheckId,
  decideAcknowledgement,
  deadlineOf,
  type Relation,
  type Remark,
  type Round,
} from './domain/check.ts'
import { CheckAcknowledged, RemarkMade } from './events.ts'
import { checksTables, known, lockCheck } from './store.ts'
import { codeDigest } from './tokens.ts'

/** What the thanks page may say: nothing of addresses. */
export interface Answered {
  readonly check: CheckId
  readonly of: Pick<Check, 'state' | 'entry' | 'instead'>
  readonly late: boolean
  readonly deadline: Date | undefined
  readonly remark: Remark | undefined
}

/**
 * By the page behind the link, or by the code typed on the site. Whoever asks, the transaction acts as a stranger
 * who presents this code, so that it reaches this check and nothing else.
 */
export async function acknowledgeByCode(
  scope: ActionScope,
  keys: Keys,
  code: CheckCode,
  by: 'button' | 'typed-code',
): Promise<Result<Done<Answered>>> {
  const found = await presentCode(scope, keys, code)
  if (!found) return refuse({ code: 'checks/code-unknown', kind: 'absent', field: 'code' })
  return acknowledge(scope, found.check, { by, address: found.address })
}

/** Records an answer to a check, in whatever way it came. */
export async function acknowledge(
  scope: ActionScope,
  id: CheckId,
  answer: { readonly by: AnsweredBy; readonly address?: string; readonly relation?: Relation },
): Promise<Result<Done<Answered>>> {
  const found = await lockCheck(scope.tx, id)
  if (!found) return refuse({ code: 'checks/check-unknown', kind: 'absent' })
  const { check, round } = found
  const decision = decideAcknowledgement(check, round, scope.now)
  if (decision.kind === 'again') return unchanged(describe(check, round))
  const relation = answer.relation
  await checksTables(scope.tx)
    .updateTable('checks.check')
    .set({
      status: decision.status,
      answered_at: scope.now,
      answered_by: answer.by,
      ...(relation ? { relation } : {}),
    })
    .where('id', '=', id)
    .execute()
  const told = CheckAcknowledged({
    check: id,
    entry: check.entry,
    state: check.state,
    address: answer.address ?? '',
    by: answer.by,
    relation: relation ?? '',
    at: scope.now.toISOString(),
  })
  return done(
    describe({ ...check, status: decision.status }, round),
    [{ verb: `check.${decision.status}`, subject: `check:${id}`, state: check.state }],
    [told],
  )
}

/** What the thanks page says to whoever holds the code of an answered check; nothing to anybody else. */
export async function findAnswered(
  scope: ActionScope,
  keys: Keys,
  code: CheckCode,
): Promise<Answered | undefined> {
  const message = await presentCode(scope, keys, code)
  const found = message && (await lockCheck(scope.tx, message.check))
  return found?.check.answeredAt && describe(found.check, found.round)
}

/** "Correct" or "something is wrong", said after answering, by whoever holds the code. */
export async function remarkByCode(
  scope: ActionScope,
  keys: Keys,
  code: CheckCode,
  remark: Remark,
): Promise<Result<Done<Answered>>> {
  const message = await presentCode(scope, keys, code)
  const found = message && (await lockCheck(scope.tx, message.check))
  if (!found) return refuse({ code: 'checks/code-unknown', kind: 'absent' })
  const { check, round } = found
  if (check.answeredAt === undefined) return refuse({ code: 'checks/answer-first', kind: 'conflict' })
  if (check.remark === remark) return unchanged(describe(check, round))
  // An answer from elsewhere, by a typed code or by telephone confirms no address.
  const isProven = check.answeredBy === 'button' || check.relation === 'same-address'
  const said = { remark, address: isProven ? message.address : '', at: scope.now.toISOString() }
  await checksTables(scope.tx)
    .updateTable('checks.check')
    .set({ remark })
    .where('id', '=', check.id)
    .execute()
  return done(
    describe({ ...check, remark }, round),
    [{ verb: `check.said-${remark}`, subject: `check:${check.id}`, state: check.state }],
    [RemarkMade({ check: check.id, entry: check.entry, state: check.state, ...said })],
  )
}

/** Turns the transaction into that of a stranger with this code; gives back what the code is for. */
export async function presentCode({ tx }: ActionScope, keys: Keys, code: CheckCode) {
  const key = codeDigest(keys, code)
  await actAs(tx, { role: 'public', key })
  const row = await checksTables(tx)
    .selectFrom('checks.message')
    .select(['check_id', 'address_id'])
    .where('code_digest', '=', key)
    .executeTakeFirst()
  return row && { check: known(parseId<'check'>(row.check_id)), address: row.address_id }
}

function describe(check: Check, round: Round): Answered {
  return {
    check: check.id,
    of: { state: check.state, entry: check.entry, instead: check.instead },
    late: check.status === 'answered-late',
    deadline: deadlineOf(check, round),
    remark: check.remark,
  }
}
