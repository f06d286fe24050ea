import type { StateCode } from '@parley/kernel'
import type { Transaction } from 'kysely'
import { actingStatement, prepared } from './prepared.ts'

/**
 * As whom a transaction reads and writes. Row-level security knows nothing else:
 * the role, the acting State, whose account it is, and the digest of the secret that a stranger presented.
 */
export interface Acting {
  readonly role: 'public' | 'participant' | 'auditor' | 'manager' | 'worker'
  readonly state?: StateCode | undefined
  readonly account?: string | undefined
  readonly key?: string | undefined
}

const setActing = prepared(
  actingStatement,
  `select set_config('role', $1, true), set_config('parley.state', $2, true),
    set_config('parley.account', $3, true), set_config('parley.key', $4, true)`,
)

/** Turns the rest of the transaction into the work of `acting`. */
export async function actAs(tx: Transaction<Record<never, never>>, acting: Acting): Promise<void> {
  const { role, state = '', account = '', key = '' } = acting
  await setActing(tx, [`parley_${role}`, state, account, key])
}
