import { ok, refuse } from '@parley/kernel'
import { errorSummary, facts, hidden, href, html, ltr, textField } from '@parley/web'
import { z } from 'zod'
import { dualForm } from '../../platform/dual-control/dual-control.ts'
import type { TwoPersonRule } from '../../platform/dual-control/two-person-rule.ts'
import { type DirectoryForm, type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import type { House } from './house.ts'
import { inviteeAddress, inviteeFields, inviteeLanguage } from './invitee-fields.ts'
import { text } from './locales/index.ts'
import { proofNotice, requireProof } from './proof.ts'
import { roleName } from './role-name.ts'
import { handOverRoute } from './routes.ts'
import { secondPersonNotice } from './second-person.ts'
import { findUser, type UserActs } from './user-acts.ts'
import { noSuchUser } from './users.ts'

const verb = 'accounts.our-users'

/** One person goes, the next is invited to the same role: one act, so that no role is left open by mistake. */
export function handOverPage(house: House, rule: TwoPersonRule): DirectoryPage {
  return page({
    route: handOverRoute,
    verb,
    read: async (scope, state) => {
      const { locale, query, actor } = scope
      const t = text(locale)
      const view = formView(scope, state)
      const holding = [state.values['holding'] ?? query.get('holding') ?? ''].flat()[0] ?? ''
      const user = await findUser(scope, { state: stateOf(actor) ?? '', holding })
      if (!user) return refuse(noSuchUser)
      const body = html`<h1>${t('hand-over.title')}</h1>
        <p class="lede">${t('hand-over.what')}</p>
        ${errorSummary(view)}${proofNotice(scope)}${await secondPersonNotice(scope, rule, user.holding.role === 'mission' ? 'mission' : 'users')}
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

export function handOverForm(
  house: House,
  rule: TwoPersonRule,
  { handedOver }: UserActs,
  on: DirectoryPage,
): DirectoryForm {
  return dualForm(rule, handedOver, {
    route: handOverRoute,
    verb,
    fields: inviteeFields(house.members.profile.languages).extend({ holding: z.string().default('') }),
    on,
    input: async (scope, typed) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const state = stateOf(scope.actor)
      return state ? ok({ ...typed, state }) : refuse(noSuchUser)
    },
  })
}
