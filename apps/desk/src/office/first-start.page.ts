import { ok } from '@parley/kernel'
import { actButton, href, html, linkButton } from '@parley/web'
import { z } from 'zod'
import { text } from '../locales/index.ts'
import { doorForm, doorPage } from '../door/scope.ts'
import { beginRoute, firstStartRoute, startRoute, tryRoute } from '../routes.ts'

/** The first page of a Desk that nobody has begun: what it is, how to begin, and a way to look first. */
export const firstStartPage = doorPage({
  route: firstStartRoute,
  stage: 'let-in',
  read: async ({ locale, desk }) => {
    if (!desk.store.isNew()) return ok({ to: href(locale, startRoute) })
    const t = text(locale)
    const body = html`<h1>${t('first.title')}</h1>
      <p class="lede">${t('first.what')}</p>
      <ul>
        <li>${t('first.machine')}</li>
        <li>${t('first.languages')}</li>
        <li>${t('first.later')}</li>
      </ul>
      <p>${linkButton(href(locale, beginRoute), t('first.begin'), 'main')}</p>
      <h2>${t('try.title')}</h2>
      <p>${t('try.what')}</p>
      ${actButton(href(locale, tryRoute), t('try.act'))}`
    return ok({ title: t('first.title'), width: 'narrow', body })
  },
})

/** Opens the demonstration in this browser; the office's own Desk is not touched. */
export const tryForm = doorForm({
  route: tryRoute,
  stage: 'let-in',
  on: firstStartPage,
  fields: z.object({}),
  act: async ({ demonstrate, goOnAs, now }) => {
    const { desk, user } = await demonstrate()
    goOnAs({ desk, user, seenAt: now, isExercise: false, exercise: undefined })
    return ok(undefined)
  },
  next: ({ locale }) => href(locale, startRoute),
})
