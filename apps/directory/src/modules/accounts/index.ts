import type { Room } from '../../room.ts'
import { authority } from './authority.ts'
import { text } from './locales/index.ts'
import { signInPage, signOutForm } from './sign-out.ts'

export { keepSession, sessionCookieName } from './cookie.ts'
export { beginSession, type Holding, openDoorkeeper, type Person } from './session.ts'
export { signInRoute, signOutRoute } from './routes.ts'
export { text as accountsText } from './locales/index.ts'

export function accountsRoom({ origin }: { readonly origin: URL }): Room {
  const signIn = signInPage()
  return {
    name: 'accounts',
    migrations: new URL('migrations/', import.meta.url),
    authority,
    text,
    pages: [signIn],
    forms: [signOutForm(origin, signIn)],
  }
}
