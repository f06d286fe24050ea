import type { Id, StateCode } from '@parley/kernel'
import type { Acting } from '../database/acting.ts'

export type AccountId = Id<'account'>

export const stateRoles = ['mission', 'diplomatic', 'technical'] as const
export type StateRole = (typeof stateRoles)[number]

/** Who acts. A person may hold several roles and always acts in one. */
export type Actor =
  | { readonly role: 'stranger'; readonly key?: string }
  | {
      readonly role: 'manager'
      readonly account: AccountId
      readonly name: string
      readonly session: ActorSession
    }
  | {
      readonly role: StateRole
      readonly account: AccountId
      readonly name: string
      readonly state: StateCode
      readonly session: ActorSession
    }
  | { readonly role: 'duty'; readonly duty: string }

export type Role = Actor['role']

export interface ActorSession {
  readonly digest: string
  readonly endsAt: Date
  /** The last time the person proved who they are; sensitive acts ask for it anew. */
  readonly provenAt: Date
}

/** What the database is told of an actor. */
export function actingOf(actor: Actor): Acting {
  switch (actor.role) {
    case 'stranger':
      return { role: 'public', key: actor.key }
    case 'manager':
      return { role: 'manager', account: actor.account }
    case 'duty':
      return { role: 'worker' }
    default:
      return { role: 'participant', state: actor.state, account: actor.account }
  }
}

/** The actor's State, if it acts for one. */
export function stateOf(actor: Actor): StateCode | undefined {
  return 'state' in actor ? actor.state : undefined
}

/** How the history names an actor: the role and an account's id, never a person's name. */
export function actorLabel(actor: Actor): string {
  if ('account' in actor) return `${actor.role}:${actor.account}`
  return actor.role === 'duty' ? `duty:${actor.duty}` : actor.role
}
