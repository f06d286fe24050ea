import { refuse, type Result, type StateCode } from '@parley/kernel'
import { asDuty, done, type Done, type Performer, unchanged } from '../../platform/action.ts'
import type { ActionScope } from '../../platform/action.ts'
import { endToken, listTokens, lockToken } from './store.ts'
import { standingOf, type TokenId, tokenSubject } from './token.ts'

/** Ends a token at once: its next request is refused. */
export async function revokeToken(
  { tx, now }: Pick<ActionScope, 'tx' | 'now'>,
  state: StateCode,
  id: TokenId | undefined,
): Promise<Result<Done<undefined>>> {
  const token = id && (await lockToken(tx, now, id, state))
  if (!token) return refuse({ code: 'tokens/no-such-token', kind: 'absent' })
  await endToken(tx, now, token.id)
  const content = { name: token.name }
  return done(undefined, [{ verb: 'token.revoked', subject: tokenSubject(token.id), state, content }])
}

/** POC-05: the tokens of a State end with its participation, and do not come back with it. */
export function endTokensOfState(performer: Performer) {
  return async (state: StateCode, now: Date): Promise<void> => {
    await performer.perform(asDuty('tokens.end', now), async ({ tx }) => {
      const tokens = (await listTokens(tx, state)).filter((token) => standingOf(token, now) !== 'ended')
      for (const { id } of tokens) await endToken(tx, now, id)
      const [first, ...others] = tokens.map(({ id }) => ({
        verb: 'token.ended',
        subject: tokenSubject(id),
        state,
      }))
      return first ? done(undefined, [first, ...others]) : unchanged(undefined)
    })
  }
}
