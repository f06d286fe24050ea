import { ok, parseId, refuse } from '@parley/kernel'
import { hidden, href, html } from '@parley/web'
import { z } from 'zod'
import { done, unchanged } from '../../platform/action.ts'
import { type DirectoryForm, type DirectoryPage, form, page } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import { backQuery, safeBack } from './back.ts'
import { keepSession } from './cookie.ts'
import { isSameHolding, listHoldings, needsPasskey } from './holding.ts'
import type { House } from './house.ts'
import { text } from './locales/index.ts'
import { holdingName } from './role-name.ts'
import { chooseRoleRoute } from './routes.ts'
import { methodOfSession, switchSession } from './session.ts'
import { signedIn } from './signed-in.ts'
import { mayBegin } from './suspend.ts'

/** A person who holds several roles acts in one at a time, and chooses it here. */
export function chooseRolePage(house: House): DirectoryPage {
  return page({
    route: chooseRoleRoute,
    verb: 'accounts.own',
    read: async ({ locale, tx, actor, query }) => {
      const t = text(locale)
      const me = signedIn(actor)
      const held = await listHoldings(tx, me.account)
      const action = href(locale, chooseRoleRoute) + backQuery(query)
      const body = html`<h1>${t('role.choose')}</h1>
        <p class="lede">${t('role.choose.why')}</p>
        ${held.map(
          (each) =>
            html`<form method="post" action="${action}">
              ${hidden('holding', each.id)}
              <p>
                <button class="button ${isSameHolding(me, each) ? 'main' : 'plain'}">
                  ${holdingName(house.members, locale, each)}
                </button>
                ${isSameHolding(me, each) ? t('role.now') : ''}
              </p>
            </form>`,
        )}`
      return ok({ title: t('role.choose'), body, width: 'narrow' })
    },
  })
}

interface Chosen {
  readonly to: string
  readonly key?: string
}

export function chooseRoleForm(house: House, on: DirectoryPage): DirectoryForm {
  return form({
    route: chooseRoleRoute,
    verb: 'accounts.own',
    fields: z.object({ holding: z.string().default('') }),
    on,
    act: async ({ tx, now, actor, locale, query }, { holding }) => {
      const me = signedIn(actor)
      const to = safeBack(query.get('back'), `/${locale}`)
      const chosen = (await listHoldings(tx, me.account)).find(({ id }) => id === parseId(holding))
      if (!chosen) return refuse({ code: 'accounts/role-not-held', kind: 'forbidden' })
      if (isSameHolding(chosen, me)) return unchanged<Chosen>({ to })
      const method = await methodOfSession(tx, me.session.digest)
      if (!method || (needsPasskey(chosen) && method !== 'passkey'))
        return refuse({ code: 'accounts/passkey-only', kind: 'forbidden' })
      const may = await mayBegin(tx, now, me.account, chosen)
      if (!may.ok) return may
      const key = await switchSession(tx, house.keys, now, me, chosen, method)
      return done<Chosen>({ to, key }, [
        { verb: 'session.role-changed', subject: `account:${me.account}`, state: stateOf(me) },
      ])
    },
    next: (_, { to, key }) =>
      key === undefined ? to : { to, headers: { 'set-cookie': keepSession(house.origin, key) } },
  })
}
