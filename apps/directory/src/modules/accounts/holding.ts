import { canonical, type Id, parseId, parseStateCode, type StateCode } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import {
  type AccountId,
  communityRoles,
  type Holding,
  organizationRoles,
} from '../../platform/session/actor.ts'
import type { Kind } from './house.ts'
import type { AccountsTables } from './tables.ts'

export type { Holding } from '../../platform/session/actor.ts'

export type HoldingId = Id<'holding'>
export type HeldRole = Holding & { readonly id: HoldingId }

/** A holding as the tables keep it. */
export interface HoldingColumns {
  readonly role: string
  readonly state: string | null
  readonly kind: string | null
  readonly organization: string | null
}

/** The holding that a row means; nothing if its role is none. */
export function holdingOf({ role, state: code, kind, organization }: HoldingColumns): Holding | undefined {
  const ofCommunity = communityRoles.find((each) => each === role)
  if (ofCommunity) return { role: ofCommunity }
  const ofOrganization = organizationRoles.find((each) => each === role)
  if (ofOrganization) return organization === null ? undefined : { role: ofOrganization, organization }
  const state = parseStateCode(code ?? '')
  if (!state) return undefined
  if (role === 'poc') return kind === null ? undefined : { role, kind, state }
  return role === 'mission' || role === 'contributor' ? { role, state } : undefined
}

export function columnsOf(holding: Holding): HoldingColumns {
  return {
    role: holding.role,
    state: stateOfHolding(holding),
    kind: holding.role === 'poc' ? holding.kind : null,
    organization: 'organization' in holding ? holding.organization : null,
  }
}

export function stateOfHolding(holding: Holding): StateCode | null {
  return 'state' in holding ? holding.state : null
}

export function isSameHolding(one: Holding, other: Holding): boolean {
  return canonical({ ...columnsOf(one) }) === canonical({ ...columnsOf(other) })
}

/** What a form calls a role for a State: the role itself, or the kind of a POC. */
export function holdingNamed(name: string, state: StateCode, kinds: readonly Kind[]): Holding | undefined {
  if (name === 'mission' || name === 'contributor') return { role: name, state }
  return kinds.some(({ id }) => id === name) ? { role: 'poc', kind: name, state } : undefined
}

export function nameOfHolding(holding: Holding): string {
  return holding.role === 'poc' ? holding.kind : holding.role
}

/** Managers and auditors have passkeys only: no form with a password exists for them. */
export function needsPasskey({ role }: Pick<Holding, 'role'>): boolean {
  return role === 'manager' || role === 'auditor'
}

/** The roles that a person holds now, oldest first, the manager's and auditor's last: one is neither without having chosen it. */
export async function listHoldings(tx: Tx, account: AccountId): Promise<readonly HeldRole[]> {
  const rows = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.holding')
    .select(['id', 'role', 'state', 'kind', 'organization'])
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
  return held.toSorted((one, other) => Number(needsPasskey(one)) - Number(needsPasskey(other)))
}
