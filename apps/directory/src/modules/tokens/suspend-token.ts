import { refuse, type Result, type StateCode } from '@parley/kernel'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import { decideSuspension, type Suspending } from '../accounts/index.ts'
import { TokenSuspended } from './events.ts'
import { lockToken } from './store.ts'
import type { TokensTables } from './tables.ts'
import { standingOf, type TokenId, tokenSubject } from './token.ts'

/** One manager alone, with a reason that the State reads; it lapses by itself. The rules are those of every suspension. */
export async function suspendToken(
  { tx, now }: Pick<ActionScope, 'tx' | 'now'>,
  state: StateCode,
  id: TokenId | undefined,
  { hours, reason }: Suspending,
): Promise<Result<Done<undefined>>> {
  const token = id && (await lockToken(tx, now, id, state))
  if (!token) return refuse({ code: 'tokens/no-such-token', kind: 'absent' })
  if (standingOf(token, now) === 'suspended') return refuse({ code: 'tokens/is-suspended', kind: 'conflict' })
  const decided = decideSuspension({ hours }, token.suspended?.until, now)
  if (!decided.ok) return decided
  const until = decided.value
  await tx
    .withTables<TokensTables>()
    .updateTable('tokens.token')
    .set({ suspended_until: until, suspended_because: reason })
    .where('id', '=', token.id)
    .execute()
  const content = { name: token.name, reason, until: until.toISOString() }
  return done(
    undefined,
    [{ verb: 'token.suspended', subject: tokenSubject(token.id), state, content }],
    [TokenSuspended({ token: token.id })],
  )
}
