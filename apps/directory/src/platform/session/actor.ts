import type { Id, StateCode } from '@parley/kernel'
import type { Acting } from '../database/acting.ts'

export type AccountId = Id<'account'>

/** Roles for the community as a whole. */
export const communityRoles = ['manager', 'auditor', 'secretariat', 'chair'] as const
/** Roles for an organization: a regional one with a directory of its own, a stakeholder of the portal. */
export const organizationRoles = ['regional', 'stakeholder'] as const

/** A role that a person holds, for the community, a State or an organization. A POC is of one of the profile's kinds. */
export type Holding =
  | { readonly role: (typeof communityRoles)[number] }
  | { readonly role: 'mission' | 'contributor'; readonly state: StateCode }
  | { readonly role: 'poc'; readonly kind: string; readonly state: StateCode }
  | { readonly role: (typeof organizationRoles)[number]; readonly organization: string }

interface SomebodySignedIn {
  readonly account: AccountId
  readonly name: string
  readonly session: ActorSession
}

/** Who acts. A person may hold several roles and always acts in one. */
export type Actor =
  | { readonly role: 'stranger'; readonly key?: string }
  | (Holding & SomebodySignedIn)
  | {
      /** A State's own system, by a token that its Mission issued. */
      readonly role: 'system'
      readonly token: Id<'token'>
      readonly state: StateCode
      readonly scopes: readonly string[]
    }
  | { readonly role: 'duty'; readonly duty: string }

export type Role = Actor['role']

export interface ActorSession {
  readonly digest: string
  readonly endsAt: Date
  /** The last time the person proved who they are; sensitive acts ask for it anew. */
  readonly provenAt: Date
}

/** What the database is told of an actor. Who reads no live entry works as the public, in the own matter alone. */
export function actingOf(actor: Actor): Acting {
  switch (actor.role) {
    case 'stranger':
      return { role: 'public', key: actor.key }
    case 'manager':
      return { role: 'manager', account: actor.account }
    case 'auditor':
      return { role: 'auditor', account: actor.account }
    case 'mission':
    case 'poc':
      return { role: 'participant', state: actor.state, account: actor.account }
    case 'system':
      return { role: 'participant', state: actor.state }
    case 'duty':
      return { role: 'worker' }
    default:
      return { role: 'public', account: actor.account }
  }
}

/** The actor's State, if it acts for one. */
export function stateOf(actor: Actor): StateCode | undefined {
  return 'state' in actor ? actor.state : undefined
}

/** How the history names an actor: the role (of a POC its kind) and an account's id, never a person's name. */
export function actorLabel(actor: Actor): string {
  if ('account' in actor) return `${actor.role === 'poc' ? actor.kind : actor.role}:${actor.account}`
  if (actor.role === 'system') return `system:${actor.token}`
  return actor.role === 'duty' ? `duty:${actor.duty}` : actor.role
}
