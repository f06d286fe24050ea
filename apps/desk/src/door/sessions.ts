import { createHash, randomBytes } from 'node:crypto'
import { minute } from '@parley/kernel'
import type { Desk } from '../desk.ts'
import type { User } from '../users/users.ts'

/** Minutes without a request after which a user has to say the passphrase again. */
export const idleMinutes = 30

/** A browser that was let in. Nothing of it is kept on the disk: a restart forgets them all. */
export interface Session {
  /** Whose cases it looks at: the office's own Desk, or the demonstration. */
  readonly desk: Desk
  readonly user?: User
  /** Only what is practised is shown and written. */
  readonly isExercise: boolean
  /** The name of the exercise that is on. */
  readonly exercise?: string | undefined
  readonly seenAt: Date
}

export interface Sessions {
  find(key: string | undefined): Session | undefined
  /** Under a new key, in place of the old one: a key that somebody saw before is worth nothing after. */
  renew(old: string | undefined, session: Session): string
  change(key: string | undefined, changes: Partial<Session>): void
  /** With the exercise that was on: whoever comes next begins with what is real. */
  forgetUser(key: string | undefined): void
  /** Ends every session of a user who was removed, or whose passphrase is another now. */
  endAllOf(user: string): void
  /** Forgets the users of whom nothing was heard for too long, and locks each Desk that nobody uses any more. */
  lockIdle(now: Date): Promise<void>
}

const mostSessions = 100

export function openSessions(): Sessions {
  const sessions = new Map<string, Session>()
  const desks = new Set<Desk>()

  const lockUnused = async (desk: Desk) => {
    const isUsed = [...sessions.values()].some((each) => each.desk === desk && each.user)
    if (!isUsed && desk.store.opened()) await desk.store.lock()
  }

  return {
    find: (key) => (key === undefined ? undefined : sessions.get(hash(key))),
    renew: (old, session) => {
      if (old !== undefined) sessions.delete(hash(old))
      const [oldest] = sessions.keys()
      if (sessions.size >= mostSessions && oldest !== undefined) sessions.delete(oldest)
      const key = randomBytes(32).toString('base64url')
      sessions.set(hash(key), session)
      desks.add(session.desk)
      return key
    },
    change: (key, changes) => {
      const found = key === undefined ? undefined : sessions.get(hash(key))
      if (found && key !== undefined) sessions.set(hash(key), { ...found, ...changes })
    },
    forgetUser: (key) => {
      const found = key === undefined ? undefined : sessions.get(hash(key))
      if (!found || key === undefined) return
      const { user: _, exercise: __, ...session } = found
      sessions.set(hash(key), { ...session, isExercise: false })
    },
    endAllOf: (id) => {
      for (const [key, { user, ...session }] of sessions) if (user?.id === id) sessions.set(key, session)
    },
    lockIdle: async (now) => {
      for (const [key, { user, ...session }] of sessions)
        if (user && now.getTime() - session.seenAt.getTime() >= idleMinutes * minute)
          sessions.set(key, session)
      for (const desk of desks) await lockUnused(desk)
    },
  }
}

function hash(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}
