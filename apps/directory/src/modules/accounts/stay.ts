import { html } from '@parley/web'
import { z } from 'zod'
import { unchanged } from '../../platform/action.ts'
import { type DirectoryForm, type DirectoryPage, form } from '../../platform/pages/scope.ts'
import { text } from './locales/index.ts'
import { stayRoute } from './routes.ts'

/** Prolongs a session by being a request; nothing else is done. */
export function stayForm(on: DirectoryPage): DirectoryForm {
  return form({
    route: stayRoute,
    verb: 'accounts.own',
    fields: z.object({}),
    on,
    act: async () => unchanged(undefined),
    next: ({ locale }) => {
      const title = text(locale)('session.stayed')
      return { title, body: html`<h1>${title}</h1>`, width: 'narrow' }
    },
  })
}
