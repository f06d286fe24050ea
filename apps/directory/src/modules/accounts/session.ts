import { randomBytes } from 'node:crypto'
import { after, hour, minute, parseId } from '@parley/kernel'
import type { Keys } from '../../platform/config/keys.ts'
import type { Tx } from '../../platform/database/database.ts'
import { prepared } from '../../platform/database/prepared.ts'
import type { AccountId, Actor, ActorSession } from '../../platform/session/actor.ts'
import type { Doorkeeper } from '../../platform/session/find-actor.ts'
import { columnsOf, type Holding, holdingOf } from './holding.ts'
import type { AccountsTables } from './tables.ts'

export interface Person {
  readonly account: AccountId
  readonly name: string
}

/** What a person proved with; some roles take the one only. */
export type Method = 'passkey' | 'password'

const longest = 12 * hour
const seenEvery = minute

/** Minutes without a request after which a session ends. */
export function idleMinutes(role: Holding['role']): number {
  return role === 'manager' ? 15 : 30
}

/** Begins a session and gives back its key, which stands nowhere but in the browser. */
export function beginSession(
  tx: Tx,
  keys: Keys,
  now: Date,
  person: Person,
  as: Holding,
  method: Method = 'passkey',
): Promise<string> {
  return addSession(tx, keys, now, person, as, method, { provenAt: now, endsAt: after(now, longest) })
}

/** Ends a session and begins one in another role, under a new key; its last moment and its proof stay. */
export async function switchSession(
  tx: Tx,
  keys: Keys,
  now: Date,
  person: Person & { readonly session: ActorSession },
  as: Holding,
  method: Method,
): Promise<string> {
  await endSession(tx, person.session.digest, now)
  return addSession(tx, keys, now, person, as, method, person.session)
}

export async function endSession(tx: Tx, digest: string, now: Date): Promise<void> {
  await tx
    .withTables<AccountsTables>()
    .updateTable('accounts.session')
    .set({ ended_at: now })
    .where('digest', '=', digest)
    .where('ended_at', 'is', null)
    .execute()
}

/** Ends every session of a person but this one. */
export async function endOtherSessions(
  tx: Tx,
  { account, session }: Pick<Person, 'account'> & { readonly session: ActorSession },
  now: Date,
): Promise<void> {
  await tx
    .withTables<AccountsTables>()
    .updateTable('accounts.session')
    .set({ ended_at: now })
    .where('account_id', '=', account)
    .where('digest', '!=', session.digest)
    .where('ended_at', 'is', null)
    .execute()
}

/** Goes on with a session after the person has proved again who they are, under a new key; its last moment stays. */
export async function proveSession(
  tx: Tx,
  keys: Keys,
  now: Date,
  person: Person & { readonly session: ActorSession },
  as: Holding,
  method: Method,
): Promise<string> {
  await endSession(tx, person.session.digest, now)
  return addSession(tx, keys, now, person, as, method, { provenAt: now, endsAt: person.session.endsAt })
}

/** What the person of a session proved with. */
export async function methodOfSession(tx: Tx, digest: string): Promise<Method | undefined> {
  const session = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.session')
    .select('method')
    .where('digest', '=', digest)
    .executeTakeFirst()
  return session && (session.method === 'passkey' ? 'passkey' : 'password')
}

async function addSession(
  tx: Tx,
  keys: Keys,
  now: Date,
  person: Person,
  as: Holding,
  method: Method,
  { provenAt, endsAt }: Pick<ActorSession, 'provenAt' | 'endsAt'>,
): Promise<string> {
  const key = randomBytes(32).toString('base64url')
  await tx
    .withTables<AccountsTables>()
    .insertInto('accounts.session')
    .values({
      digest: keys.digest('session', key),
      account_id: person.account,
      name: person.name,
      ...columnsOf(as),
      method,
      created_at: now,
      proven_at: provenAt,
      last_seen_at: now,
      ends_at: endsAt,
      idle_minutes: idleMinutes(as.role),
      ended_at: null,
    })
    .execute()
  return key
}

/** Whether a session still holds at a moment: neither ended, nor too old, nor left alone too long. */
export function isLive(
  session: Pick<AccountsTables['accounts.session'], 'ended_at' | 'ends_at' | 'last_seen_at' | 'idle_minutes'>,
  now: Date,
): boolean {
  const idle = now.getTime() - session.last_seen_at.getTime()
  return session.ended_at === null && session.ends_at > now && idle <= session.idle_minutes * minute
}

type SessionRow = Omit<AccountsTables['accounts.session'], 'method' | 'created_at'>

const findSession = prepared<SessionRow>(
  'session',
  `select digest, account_id, name, role, state, kind, organization, proven_at, last_seen_at, ends_at, idle_minutes, ended_at
    from accounts.session where digest = $1`,
)

export function openDoorkeeper(keys: Keys): Doorkeeper {
  const digestOf = (key: string) => keys.digest('session', key)
  return {
    presented: (key) => ({ role: 'public', key: key === undefined ? undefined : digestOf(key) }),
    findActor: async (tx, key, now, from = 'a person') => {
      if (key === undefined) return { role: 'stranger' }
      const [session] = await findSession(tx, [digestOf(key)])
      if (!session || !isLive(session, now)) return { role: 'stranger' }
      if (from === 'a person' && now.getTime() - session.last_seen_at.getTime() > seenEvery) {
        await tx
          .withTables<AccountsTables>()
          .updateTable('accounts.session')
          .set({ last_seen_at: now })
          .where('digest', '=', session.digest)
          .execute()
      }
      return actorOf(session)
    },
  }
}

function actorOf(session: SessionRow): Actor {
  const account = parseId<'account'>(session.account_id)
  const holding = holdingOf(session)
  if (!account || !holding) return { role: 'stranger' }
  const about = { digest: session.digest, endsAt: session.ends_at, provenAt: session.proven_at }
  return { ...holding, account, name: session.name, session: about }
}
