import type { Acting } from '../database/acting.ts'
import type { Tx } from '../database/database.ts'
import type { Actor } from './actor.ts'

/** Tells who holds a session key. */
export interface Doorkeeper {
  /** As whom the transaction begins: the public, with the digest of the key that was presented. */
  presented(key: string | undefined): Acting
  /**
   * Who that is now; a stranger when there is no such session, or it has ended. What renews itself (live updates, a page
   * without scripts) is no activity, and prolongs nothing.
   */
  findActor(tx: Tx, key: string | undefined, now: Date, from?: 'a person' | 'a renewal'): Promise<Actor>
}
