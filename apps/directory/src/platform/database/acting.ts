import type { StateCode } from '@parley/kernel'
import { sql, type Transaction } from 'kysely'

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

/** Turns the rest of the transaction into the work of `acting`. */
export async function actAs(tx: Transaction<Record<never, never>>, acting: Acting): Promise<void> {
  await sql`select set_config('role', ${`parley_${acting.role}`}, true),
    set_config('parley.state', ${acting.state ?? ''}, true),
    set_config('parley.account', ${acting.account ?? ''}, true),
    set_config('parley.key', ${acting.key ?? ''}, true)`.execute(tx)
}
