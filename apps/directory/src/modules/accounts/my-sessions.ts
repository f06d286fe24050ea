import { type Result, refuse } from '@parley/kernel'
import { z } from 'zod'
import { done, type Done, unchanged } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
} from '../../platform/pages/scope.ts'
import { type AccountId, stateOf } from '../../platform/session/actor.ts'
import { href } from '@parley/web'
import { type Holding, holdingOf } from './holding.ts'
import { endOtherSessionsRoute, endSessionRoute, myAccountRoute } from './routes.ts'
import { endSession, isLive } from './session.ts'
import { signedIn } from './signed-in.ts'
import type { AccountsTables } from './tables.ts'

export interface OwnSession {
  readonly digest: string
  readonly holding: Holding | undefined
  readonly createdAt: Date
  readonly lastSeenAt: Date
}

/** Where a person is signed in now, the latest first. */
export async function listOwnSessions(tx: Tx, account: AccountId, now: Date): Promise<readonly OwnSession[]> {
  const rows = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.session')
    .selectAll()
    .where('account_id', '=', account)
    .where('ends_at', '>', now)
    .where('ended_at', 'is', null)
    .orderBy('last_seen_at', 'desc')
    .orderBy('created_at', 'desc')
    .execute()
  return rows
    .filter((row) => isLive(row, now))
    .map((row) => ({
      digest: row.digest,
      holding: holdingOf(row),
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
    }))
}

export function ownSessionForms(on: DirectoryPage): readonly DirectoryForm[] {
  return [
    form({
      route: endSessionRoute,
      verb: 'accounts.own',
      fields: z.object({ session: z.string().default('') }),
      on,
      act: async (scope, { session }) => {
        const me = signedIn(scope.actor)
        const found = (await listOwnSessions(scope.tx, me.account, scope.now)).some(
          ({ digest }) => digest === session,
        )
        if (!found) return refuse({ code: 'accounts/no-such-session', kind: 'absent' })
        return end(scope, [session])
      },
      next: toMyAccount,
    }),
    form({
      route: endOtherSessionsRoute,
      verb: 'accounts.own',
      fields: z.object({}),
      on,
      act: async (scope) => {
        const me = signedIn(scope.actor)
        const open = await listOwnSessions(scope.tx, me.account, scope.now)
        return end(
          scope,
          open.map(({ digest }) => digest).filter((digest) => digest !== me.session.digest),
        )
      },
      next: toMyAccount,
    }),
  ]
}

async function end(
  { tx, now, actor }: Pick<DirectoryScope, 'tx' | 'now' | 'actor'>,
  digests: readonly string[],
): Promise<Result<Done<undefined>>> {
  if (digests.length === 0) return unchanged(undefined)
  for (const digest of digests) await endSession(tx, digest, now)
  const me = signedIn(actor)
  return done(undefined, [{ verb: 'session.ended', subject: `account:${me.account}`, state: stateOf(actor) }])
}

function toMyAccount({ locale }: Pick<DirectoryScope, 'locale'>): string {
  return href(locale, myAccountRoute)
}
