import { parseId, refuse, type Result } from '@parley/kernel'
import { facts, href, html, ltr, writeLanguage } from '@parley/web'
import { z } from 'zod'
import { done } from '../../platform/action.ts'
import { type ActScope, defineDualAct } from '../../platform/dual-control/dual-act.ts'
import type { House } from './house.ts'
import { invite } from './invite-person.ts'
import { countManagers } from './list-managers.ts'
import { text } from './locales/index.ts'
import { managersRoute } from './routes.ts'
import { endHolding, listUsers, noSuchUser, type User } from './users.ts'

/** A second manager sees this very person. */
export function inviteManagerAct(house: House) {
  return defineDualAct({
    name: 'accounts.manager-invited',
    title: ({ locale }) => text(locale)('managers.invite-title'),
    input: z.object({
      name: z.string(),
      email: z.string(),
      language: z.enum(house.members.profile.languages),
    }),
    describe: async ({ locale }, { name, email, language }) => {
      const t = text(locale)
      return facts([
        [t('field.name'), html`<bdi>${name}</bdi>`],
        [t('field.email'), ltr(email)],
        [t('field.role'), t('role.manager')],
        [t('users.language'), writeLanguage(locale, language)],
      ])
    },
    act: (scope, person) =>
      invite(scope, house.keys, { ...person, as: { role: 'manager' }, needsTelephoneCode: false }),
    next: toManagers,
  })
}

/** Takes the role of a manager away; one always stays. */
export function endManagerAct() {
  return defineDualAct({
    name: 'accounts.manager-ended',
    title: ({ locale }) => text(locale)('managers.end-title'),
    input: z.object({ holding: z.string() }),
    check: (scope, { holding }) => findManager(scope, holding),
    describe: async (scope, { holding }) => {
      const t = text(scope.locale)
      const found = await findManager(scope, holding)
      if (!found.ok) return html`<p>${t('accounts/no-such-user')}</p>`
      const { name, email } = found.value
      return facts([
        [t('field.name'), html`<bdi>${name}</bdi>`],
        [t('field.email'), ltr(email)],
        [t('field.role'), t('role.manager')],
      ])
    },
    act: async (scope, { holding }) => {
      const found = await findManager(scope, holding)
      return found.ok ? done(undefined, [await endHolding(scope, found.value)]) : found
    },
    next: toManagers,
  })
}

async function findManager({ tx }: Pick<ActScope, 'tx'>, holding: string): Promise<Result<User>> {
  const users = await listUsers(tx, null)
  const user = users.find(({ id, holding: held }) => id === parseId(holding) && held.role === 'manager')
  if (!user) return refuse(noSuchUser)
  if ((await countManagers(tx)) < 2) return refuse({ code: 'accounts/last-manager', kind: 'conflict' })
  return { ok: true, value: user }
}

function toManagers({ locale }: Pick<ActScope, 'locale'>): string {
  return href(locale, managersRoute)
}
