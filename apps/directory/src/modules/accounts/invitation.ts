import { timingSafeEqual } from 'node:crypto'
import { day, type Id, isLocale, type Locale, ok, parseId, refuse, type Result } from '@parley/kernel'
import { href } from '@parley/web'
import { actAs } from '../../platform/database/acting.ts'
import type { Keys } from '../../platform/config/keys.ts'
import type { Tx } from '../../platform/database/database.ts'
import { type Holding, holdingOf } from './holding.ts'
import { invitationRoute } from './routes.ts'
import type { AccountsTables } from './tables.ts'

export type InvitationId = Id<'invitation'>

export const invitationLasts = 7 * day
export const telephoneTries = 5

export interface Invitation {
  readonly id: InvitationId
  readonly email: string
  readonly name: string
  readonly language: Locale
  readonly holding: Holding
  readonly inviter: { readonly role: 'manager' | 'mission' | 'operator'; readonly name: string }
  readonly expiresAt: Date
  /** What was told by telephone, as a digest; absent when nothing needs to be. */
  readonly telephoneCodeDigest: string | null
}

/** The secret half of the link. It is derived, so that neither a table nor an event holds it. */
function tokenOf(keys: Keys, id: InvitationId): string {
  return keys.digest('invitation', id)
}

export function tokenDigest(keys: Keys, id: InvitationId): string {
  return keys.digest('invitation-digest', tokenOf(keys, id))
}

export function telephoneCodeDigest(keys: Keys, id: InvitationId, code: string): string {
  return keys.digest('telephone-code', `${id} ${code}`)
}

export function invitationLink(keys: Keys, origin: URL, locale: Locale, id: InvitationId): string {
  return new URL(href(locale, invitationRoute, { invitation: id, token: tokenOf(keys, id) }), origin).href
}

/**
 * The invitation behind a link, held for this transaction where it is to be taken up. From here on the transaction reads as a stranger who presented this token:
 * the caller turns it back.
 */
export async function findInvitation(
  tx: Tx,
  keys: Keys,
  link: { readonly invitation: string; readonly token: string },
  now: Date,
  use: 'look' | 'hold' = 'look',
): Promise<Result<Invitation>> {
  const unknown = refuse({ code: 'accounts/invitation-unknown', kind: 'absent' })
  const id = parseId<'invitation'>(link.invitation)
  if (!id || !isSame(link.token, tokenOf(keys, id))) return unknown
  await actAs(tx, { role: 'public', key: tokenDigest(keys, id) })
  const row = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.invitation')
    .selectAll()
    .where('id', '=', id)
    .$if(use === 'hold', (query) => query.forUpdate())
    .executeTakeFirst()
  const invitation = row && invitationOf(row)
  if (!row || !invitation) return unknown
  if (row.used_at) return gone('accounts/invitation-used')
  if (row.ended_at) return gone('accounts/invitation-ended')
  if (row.telephone_tries >= telephoneTries) return gone('accounts/invitation-dead')
  if (row.expires_at <= now) return gone('accounts/invitation-expired')
  return ok(invitation)
}

export function invitationOf(row: AccountsTables['accounts.invitation']): Invitation | undefined {
  const id = parseId<'invitation'>(row.id)
  const holding = holdingOf(row)
  if (!id || !holding) return undefined
  const [by = ''] = row.invited_by.split(':')
  return {
    id,
    email: row.email,
    name: row.name,
    language: isLocale(row.language) ? row.language : 'en',
    holding,
    inviter: { role: by === 'manager' || by === 'mission' ? by : 'operator', name: row.inviter_name },
    expiresAt: row.expires_at,
    telephoneCodeDigest: row.telephone_code_digest,
  }
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)]
  return first.length === second.length && timingSafeEqual(first, second)
}

function gone(code: string): Result<never> {
  return refuse({ code, kind: 'gone' })
}
