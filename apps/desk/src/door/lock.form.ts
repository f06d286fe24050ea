import { ok, refuse } from '@parley/kernel'
import { href, html, type View } from '@parley/web'
import { z } from 'zod'
import { text } from '../locales/index.ts'
import { lockRoute, startRoute, stayRoute, unlockRoute } from '../routes.ts'
import { doorForm } from './scope.ts'
import { unlockPage } from './unlock.page.ts'

/** The button on every page. */
export const lockForm = doorForm({
  route: lockRoute,
  stage: 'let-in',
  on: unlockPage,
  fields: z.object({}),
  act: async ({ leave }) => {
    await leave()
    return ok(undefined)
  },
  next: ({ locale }) => href(locale, unlockRoute),
})

/** Asked for by the warning before the Desk locks: the request alone prolongs. */
export const stayForm = doorForm({
  route: stayRoute,
  stage: 'let-in',
  on: unlockPage,
  fields: z.object({}),
  act: async ({ session, desk }) =>
    session?.user && desk.store.opened()
      ? ok(undefined)
      : refuse({ code: 'desk/locked', kind: 'unauthenticated' }),
  next: ({ locale }): View => {
    const t = text(locale)
    const body = html`<h1>${t('lock.stays')}</h1>
      <p><a href="${href(locale, startRoute)}">${t('start.title')}</a></p>`
    return { title: t('lock.stays'), width: 'narrow', body }
  },
})
