import { type Id, parseId, parseStateCode, type StateCode } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import { type AccountId, type StateRole, stateRoles } from '../../platform/session/actor.ts'
import type { AccountsTables } from './tables.ts'

/** A role that a person holds, alone or for a State. */
export type Holding = { readonly role: 'manager' } | { readonly role: StateRole; readonly state: StateCode }

export type HoldingId = Id<'holding'>
export type HeldRole = Holding & { readonly id: HoldingId }

/** The holding that a row means; nothing if its role is none. */
export function holdingOf(row: {
  readonly role: string
  readonly state: string | null
}): Holding | undefined {
  if (row.role === 'manager') return { role: 'manager' }
  const role = stateRoles.find((each) => each === row.role)
  const state = parseStateCode(row.state ?? '')
  return role && state ? { role, state } : undefined
}

export function stateOfHolding(holding: Holding): StateCode | null {
  return 'state' in holding ? holding.state : null
}

export function isSameHolding(one: Holding, other: Holding): boolean {
  return one.role === other.role && stateOfHolding(one) === stateOfHolding(other)
}

/** The roles that a person holds now, oldest first, the manager's last: one is not a manager without having chosen it. */
export async function listHoldings(tx: Tx, account: AccountId): Promise<readonly HeldRole[]> {
  const rows = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.holding')
    .select(['id', 'role', 'state'])
    .where('account_id', '=', account)
    .where('ended_at', 'is', null)
    .orderBy('since')
    .orderBy('id')
    .execute()
  const held = rows.flatMap((row) => {
    const holding = holdingOf(row)
    const id = parseId<'holding'>(row.id)
    return holding && id ? [{ ...holding, id }] : []
  })
  return held.toSorted((one, other) => Number(one.role === 'manager') - Number(other.role === 'manager'))
}
