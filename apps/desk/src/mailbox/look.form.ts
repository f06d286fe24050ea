import { ok } from '@parley/kernel'
import { href } from '@parley/web'
import { z } from 'zod'
import { form } from '../door/scope.ts'
import { lookRoute, mailboxRoute } from '../routes.ts'
import { mailboxPage } from './mailbox.page.ts'

/** Looks for mail now instead of within a minute. */
export const lookForm = form({
  route: lookRoute,
  on: mailboxPage,
  fields: z.object({}),
  act: async ({ desk }) => {
    await desk.intake?.look()
    return ok(undefined)
  },
  next: ({ locale }) => href(locale, mailboxRoute),
})
