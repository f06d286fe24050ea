import { createHash } from 'node:crypto'
import { refuse, type Result } from '@parley/kernel'
import { sql } from 'kysely'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import type { Round, RoundId } from './domain/check.ts'
import { endStopped } from './settle-checks.ts'
import { checksTables, toRound } from './store.ts'

/** Nothing more is sent until it is resumed; clocks that run go on, those of unsent messages do not start. */
export function pauseRound(scope: ActionScope, id: RoundId): Promise<Result<Done<undefined>>> {
  return steer(scope, id, 'running', 'round.paused', () => ({ status: 'paused', paused_at: scope.now }))
}

/** The pause counts neither for the round nor for the 72 hours that a message is retried. */
export async function resumeRound(scope: ActionScope, id: RoundId): Promise<Result<Done<undefined>>> {
  const { tx, now } = scope
  let pausedFor = 0
  const resumed = await steer(scope, id, 'paused', 'round.resumed', (round) => {
    pausedFor = now.getTime() - (round.pausedAt ?? now).getTime()
    return { status: 'running', paused_at: null, paused_for_ms: round.pausedFor + pausedFor }
  })
  if (!resumed.ok) return resumed
  await checksTables(tx)
    .updateTable('checks.message')
    .set({ tried_at: sql`tried_at + make_interval(secs => ${pausedFor / 1000})` })
    .where('round_id', '=', id)
    .where('status', '=', 'queued')
    .where('tried_at', 'is not', null)
    .execute()
  return resumed
}

/** Ends a round that should not have been: nothing more is sent, nobody is followed up. */
export async function stopRound(scope: ActionScope, id: RoundId): Promise<Result<Done<undefined>>> {
  const change = () => ({ status: 'stopped', closed_at: scope.now })
  const running = await steer(scope, id, 'running', 'round.stopped', change)
  const stopped = running.ok ? running : await steer(scope, id, 'paused', 'round.stopped', change)
  if (stopped.ok) await endStopped(scope.tx, id, scope.now)
  return stopped
}

/** A word for a round as somebody saw it, and for what else was shown: what is done must be what was shown. */
export function seenRound({ id, status, pausedAt, pausedFor }: Round, ...shown: readonly string[]): string {
  const parts = [id, status, pausedAt?.toISOString() ?? '', String(pausedFor), ...shown]
  return createHash('sha256').update(parts.join(' ')).digest('base64url').slice(0, 16)
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
