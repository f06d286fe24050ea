import { z } from 'zod'
import { done, unchanged } from '../../platform/action.ts'
import { type DirectoryForm, type DirectoryPage, form } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import { dropSession } from './cookie.ts'
import { signOutRoute } from './routes.ts'
import { endSession } from './session.ts'

export function signOutForm(origin: URL, on: DirectoryPage): DirectoryForm {
  return form({
    route: signOutRoute,
    verb: 'accounts.sign-out',
    fields: z.object({}),
    on,
    act: async ({ actor, tx, now }) => {
      if (!('session' in actor)) return unchanged(undefined)
      await endSession(tx, actor.session.digest, now)
      return done(undefined, [
        { verb: 'session.ended', subject: `account:${actor.account}`, state: stateOf(actor) },
      ])
    },
    next: ({ locale }) => ({ to: `/${locale}`, headers: { 'set-cookie': dropSession(origin) } }),
  })
}
