import { type Id, ok, parseId, type Refusal, refuse, type Result, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import { done, type Done } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Act } from '../../platform/history/record.ts'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import {
  columnsOf,
  type Holding,
  type HoldingId,
  holdingOf,
  nameOfHolding,
  stateOfHolding,
} from './holding.ts'
import type { InvitationId } from './invitation.ts'
import { invitationOf } from './invitation.ts'
import type { AccountsTables } from './tables.ts'

/** Whose users are meant: those of a State, or those of none. */
export type Whose = StateCode | null

export interface User {
  readonly id: HoldingId
  readonly holding: Holding
  readonly account: AccountId
  readonly name: string
  readonly email: string
  readonly since: Date
  /** Of the sessions that are still kept; none within the last 30 days otherwise. */
  readonly lastSeenAt: Date | null
}

export interface OpenInvitation {
  readonly id: InvitationId
  readonly name: string
  readonly email: string
  readonly holding: Holding
  readonly expiresAt: Date
}

/** Who acts for a State now, or in a role without one; oldest first. */
export async function listUsers(tx: Tx, whose: Whose): Promise<readonly User[]> {
  const rows = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.holding as holding')
    .innerJoin('accounts.account as account', 'account.id', 'holding.account_id')
    .select((row) => [
      'holding.id',
      'holding.account_id',
      'holding.role',
      'holding.state',
      'holding.kind',
      'holding.organization',
      'holding.since',
      'account.name',
      'account.email',
      row
        .selectFrom('accounts.session as session')
        .whereRef('session.account_id', '=', 'holding.account_id')
        .whereRef('session.role', '=', 'holding.role')
        .where(
          sql<boolean>`(session.state, session.kind, session.organization)
          is not distinct from (holding.state, holding.kind, holding.organization)`,
        )
        .select(({ fn }) => fn.max('session.last_seen_at').as('seen'))
        .as('seen'),
    ])
    .where('holding.state', whose === null ? 'is' : '=', whose)
    .where('holding.ended_at', 'is', null)
    .orderBy('holding.since')
    .orderBy('holding.id')
    .execute()
  return rows.flatMap((row) => {
    const holding = holdingOf(row)
    const id = parseId<'holding'>(row.id)
    const account = parseId<'account'>(row.account_id)
    if (!holding || !id || !account) return []
    const { name, email, since, seen } = row
    return [{ id, holding, account, name, email, since, lastSeenAt: seen ?? null }]
  })
}

/** Invitations that nobody has taken up yet. */
export async function listOpenInvitations(
  tx: Tx,
  whose: Whose,
  now: Date,
): Promise<readonly OpenInvitation[]> {
  const rows = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.invitation')
    .selectAll()
    .where('state', whose === null ? 'is' : '=', whose)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at')
    .execute()
  return rows.flatMap((row) => {
    const invitation = invitationOf(row)
    if (!invitation) return []
    const { id, name, email, expiresAt, holding } = invitation
    return [{ id, name, email, holding, expiresAt }]
  })
}

/** Whether anybody acts for the Mission of a State; its first account needs a code by telephone. */
export async function hasMissionUser(tx: Tx, state: StateCode): Promise<boolean> {
  const { users } = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.holding')
    .select(sql<number>`count(*)::int`.as('users'))
    .where('state', '=', state)
    .where('role', '=', 'mission')
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return users > 0
}

/** How many people act for the Mission of a State besides one. */
export async function countOthersOfMission(tx: Tx, state: StateCode, than: AccountId): Promise<number> {
  const { others } = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.holding')
    .select(sql<number>`count(distinct account_id)::int`.as('others'))
    .where('state', '=', state)
    .where('role', '=', 'mission')
    .where('ended_at', 'is', null)
    .where('account_id', '!=', than)
    .executeTakeFirstOrThrow()
  return others
}

type Scope = Pick<DirectoryScope, 'tx' | 'now' | 'actor'>

/** The user of a State whose access may end: not the last one of its Mission. */
export async function decideEnd(
  scope: Pick<Scope, 'tx' | 'actor'>,
  state: StateCode,
  holding: Id<'holding'> | undefined,
): Promise<Result<User>> {
  const users = await listUsers(scope.tx, state)
  const user = users.find(({ id }) => id === holding)
  if (!user) return refuse(noSuchUser)
  const missions = users.filter((each) => each.holding.role === 'mission')
  const isLastMission = user.holding.role === 'mission' && missions.length === 1
  // A Mission that locks itself out would have to ask the manager for access anew.
  if (isLastMission && scope.actor.role !== 'manager')
    return refuse({ code: 'accounts/last-mission-user', kind: 'conflict' })
  return ok(user)
}

export const noSuchUser: Refusal = { code: 'accounts/no-such-user', kind: 'absent' }

/** Takes a role away at once: the holding and every session begun in it end in one transaction. */
export async function endHolding(
  { tx, now }: Pick<Scope, 'tx' | 'now'>,
  { id, account, holding }: Pick<User, 'id' | 'account' | 'holding'>,
): Promise<Act> {
  const { role, kind, organization } = columnsOf(holding)
  const state = stateOfHolding(holding)
  const accounts = tx.withTables<AccountsTables>()
  await accounts.updateTable('accounts.holding').set({ ended_at: now }).where('id', '=', id).execute()
  await accounts
    .updateTable('accounts.session')
    .set({ ended_at: now })
    .where('account_id', '=', account)
    .where('role', '=', role)
    .where('kind', 'is not distinct from', kind)
    .where('state', 'is not distinct from', state)
    .where('organization', 'is not distinct from', organization)
    .where('ended_at', 'is', null)
    .execute()
  const content = { role: nameOfHolding(holding) }
  return { verb: 'user.ended', subject: `account:${account}`, state: state ?? undefined, content }
}

export async function withdrawInvitation(
  { tx, now }: Pick<Scope, 'tx' | 'now'>,
  whose: Whose,
  invitation: Id<'invitation'> | undefined,
): Promise<Result<Done<undefined>>> {
  const absent = refuse({ code: 'accounts/no-such-invitation', kind: 'absent' })
  if (!invitation) return absent
  const { numUpdatedRows } = await tx
    .withTables<AccountsTables>()
    .updateTable('accounts.invitation')
    .set({ ended_at: now })
    .where('id', '=', invitation)
    .where('state', whose === null ? 'is' : '=', whose)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return absent
  return done(undefined, [
    { verb: 'invitation.withdrawn', subject: `invitation:${invitation}`, state: whose ?? undefined },
  ])
}
