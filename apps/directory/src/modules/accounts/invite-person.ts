import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { after, type Locale, newId, refuse, type Result } from '@parley/kernel'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { actorLabel } from '../../platform/session/actor.ts'
import { PersonInvited } from './events.ts'
import { columnsOf, type Holding, type HoldingColumns, nameOfHolding, stateOfHolding } from './holding.ts'
import { type InvitationId, invitationLasts, telephoneCodeDigest, tokenDigest } from './invitation.ts'
import type { AccountsTables } from './tables.ts'

export interface Invitee {
  readonly email: string
  readonly name: string
  /** In which the mail is written. */
  readonly language: Locale
  readonly as: Holding
  /** For the first account of a Mission: the link alone does not do, a code told by telephone is asked for too. */
  readonly needsTelephoneCode: boolean
}

export interface Invited {
  readonly invitation: InvitationId
  /** Eight digits to tell by telephone. They are shown once: only their digest is kept. */
  readonly telephoneCode?: string
}

/**
 * Invites a person to a role: one link, 7 days, sent to this address by the outbox. An open invitation of the same
 * address to the same role ends. The action of another module puts the acts and events among its own.
 */
export async function invite(
  { tx, now, actor }: Pick<ActionScope, 'tx' | 'now' | 'actor'>,
  keys: Keys,
  invitee: Invitee,
): Promise<Result<Done<Invited>>> {
  const email = addressOf(invitee.email)
  const held = columnsOf(invitee.as)
  const accounts = tx.withTables<AccountsTables>()
  const holder = await accounts
    .selectFrom('accounts.holding')
    .innerJoin('accounts.account', 'accounts.account.id', 'accounts.holding.account_id')
    .select('accounts.account.id')
    .where('accounts.account.email', '=', email)
    .where(isHeld('accounts.holding', held))
    .where('accounts.holding.ended_at', 'is', null)
    .executeTakeFirst()
  if (holder) return refuse({ code: 'accounts/already-user', kind: 'conflict', field: 'email' })
  await accounts
    .updateTable('accounts.invitation')
    .set({ ended_at: now })
    .where('email', '=', email)
    .where(isHeld('accounts.invitation', held))
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .execute()
  const id = newId<'invitation'>()
  const code = invitee.needsTelephoneCode ? String(randomInt(10 ** 8)).padStart(8, '0') : undefined
  await accounts
    .insertInto('accounts.invitation')
    .values({
      id,
      token_digest: tokenDigest(keys, id),
      email,
      name: invitee.name,
      language: invitee.language,
      ...held,
      telephone_code_digest: code === undefined ? null : telephoneCodeDigest(keys, id, code),
      telephone_tries: 0,
      invited_by: actorLabel(actor),
      inviter_name: 'name' in actor ? actor.name : '',
      created_at: now,
      expires_at: after(now, invitationLasts),
      used_at: null,
      ended_at: null,
    })
    .execute()
  return done(
    { invitation: id, ...(code === undefined ? {} : { telephoneCode: code }) },
    [
      {
        verb: 'user.invited',
        subject: `invitation:${id}`,
        state: stateOfHolding(invitee.as) ?? undefined,
        content: { role: nameOfHolding(invitee.as), name: invitee.name, email },
      },
    ],
    [PersonInvited({ invitation: id })],
  )
}

function isHeld(table: 'accounts.holding' | 'accounts.invitation', held: HoldingColumns) {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  return sql<boolean>`(${column('role')} = ${held.role}
    and ${column('state')} is not distinct from ${held.state}
    and ${column('kind')} is not distinct from ${held.kind}
    and ${column('organization')} is not distinct from ${held.organization})`
}

/** An address as it is kept and compared. */
export function addressOf(typed: string): string {
  return typed.trim().normalize('NFC').toLowerCase()
}
