import { type Clock, minute, ok, refuse, type Result } from '@parley/kernel'
import { type ActionScope, type Done, type Performer } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { actAs } from '../../platform/database/acting.ts'
import type { Tx } from '../../platform/database/database.ts'
import { openLimits } from '../../platform/limits.ts'
import { networkOf } from '../../platform/network.ts'
import { actingOf } from '../../platform/session/actor.ts'
import { findSuspension, keptOut } from '../accounts/index.ts'
import { isParticipating } from '../community/index.ts'
import { isSecret } from './issue-token.ts'
import type { TokensTables } from './tables.ts'
import { decideUse, rowToToken, type Scope, type Token } from './token.ts'

/** What a system presents, and from where. */
interface Presented {
  readonly secret: string | undefined
  readonly caller: string
  readonly now: Date
  readonly requestId: string
}

/** What a system's request stands on: the same as a person's, and the token. */
export interface SystemScope extends ActionScope {
  readonly token: Token
}

/** Lets a State's own system in. */
export interface SystemDoor {
  /** In one transaction: finds the token, counts the request, and does the work as the token's State. */
  enter<T>(
    presented: Presented,
    needs: Scope | undefined,
    work: (scope: SystemScope) => Promise<Result<Done<T>>>,
  ): Promise<Result<T>>
}

const unknown = refuse({ code: 'tokens/unknown', kind: 'unauthenticated' })
const wrongFromOneCaller = 100
const wrongWithin = 10 * minute

export function openSystemDoor({
  performer,
  keys,
  clock,
}: {
  readonly performer: Performer
  readonly keys: Keys
  readonly clock: Clock
}): SystemDoor {
  const limits = openLimits(clock)
  const isUnknown = (caller: string) =>
    limits.allow(`token ${networkOf(caller)}`, wrongFromOneCaller, wrongWithin)
      ? unknown
      : refuse({ code: 'web/too-many', kind: 'too-many', values: { seconds: wrongWithin / 1000 } })
  return {
    enter: async (presented, needs, work) => {
      const { secret, caller, now, requestId } = presented
      if (secret === undefined) return refuse({ code: 'tokens/needed', kind: 'unauthenticated' })
      if (!isSecret(secret)) return isUnknown(caller)
      const key = keys.digest('token', secret)
      return performer.database.transaction({ role: 'public', key }, async (tx) => {
        const used = await useToken(tx, key, presented)
        if (used === undefined) return isUnknown(caller)
        if (!used.ok) return used
        const token = used.value
        const { id, state, scopes } = token
        if (needs !== undefined && !allows(token, needs))
          return refuse({ code: 'tokens/scope-missing', kind: 'forbidden', values: { scope: needs } })
        const actor = { role: 'system', token: id, state, scopes } as const
        await actAs(tx, actingOf(actor))
        if (!(await isParticipating(tx, state)))
          return refuse({ code: 'tokens/not-participating', kind: 'forbidden' })
        // A State that is kept out for some hours is kept out with its systems.
        const suspension = await findSuspension(tx, { state }, now)
        if (suspension) return refuse(keptOut('accounts/state-suspended', suspension))
        const scope = { tx, now, requestId, actor, token }
        // A refusal undoes nothing: reading wrote nothing but what the hour has used.
        return performer.performIn(scope, () => work(scope))
      })
    },
  }
}

function allows({ scopes }: Token, needs: Scope): boolean {
  return scopes.includes(needs) || (needs === 'entries:read' && scopes.includes('entries:read-all'))
}

/** Finds the token of a presented digest and counts this request; nothing where there is none. */
async function useToken(
  tx: Tx,
  digest: string,
  { now, caller }: Presented,
): Promise<Result<Token> | undefined> {
  const tokens = tx.withTables<TokensTables>()
  const row = await tokens
    .selectFrom('tokens.token')
    .selectAll()
    .where('digest', '=', digest)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const token = rowToToken(row)
  const used = decideUse(token, now)
  if (!used.ok) return used
  const { beganAt, requests, statesListed, cardsRead } = used.value
  await tokens
    .updateTable('tokens.token')
    .set({
      last_used_at: now,
      last_used_from: caller === '' ? null : caller,
      hour_began_at: beganAt,
      requests,
      states_listed: statesListed,
      cards_read: cardsRead,
    })
    .where('digest', '=', digest)
    .execute()
  return ok({ ...token, hour: used.value })
}
