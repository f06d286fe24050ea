import { ok, refuse } from '@parley/kernel'
import { errorSummary, href, html, line, notice, textField } from '@parley/web'
import { z } from 'zod'
import { text } from '../locales/index.ts'
import { doorRoute, startRoute } from '../routes.ts'
import { doorForm, doorPage, formView } from './scope.ts'

/** Asks for the secret that stands where the Desk was started. */
export const letInPage = doorPage({
  route: doorRoute,
  stage: 'anybody',
  read: async (scope, form) => {
    const { locale, secret, session } = scope
    if (session || !secret) return ok({ to: href(locale, startRoute) })
    const t = text(locale)
    const view = formView(scope, form)
    const ask = html`<p class="lede">${t('door.why')}</p>
      <form method="post" action="${href(locale, doorRoute)}">
        ${textField(view, { name: 'secret', label: t('door.secret'), help: t('door.secret.help'), autocomplete: 'off', required: true })}
        <button class="button main">${t('door.enter')}</button>
      </form>`
    const body = html`<h1>${t('door.title')}</h1>
      ${errorSummary(view)}${secret.isSpent() ? notice(t('door.spent'), 'warn') : ask}`
    return ok({ title: t('door.title'), width: 'narrow', body })
  },
})

export const letInForm = doorForm({
  route: doorRoute,
  stage: 'anybody',
  on: letInPage,
  fields: z.object({ secret: line(100) }),
  act: async ({ secret, goOnAs }, input) => {
    if (!secret?.spend(input.secret))
      return refuse({ code: 'desk/secret-wrong', kind: 'forbidden', field: 'secret' })
    goOnAs({})
    return ok(undefined)
  },
  next: ({ locale }) => href(locale, startRoute),
})
