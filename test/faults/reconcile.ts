import { newId, parseId } from '@parley/kernel'
import { startRound } from '../../apps/directory/src/modules/checks/index.ts'
import type { MessageId } from '../../apps/directory/src/modules/checks/domain/check.ts'
import { checksTables } from '../../apps/directory/src/modules/checks/store.ts'
import { readToken } from '../../apps/directory/src/modules/checks/tokens.ts'
import type { Keys } from '../../apps/directory/src/platform/config/keys.ts'
import { runDuty } from '../../apps/directory/src/platform/duties/duties.ts'
import { openCheckpointKey } from '../../apps/directory/src/platform/history/checkpoint-key.ts'
import { verifyHistory } from '../../apps/directory/src/platform/history/verify.ts'
import { insertEntries } from '../../bench/generated-entries.ts'
import { openDirectory } from './open-directory.ts'
import type { Orders } from './orders.ts'

/** What the mail server took and what was confirmed, against what the database says. */
export interface Reconciled {
  readonly messages: number
  /** Messages that the mail server never took, or that the database does not know as sent. */
  readonly missing: number
  /** Copies beyond the first of each. */
  readonly twice: number
  /** Checks that were confirmed as answered to somebody, and are not. */
  readonly lost: number
  /** Answers in the history beyond one for each check that is answered, or short of it. */
  readonly miscounted: number
  readonly historyHolds: boolean
}

export async function startRoundOf(orders: Orders, checks: number): Promise<void> {
  const { directory, clock, keys, community } = await openDirectory(orders)
  const { database, performer } = directory
  await database.transaction({ role: 'worker' }, (tx) => insertEntries(tx, community, checks, clock.now()))
  const actor = { role: 'duty' as const, duty: 'faults' }
  const request = { actor, now: clock.now(), requestId: newId() }
  const started = await performer.perform(request, (scope) => startRound(scope, { keys, community }))
  if (!started.ok) throw new Error(started.refusal.code)
  await directory.close()
}

export async function reconcile(
  orders: Orders,
  keys: Keys,
  { taken, confirmed }: { readonly taken: readonly string[]; readonly confirmed: ReadonlySet<MessageId> },
): Promise<Reconciled> {
  const { directory, clock } = await openDirectory(orders)
  const { database } = directory
  try {
    const copies = Map.groupBy(taken, (from) => readToken(keys, 'return', from.replace(/^.*\+|@.*$/g, '')))
    const { messages, answers } = await database.transaction({ role: 'worker' }, async (tx) => ({
      messages: await checksTables(tx)
        .selectFrom('checks.message')
        .innerJoin('checks.check', 'checks.check.id', 'checks.message.check_id')
        .select(['checks.message.id', 'checks.message.status', 'checks.check.status as check'])
        .execute(),
      answers: await tx
        .withTables<{ 'history.act': { verb: string } }>()
        .selectFrom('history.act')
        .select('verb')
        .where('verb', 'in', ['check.answered', 'check.answered-late'])
        .execute(),
    }))
    for (const duty of directory.duties) if (duty.name === 'seal') await runDuty(duty, database, clock.now())
    const verdict = await verifyHistory(database, openCheckpointKey(keys))
    const rows = messages.map((row) => ({ ...row, id: parseId<'message'>(row.id) }))
    const copiesOf = (id: MessageId | undefined) => copies.get(id)?.length ?? 0
    const answered = rows.filter(({ check }) => check.startsWith('answered'))
    return {
      messages: rows.length,
      missing: rows.filter(({ id, status }) => copiesOf(id) === 0 || status !== 'sent').length,
      twice: rows.reduce((sum, { id }) => sum + Math.max(0, copiesOf(id) - 1), 0),
      lost: rows.filter(({ id, check }) => id && confirmed.has(id) && !check.startsWith('answered')).length,
      miscounted: Math.abs(answers.length - answered.length),
      historyHolds: verdict.broken === undefined && verdict.length > 0,
    }
  } finally {
    await directory.close()
  }
}
