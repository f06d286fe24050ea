import { ok, parseId, refuse, type Result, type StateCode } from '@parley/kernel'
import {
  actButton,
  empty,
  errorSummary,
  type FormView,
  hidden,
  href,
  html,
  type Html,
  linkButton,
  nothing,
  notice,
  select,
  textField,
} from '@parley/web'
import { z } from 'zod'
import { dualForm } from '../../platform/dual-control/dual-control.ts'
import type { TwoPersonRule } from '../../platform/dual-control/two-person-rule.ts'
import { recordViewing } from '../../platform/history/record-viewing.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import { holdingNamed } from './holding.ts'
import type { House, Members } from './house.ts'
import { inviteeAddress, inviteeFields, inviteeLanguage } from './invitee-fields.ts'
import { text } from './locales/index.ts'
import { proofNotice, requireProof } from './proof.ts'
import { readmitLink } from './readmit.page.ts'
import {
  handOverRoute,
  suspendRoute,
  endOurUserRoute,
  endUserRoute,
  ourUsersRoute,
  usersRoute,
  withdrawInvitationRoute,
  withdrawOurInvitationRoute,
} from './routes.ts'
import { usersNotice } from './second-person.ts'
import { unseenUsers } from './still-here.ts'
import type { UserActs } from './user-acts.ts'
import { invitationsTable, usersTable } from './users-table.ts'
import { listOpenInvitations, listUsers, type User, withdrawInvitation } from './users.ts'

type Locale = DirectoryScope['locale']

type Asked = Pick<DirectoryScope, 'actor'> & { readonly params: unknown }

/** The same page twice: the Mission's for its own State, and the manager's for each. */
interface Place {
  readonly verb: string
  readonly stateIn: (scope: Asked) => StateCode | undefined
  readonly to: (locale: Locale, state: StateCode) => Record<'page' | 'end' | 'withdraw', string>
}

export function usersPages(
  house: House,
  rule: TwoPersonRule,
  acts: UserActs,
): {
  readonly ours: DirectoryPage
  readonly pages: readonly DirectoryPage[]
  readonly forms: readonly DirectoryForm[]
} {
  const ours: Place = {
    verb: 'accounts.our-users',
    stateIn: ({ actor }) => stateOf(actor),
    to: (locale) => ({
      page: href(locale, ourUsersRoute),
      end: href(locale, endOurUserRoute),
      withdraw: href(locale, withdrawOurInvitationRoute),
    }),
  }
  const theirs: Place = {
    verb: 'accounts.users',
    stateIn: ({ params }) =>
      house.members.findState(z.object({ state: z.string() }).parse(params).state)?.code,
    to: (locale, state) => ({
      page: href(locale, usersRoute, { state }),
      end: href(locale, endUserRoute, { state }),
      withdraw: href(locale, withdrawInvitationRoute, { state }),
    }),
  }
  const ourPage = usersPage(house, rule, ours, ourUsersRoute)
  const theirPage = usersPage(house, rule, theirs, usersRoute)
  return {
    ours: ourPage,
    pages: [ourPage, theirPage],
    forms: [
      inviteForm(house, rule, acts, ours, ourUsersRoute, ourPage),
      endForm(rule, acts, ours, endOurUserRoute, ourPage),
      withdrawForm(ours, withdrawOurInvitationRoute, ourPage),
      inviteForm(house, rule, acts, theirs, usersRoute, theirPage),
      endForm(rule, acts, theirs, endUserRoute, theirPage),
      withdrawForm(theirs, withdrawInvitationRoute, theirPage),
    ],
  }
}

/** The way to the users from the manager's page of a State. */
export function usersSection(members: Members) {
  return async ({ locale }: Pick<DirectoryScope, 'locale'>, state: StateCode): Promise<Html> => {
    const label = text(locale)('users.title', { state: members.stateName(state, locale) })
    return html`<p>${linkButton(href(locale, usersRoute, { state }), label)}</p>`
  }
}

type AnyRoute = { readonly path: string }

const noState = refuse({ code: 'web/not-found', kind: 'absent' })

