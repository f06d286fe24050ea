import { randomBytes } from 'node:crypto'
import { after, hour, minute, parseId, parseStateCode, type StateCode } from '@parley/kernel'
import type { Keys } from '../../platform/config/keys.ts'
import type { Tx } from '../../platform/database/database.ts'
import { type AccountId, type Actor, type StateRole, stateRoles } from '../../platform/session/actor.ts'
import type { Doorkeeper } from '../../platform/session/find-actor.ts'
import type { AccountsTables } from './tables.ts'

/** A role that a person holds, alone or for a State. */
export type Holding = { readonly role: 'manager' } | { readonly role: StateRole; readonly state: StateCode }

export interface Person {
  readonly account: AccountId
  readonly name: string
}

const longest = 12 * hour
const seenEvery = minute

/** Minutes without a request after which a session ends. */
function idleMinutes(role: Holding['role']): number {
  return role === 'manager' ? 15 : 30
}

/** Begins a session and gives back its key, which stands nowhere but in the browser. */
export async function beginSession(
  tx: Tx,
  keys: Keys,
  now: Date,
  person: Person,
  as: Holding,
): Promise<string> {
  const key = randomBytes(32).toString('base64url')
  await tx
    .withTables<AccountsTables>()
    .insertInto('accounts.session')
    .values({
      digest: keys.digest('session', key),
      account_id: person.account,
      name: person.name,
      role: as.role,
      state: 'state' in as ? as.state : null,
      created_at: now,
      proven_at: now,
      last_seen_at: now,
      ends_at: after(now, longest),
      idle_minutes: idleMinutes(as.role),
      ended_at: null,
    })
    .execute()
  return key
}

export function openDoorkeeper(keys: Keys): Doorkeeper {
  const digestOf = (key: string) => keys.digest('session', key)
  return {
    presented: (key) => ({ role: 'public', key: key === undefined ? undefined : digestOf(key) }),
    findActor: async (tx, key, now) => {
      if (key === undefined) return { role: 'stranger' }
      const sessions = tx.withTables<AccountsTables>()
      const session = await sessions
        .selectFrom('accounts.session')
        .selectAll()
        .where('digest', '=', digestOf(key))
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      if (!session) return { role: 'stranger' }
      const idleSince = now.getTime() - session.last_seen_at.getTime()
      if (session.ends_at <= now || idleSince > session.idle_minutes * minute) return { role: 'stranger' }
      if (idleSince > seenEvery) {
        await sessions
          .updateTable('accounts.session')
          .set({ last_seen_at: now })
          .where('digest', '=', session.digest)
          .execute()
      }
      return actorOf(session)
    },
  }
}

function actorOf(session: AccountsTables['accounts.session']): Actor {
  const account = parseId<'account'>(session.account_id)
  const state = parseStateCode(session.state ?? '')
  const role = stateRoles.find((each) => each === session.role)
  if (!account) return { role: 'stranger' }
  const about = { digest: session.digest, endsAt: session.ends_at, provenAt: session.proven_at }
  if (session.role === 'manager') return { role: 'manager', account, name: session.name, session: about }
  return role && state ? { role, account, name: session.name, state, session: about } : { role: 'stranger' }
}
