import { type Languages, ok, parseId, refuse, type Result } from '@parley/kernel'
import {
  actButton,
  errorSummary,
  type FormView,
  hidden,
  href,
  html,
  type Html,
  linkButton,
  nothing,
  notice,
  optionalLine,
  select,
  textField,
} from '@parley/web'
import { z } from 'zod'
import type { DualControl } from '../../platform/dual-control/dual-control.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import type { Holding } from './holding.ts'
import type { House } from './house.ts'
import { inviteeAddress, inviteeFields, inviteeLanguage } from './invitee-fields.ts'
import { invite } from './invite-person.ts'
import { text } from './locales/index.ts'
import type { endManagerAct, inviteManagerAct } from './managers.ts'
import { proofNotice, requireProof } from './proof.ts'
import { endManagerRoute, managersRoute, suspendRoute, withdrawManagerRoute } from './routes.ts'
import { done } from '../../platform/action.ts'
import { endHolding, listOpenInvitations, listUsers, noSuchUser, withdrawInvitation } from './users.ts'
import { invitationsTable, usersTable } from './users-table.ts'

const verb = 'accounts.managers'
const communityRoles = ['auditor', 'secretariat', 'chair', 'regional', 'stakeholder'] as const

/** Everybody who has an account and acts for no State: managers, auditors, and those of the portal. */
export function managersPage(house: House, dual: DualControl): DirectoryPage {
  return page({
    route: managersRoute,
    verb,
    read: async (scope, form) => {
      const { locale, tx, now } = scope
      const t = text(locale)
      const users = await listUsers(tx, null)
      const open = await listOpenInvitations(tx, null, now)
      const managers = users.filter(({ holding }) => holding.role === 'manager')
      const actions = (user: (typeof users)[number]) =>
        html`<div class="row">
          ${actButton(href(locale, endManagerRoute), t('users.end'), 'stop', hidden('holding', user.id))}
          ${linkButton(href(locale, suspendRoute, { account: user.account }), t('suspend.link'))}
        </div>`
      const withdraw = href(locale, withdrawManagerRoute)
      const body = html`<h1>${t('managers.title')}</h1>
        <p class="lede">${t('managers.lede')}</p>
        ${errorSummary(formView(scope, form))}${proofNotice(scope)}
        ${managers.length === 1 ? notice(t('managers.one'), 'warn') : nothing}
        ${(await dual.isOn(tx)) ? html`<p>${t('managers.two')}</p>` : nothing}
        ${usersTable(house.members, locale, users, t('managers.list'), actions)}
        ${open.length > 0 ? invitationsTable(house.members, locale, open, withdraw) : nothing}
        <h2>${t('users.invite')}</h2>
        ${inviting(house, formView(scope, form))}`
      return ok({ title: t('managers.title'), body })
    },
  })
}

function inviting(house: House, view: FormView): Html {
  const { locale } = view
  const t = text(locale)
  const organizations = house.members.organizations.map(({ code, names }) => ({
    value: code,
    label: names[locale],
  }))
  return html`<form method="post" action="${href(locale, managersRoute)}">
    ${textField(view, { name: 'name', label: t('field.name'), autocomplete: 'off' })} ${inviteeAddress(view)}
    ${select(view, {
      name: 'role',
      label: t('field.role'),
      options: (['manager', ...communityRoles] as const).map((role) => ({
        value: role,
        label: t(`role.${role}`),
      })),
    })}
    ${select(view, {
      name: 'organization',
      label: t('managers.organization'),
      help: t('managers.organization.help'),
      options: [{ value: '', label: '–' }, ...organizations],
    })}
    ${textField(view, {
      name: 'stakeholder',
      label: t('managers.stakeholder'),
      help: t('managers.stakeholder.help'),
      autocomplete: 'off',
    })}
    ${inviteeLanguage(house.members, view)}
    <button class="button main">${t('users.invite.do')}</button>
  </form>`
}

function invitee(languages: Languages) {
  return inviteeFields(languages).extend({
    role: z.enum(['manager', ...communityRoles]),
    organization: z.string().default(''),
    stakeholder: optionalLine(200),
  })
}

export interface ManagerActs {
  readonly invited: ReturnType<typeof inviteManagerAct>
  readonly ended: ReturnType<typeof endManagerAct>
}

/** A manager comes and goes under dual control; everybody else here by one manager's act. */
export function managersForms(
  house: House,
  dual: DualControl,
  acts: ManagerActs,
  on: DirectoryPage,
): readonly DirectoryForm[] {
  return [
    form({
      route: managersRoute,
      verb,
      fields: invitee(house.members.profile.languages),
      on,
      act: async (scope, { role, organization, stakeholder, ...person }) => {
        const proof = requireProof(scope)
        if (!proof.ok) return proof
        if (role === 'manager') return dual.start(scope, acts.invited, person)
        const as = holdingOf(house, role, organization, stakeholder)
        if (!as.ok) return as
        const invited = await invite(scope, house.keys, {
          ...person,
          as: as.value,
          needsTelephoneCode: false,
        })
        return invited.ok ? { ok: true, value: { ...invited.value, value: toManagers(scope) } } : invited
      },
      next: (_, to) => to,
    }),
    form({
      route: endManagerRoute,
      verb,
      fields: z.object({ holding: z.string().default('') }),
      on,
      act: async (scope, { holding }) => {
        const proof = requireProof(scope)
        if (!proof.ok) return proof
        const user = (await listUsers(scope.tx, null)).find(({ id }) => id === parseId(holding))
        if (!user) return refuse(noSuchUser)
        if (user.holding.role === 'manager') return dual.start(scope, acts.ended, { holding: user.id })
        return done(toManagers(scope), [await endHolding(scope, user)])
      },
      next: (_, to) => to,
    }),
    form({
      route: withdrawManagerRoute,
      verb,
      fields: z.object({ invitation: z.string().default('') }),
      on,
      act: async (scope, { invitation }) => {
        const proof = requireProof(scope)
        return proof.ok ? withdrawInvitation(scope, null, parseId(invitation)) : proof
      },
      next: toManagers,
    }),
  ]
}

function holdingOf(
  { members }: House,
  role: (typeof communityRoles)[number],
  code: string,
  stakeholder: string | undefined,
): Result<Holding> {
  switch (role) {
    case 'regional':
      return members.organizations.some((each) => each.code === code)
        ? ok({ role, organization: code })
        : missing('organization')
    case 'stakeholder':
      return stakeholder === undefined ? missing('stakeholder') : ok({ role, organization: stakeholder })
    default:
      return ok({ role })
  }
}

function missing(field: string): Result<never> {
  return refuse({ code: 'field/required', kind: 'invalid', field })
}

function toManagers({ locale }: Pick<DirectoryScope, 'locale'>): string {
  return href(locale, managersRoute)
}
