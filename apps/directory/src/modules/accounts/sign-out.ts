import { html } from '@parley/web'
import { z } from 'zod'
import { done } from '../../platform/action.ts'
import { type DirectoryForm, type DirectoryPage, form, page } from '../../platform/pages/scope.ts'
import { ok } from '@parley/kernel'
import { dropSession } from './cookie.ts'
import { text } from './locales/index.ts'
import { signInRoute, signOutRoute } from './routes.ts'
import type { AccountsTables } from './tables.ts'

export function signInPage(): DirectoryPage {
  return page({
    route: signInRoute,
    verb: 'accounts.sign-in',
    read: async ({ locale }) => {
      const t = text(locale)
      return ok({ title: t('sign-in.title'), body: html`<h1>${t('sign-in.title')}</h1>`, width: 'narrow' })
    },
  })
}

export function signOutForm(origin: URL, on: DirectoryPage): DirectoryForm {
  return form({
    route: signOutRoute,
    verb: 'accounts.sign-out',
    fields: z.object({}),
    on,
    act: async ({ actor, tx, now }) => {
      if ('session' in actor) {
        await tx
          .withTables<AccountsTables>()
          .updateTable('accounts.session')
          .set({ ended_at: now })
          .where('digest', '=', actor.session.digest)
          .execute()
      }
      return done(undefined, [{ verb: 'session.ended', subject: 'session' }])
    },
    next: ({ locale }) => ({ to: `/${locale}`, headers: { 'set-cookie': dropSession(origin) } }),
  })
}
