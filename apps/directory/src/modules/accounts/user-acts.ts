import { ok, parseId, parseStateCode, refuse, type Refusal, type Result } from '@parley/kernel'
import { facts, href, html, type Html, ltr, writeLanguage } from '@parley/web'
import { z } from 'zod'
import { done } from '../../platform/action.ts'
import { type ActScope, defineDualAct, type Part } from '../../platform/dual-control/dual-act.ts'
import { type Holding, holdingNamed } from './holding.ts'
import type { House } from './house.ts'
import { invite } from './invite-person.ts'
import { text } from './locales/index.ts'
import { roleName } from './role-name.ts'
import { ourUsersRoute, usersRoute } from './routes.ts'
import { codeView } from './telephone-code.ts'
import { decideEnd, endHolding, hasMissionUser, listUsers, noSuchUser, type User } from './users.ts'

/**
 * What is done about the users of a State: by its Mission, with a second person where the State's own rule asks for
 * one, or by the directory manager on a note verbale.
 */
export function userActs(house: House) {
  const { members } = house
  const person = {
    state: z.string(),
    name: z.string(),
    email: z.string(),
    language: z.enum(members.profile.languages),
  }
  const whose = { state: z.string(), holding: z.string() }
  const invited = defineDualAct({
    name: 'accounts.user-invited',
    title: ({ locale }) => text(locale)('users.invite'),
    input: z.object({ ...person, role: z.string() }),
    partOf: async (_, { role }) => (role === 'mission' ? 'mission' : 'users'),
    describe: async ({ locale }, { role, state: code, ...rest }) => {
      const state = parseStateCode(code)
      const as = state && holdingNamed(role, state, members.profile.kinds)
      return personFacts(house, locale, as, rest)
    },
    act: async (scope, { state: code, role, ...rest }) => {
      const state = parseStateCode(code)
      const as = state && holdingNamed(role, state, members.profile.kinds)
      if (!state || !as) return refuse(noState)
      const needsTelephoneCode = role === 'mission' && !(await hasMissionUser(scope.tx, state))
      const result = await invite(scope, house.keys, { ...rest, as, needsTelephoneCode })
      if (!result.ok) return result
      const { telephoneCode } = result.value.value
      const telephone = (await house.findMission(scope.tx, state))?.telephone
      return ok({ ...result.value, value: { telephoneCode, telephone } })
    },
    next: (scope, { state }, told) => codeView(scope.locale, told, toUsers(scope, state)),
  })
  const ended = defineDualAct({
    name: 'accounts.user-ended',
    title: ({ locale }) => text(locale)('users.end'),
    input: z.object(whose),
    partOf,
    check: (scope, input) => findToEnd(scope, input),
    describe: async (scope, input) => describeUser(house, scope, input),
    act: async (scope, input) => {
      const found = await findToEnd(scope, input)
      return found.ok ? done(undefined, [await endHolding(scope, found.value)]) : found
    },
    next: (scope, { state }) => toUsers(scope, state),
  })
  const handedOver = defineDualAct({
    name: 'accounts.user-handed-over',
    title: ({ locale }) => text(locale)('hand-over.title'),
    input: z.object({ ...person, holding: z.string() }),
    partOf,
    check: async (scope, input) => ((await findUser(scope, input)) ? ok(undefined) : refuse(noSuchUser)),
    describe: async (scope, input) => {
      const t = text(scope.locale)
      const user = await findUser(scope, input)
      return html`<h3>${t('hand-over.from')}</h3>
        ${await describeUser(house, scope, input)}
        <h3>${t('hand-over.to')}</h3>
        ${personFacts(house, scope.locale, user?.holding, input)}`
    },
    act: async (scope, { holding, state, ...rest }) => {
      const user = await findUser(scope, { holding, state })
      if (!user) return refuse(noSuchUser)
      const gone = await endHolding(scope, user)
      // The one who goes vouches for the one who comes: no code by telephone, also where it was the last one.
      const result = await invite(scope, house.keys, { ...rest, as: user.holding, needsTelephoneCode: false })
      if (!result.ok) return result
      const { acts, events } = result.value
      return done(undefined, [gone, ...acts], events)
    },
    next: (scope, { state }) => toUsers(scope, state),
  })
  return { invited, ended, handedOver }
}

export type UserActs = ReturnType<typeof userActs>

interface Whose {
  readonly state: string
  readonly holding: string
}

const noState: Refusal = { code: 'web/not-found', kind: 'absent' }

/** Who decides with whom is nothing that one person changes, whichever part of the rule is on. */
async function partOf(scope: ActScope, whose: Whose): Promise<Part> {
  return (await findUser(scope, whose))?.holding.role === 'mission' ? 'mission' : 'users'
}

export async function findUser(
  { tx }: Pick<ActScope, 'tx'>,
  { state: code, holding }: Whose,
): Promise<User | undefined> {
  const state = parseStateCode(code)
  const users = state ? await listUsers(tx, state) : []
  return users.find(({ id }) => id === parseId(holding))
}

async function findToEnd(scope: ActScope, { state: code, holding }: Whose): Promise<Result<User>> {
  const state = parseStateCode(code)
  return state ? decideEnd(scope, state, parseId(holding)) : refuse(noState)
}

async function describeUser(house: House, scope: ActScope, whose: Whose): Promise<Html> {
  const { locale } = scope
  const user = await findUser(scope, whose)
  return user
    ? facts([
        [text(locale)('field.name'), html`<bdi>${user.name}</bdi>`],
        [text(locale)('field.email'), ltr(user.email)],
        [text(locale)('field.role'), roleName(house.members, locale, user.holding)],
      ])
    : html`<p>${text(locale)('accounts/no-such-user')}</p>`
}

function personFacts(
  { members }: House,
  locale: ActScope['locale'],
  as: Holding | undefined,
  { name, email, language }: Pick<User, 'name' | 'email'> & { readonly language: ActScope['locale'] },
): Html {
  const t = text(locale)
  return facts([
    [t('field.name'), html`<bdi>${name}</bdi>`],
    [t('field.email'), ltr(email)],
    [t('field.role'), as && roleName(members, locale, as)],
    [t('users.language'), writeLanguage(locale, language)],
  ])
}

function toUsers({ locale, actor }: Pick<ActScope, 'locale' | 'actor'>, code: string): string {
  return actor.role === 'manager' ? href(locale, usersRoute, { state: code }) : href(locale, ourUsersRoute)
}
