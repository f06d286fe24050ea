import { ok, parseId, refuse } from '@parley/kernel'
import { errorSummary, facts, hidden, href, html, ltr, textField } from '@parley/web'
import { z } from 'zod'
import { done } from '../../platform/action.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import type { House } from './house.ts'
import { inviteeAddress, inviteeFields, inviteeLanguage } from './invitee-fields.ts'
import { invite } from './invite-person.ts'
import { text } from './locales/index.ts'
import { proofNotice, requireProof } from './proof.ts'
import { roleName } from './role-name.ts'
import { handOverRoute, ourUsersRoute } from './routes.ts'
import { endHolding, listUsers, noSuchUser, type User } from './users.ts'

const verb = 'accounts.our-users'

/** One person goes, the next is invited to the same role: one act, so that no role is left open by mistake. */
export function handOverPage(house: House): DirectoryPage {
  return page({
    route: handOverRoute,
    verb,
    read: async (scope, state) => {
      const { locale, query } = scope
      const t = text(locale)
      const view = formView(scope, state)
      const holding = [state.values['holding'] ?? query.get('holding') ?? ''].flat()[0] ?? ''
      const user = await findUser(scope, holding)
      if (!user) return refuse(noSuchUser)
      const body = html`<h1>${t('hand-over.title')}</h1>
        <p class="lede">${t('hand-over.what')}</p>
        ${errorSummary(view)}${proofNotice(scope)}
        ${facts([
          [t('hand-over.from'), html`<bdi>${user.name}</bdi> ${ltr(user.email)}`],
          [t('field.role'), roleName(house.members, locale, user.holding)],
        ])}
        <form method="post" action="${href(locale, handOverRoute)}?${new URLSearchParams({ holding })}">
          ${hidden('holding', user.id)}
          ${textField(view, { name: 'name', label: t('hand-over.name'), autocomplete: 'off' })}
          ${inviteeAddress(view)} ${inviteeLanguage(house.members, view)}
          <button class="button main">${t('hand-over.do')}</button>
        </form>`
      return ok({ title: t('hand-over.title'), body, width: 'narrow' })
    },
  })
}

export function handOverForm(house: House, on: DirectoryPage): DirectoryForm {
  return form({
    route: handOverRoute,
    verb,
    fields: inviteeFields(house.members.profile.languages).extend({ holding: z.string().default('') }),
    on,
    act: async (scope, { holding, ...person }) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const user = await findUser(scope, holding)
      if (!user) return refuse(noSuchUser)
      const ended = await endHolding(scope, user)
      // The one who goes vouches for the one who comes: no code by telephone, also where it was the last one.
      const invited = await invite(scope, house.keys, {
        ...person,
        as: user.holding,
        needsTelephoneCode: false,
      })
      if (!invited.ok) return invited
      const { acts, events } = invited.value
      return done(undefined, [ended, ...acts], events)
    },
    next: ({ locale }) => href(locale, ourUsersRoute),
  })
}

async function findUser(
  { tx, actor }: Pick<DirectoryScope, 'tx' | 'actor'>,
  holding: string,
): Promise<User | undefined> {
  const state = stateOf(actor)
  const users = state ? await listUsers(tx, state) : []
  return users.find(({ id }) => id === parseId(holding))
}
