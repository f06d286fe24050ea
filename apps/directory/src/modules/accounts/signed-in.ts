import type { Actor } from '../../platform/session/actor.ts'

/** An actor with an account: what the authority table promises of every verb of one's own. */
export type SignedInActor = Extract<Actor, { readonly account: unknown }>

export function signedIn(actor: Actor): SignedInActor {
  if ('account' in actor) return actor
  throw new Error('a page of one’s own was opened to a stranger')
}
