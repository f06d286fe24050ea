import { refuse, type Result } from '@parley/kernel'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import type { Round, RoundId } from './domain/check.ts'
import { checksTables, toRound } from './store.ts'

/** Nothing more is sent until it is resumed; clocks that run go on, those of unsent messages do not start. */
export function pauseRound(scope: ActionScope, id: RoundId): Promise<Result<Done<undefined>>> {
  return steer(scope, id, 'running', 'round.paused', () => ({ status: 'paused', paused_at: scope.now }))
}

export function resumeRound(scope: ActionScope, id: RoundId): Promise<Result<Done<undefined>>> {
  return steer(scope, id, 'paused', 'round.resumed', (round) => ({
    status: 'running',
    paused_at: null,
    paused_for_ms: round.pausedFor + scope.now.getTime() - (round.pausedAt?.getTime() ?? scope.now.getTime()),
  }))
}

/** Ends a round that should not have been: nothing more is sent, nobody is followed up. */
export async function stopRound(scope: ActionScope, id: RoundId): Promise<Result<Done<undefined>>> {
  const stopped = await steer(scope, id, 'running', 'round.stopped', () => ({
    status: 'stopped',
    closed_at: scope.now,
  }))
  return stopped.ok
    ? stopped
    : steer(scope, id, 'paused', 'round.stopped', () => ({ status: 'stopped', closed_at: scope.now }))
}

async function steer(
  { tx }: ActionScope,
  id: RoundId,
  from: Round['status'],
  verb: string,
  change: (round: Round) => {
    status: string
    paused_at?: Date | null
    paused_for_ms?: number
    closed_at?: Date
  },
): Promise<Result<Done<undefined>>> {
  const row = await checksTables(tx)
    .selectFrom('checks.round')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return refuse({ code: 'checks/round-unknown', kind: 'absent' })
  const round = toRound(row)
  if (round.status !== from) return refuse({ code: 'checks/round-not-so', kind: 'conflict' })
  await checksTables(tx).updateTable('checks.round').set(change(round)).where('id', '=', id).execute()
  return done(undefined, [{ verb, subject: `round:${id}` }])
}