function usersPage(house: House, rule: TwoPersonRule, place: Place, route: AnyRoute): DirectoryPage {
  return page({
    route,
    verb: place.verb,
    read: async (scope, form) => {
      const state = place.stateIn(scope)
      if (!state) return noState
      const { locale, tx, now } = scope
      await recordViewing(scope, { verb: 'users.viewed', subject: `state:${state}`, state })
      const t = text(locale)
      const users = await listUsers(tx, state)
      const open = await listOpenInvitations(tx, state, now)
      const title = t('users.title', { state: house.members.stateName(state, locale) })
      const oneMission = users.filter(({ holding }) => holding.role === 'mission').length === 1
      const to = place.to(locale, state)
      const body = html`<h1>${title}</h1>
        <p class="lede">${t('users.lede')}</p>
        ${errorSummary(formView(scope, form))}${proofNotice(scope)}${await usersNotice(scope, rule)}
        ${oneMission ? notice(t('users.two-missions')) : nothing}
        ${await unseenUsers(scope, state, users)}${users.length > 0 ? usersTable(house.members, locale, users, t('users.list'), (user) => actionsOn(scope, user, to.end)) : empty(t('users.none'))}
        ${open.length > 0 ? invitationsTable(house.members, locale, open, to.withdraw) : nothing}
        <h2>${t('users.invite')}</h2>
        ${scope.actor.role === 'manager' ? house.enteredFrom(locale) : nothing}
        ${inviting(house.members, formView(scope, form), to.page)}
        ${scope.may('accounts.readmit') ? readmitLink(locale, state) : nothing}`
      return ok({ title, body })
    },
  })
}

/** What may be done about a user, by the Mission or by the manager. */
function actionsOn(scope: Pick<DirectoryScope, 'locale' | 'actor'>, user: User, end: string): Html {
  const { locale, actor } = scope
  const t = text(locale)
  const further =
    actor.role === 'manager'
      ? linkButton(href(locale, suspendRoute, { account: user.account }), t('suspend.link'))
      : linkButton(
          `${href(locale, handOverRoute)}?${new URLSearchParams({ holding: user.id })}`,
          t('hand-over.link'),
        )
  return html`<div class="row">
    ${actButton(end, t('users.end'), 'stop', hidden('holding', user.id))} ${further}
  </div>`
}

function inviting(members: Members, view: FormView, action: string): Html {
  return html`<form method="post" action="${action}">
    ${invitationFields(members, view)}
    <button class="button main">${text(view.locale)('users.invite.do')}</button>
  </form>`
}

/** What is asked of a new user: on the page, and on the letter that asks for it. */
export function invitationFields(members: Members, view: FormView): Html {
  const { locale } = view
  const t = text(locale)
  return html`${textField(view, { name: 'name', label: t('field.name'), autocomplete: 'off' })}
  ${inviteeAddress(view)}
  ${select(view, {
    name: 'role',
    label: t('field.role'),
    options: [
      { value: 'mission', label: t('role.mission') },
      ...members.profile.kinds.map(({ id }) => ({ value: id, label: members.kindName(id, locale) })),
      { value: 'contributor', label: t('role.contributor') },
    ],
  })}
  ${inviteeLanguage(members, view)}`
}

function inviteForm(
  house: House,
  rule: TwoPersonRule,
  { invited }: UserActs,
  place: Place,
  route: AnyRoute,
  on: DirectoryPage,
): DirectoryForm {
  return dualForm(rule, invited, {
    route,
    verb: place.verb,
    fields: inviteeFields(house.members.profile.languages).extend({ role: z.string().default('') }),
    on,
    input: async (scope, typed) => {
      const found = mayChange(place, scope)
      if (!found.ok) return found
      const state = found.value
      if (!holdingNamed(typed.role, state, house.members.profile.kinds))
        return refuse({ code: 'field/invalid', kind: 'invalid', field: 'role' })
      return ok({ ...typed, state })
    },
  })
}

function endForm(
  rule: TwoPersonRule,
  { ended }: UserActs,
  place: Place,
  route: AnyRoute,
  on: DirectoryPage,
): DirectoryForm {
  return dualForm(rule, ended, {
    route,
    verb: place.verb,
    fields: z.object({ holding: z.string().default('') }),
    on,
    input: async (scope, { holding }) => {
      const found = mayChange(place, scope)
      return found.ok ? ok({ state: found.value, holding }) : found
    },
  })
}

function withdrawForm(place: Place, route: AnyRoute, on: DirectoryPage): DirectoryForm {
  return form({
    route,
    verb: place.verb,
    fields: z.object({ invitation: z.string().default('') }),
    on,
    act: async (scope, { invitation }) => {
      const found = mayChange(place, scope)
      return found.ok ? withdrawInvitation(scope, found.value, parseId(invitation)) : found
    },
    next: (scope) => pageOf(place, scope),
  })
}

/** The State whose users are to be changed, once the person has proved anew who they are. */
function mayChange(place: Place, scope: Asked & Pick<DirectoryScope, 'now'>): Result<StateCode> {
  const state = place.stateIn(scope)
  const proof = requireProof(scope)
  if (!state) return noState
  return proof.ok ? ok(state) : proof
}

function pageOf(place: Place, scope: Asked & Pick<DirectoryScope, 'locale'>): string {
  const state = place.stateIn(scope)
  return state ? place.to(scope.locale, state).page : `/${scope.locale}`
}
