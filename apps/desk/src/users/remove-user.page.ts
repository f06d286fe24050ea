import { ok, refuse } from '@parley/kernel'
import { errorSummary, href, html, linkButton } from '@parley/web'
import { z } from 'zod'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { removeUserRoute, usersRoute } from '../routes.ts'
import { fixedUsers } from './users.page.ts'

/** Asks once more, and says what taking a key away does and what it cannot do. */
export const removeUserPage = page({
  route: removeUserRoute,
  read: async (scope, typed) => {
    const { locale, users, params, user } = scope
    const found = (await users.list()).find(({ id }) => id === params.id)
    if (!found) return refuse({ code: 'desk/user-unknown', kind: 'absent' })
    const t = text(locale)
    const title = t('users.remove', { name: found.name })
    const isOwn = found.id === user.id
    const body = html`<h1>${title}</h1>
      ${errorSummary(formView(scope, typed))}
      <ul>
        <li>${t(isOwn ? 'users.remove.own' : 'users.remove.does')}</li>
        <li>${t('users.remove.copies')}</li>
        <li>${t('users.remove.read')}</li>
        <li>${t('users.remove.lines')}</li>
      </ul>
      <form method="post" action="${href(locale, removeUserRoute, { id: found.id })}">
        <p class="row">
          <button class="button stop">${title}</button>
          ${linkButton(href(locale, usersRoute), t('users.remove.not'))}
        </p>
      </form>`
    return ok({ title, width: 'narrow', body })
  },
})

export const removeUserForm = form({
  route: removeUserRoute,
  on: removeUserPage,
  fields: z.object({}),
  act: async ({ users, user, params, desk, endAllOf }) => {
    if (desk.isDemonstration) return fixedUsers
    const removed = await users.remove(user, params.id)
    if (removed.ok) endAllOf(params.id)
    return removed
  },
  next: ({ locale }) => href(locale, usersRoute),
})
