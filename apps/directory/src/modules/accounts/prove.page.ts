import { ok, refuse, type Result } from '@parley/kernel'
import { errorSummary, href, html, nothing, secret, textField, writeDuration } from '@parley/web'
import { z } from 'zod'
import { done, type Done } from '../../platform/action.ts'
import { actAs } from '../../platform/database/acting.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import { actingOf, stateOf } from '../../platform/session/actor.ts'
import { backQuery, safeBack } from './back.ts'
import { keepSession } from './cookie.ts'
import { needsPasskey } from './holding.ts'
import type { House } from './house.ts'
import { text } from './locales/index.ts'
import { askForPasskey, findByPasskey } from './passkey.ts'
import { passkeyButton } from './passkey-button.ts'
import { proofLasts } from './proof.ts'
import { provesWithPassword } from './prove-with-password.ts'
import { proveRoute, proveWithPasskeyRoute } from './routes.ts'
import { methodOfSession, proveSession } from './session.ts'
import { mayTry, wentWell } from './sign-in.ts'
import { signedIn } from './signed-in.ts'

/** Proving again who one is, before an act that a stranger at an open screen must not do. */
export function provePage(house: House): DirectoryPage {
  return page({
    route: proveRoute,
    verb: 'accounts.own',
    read: async (scope, form) => {
      const { locale, query, now, actor } = scope
      const t = text(locale)
      const view = formView(scope, form)
      const me = signedIn(actor)
      const options = await askForPasskey(house, `prove ${me.account}`, now)
      const withPassword = html`<h2>${t('sign-in.password.title')}</h2>
        <form method="post" action="${href(locale, proveRoute)}${backQuery(query)}">
          ${textField(view, {
            name: 'password',
            label: t('field.password'),
            type: 'password',
            autocomplete: 'current-password',
          })}
          ${textField(view, {
            name: 'code',
            label: t('field.code'),
            help: t('field.code.help'),
            autocomplete: 'one-time-code',
          })}
          <button class="button main">${t('prove.do')}</button>
        </form>`
      const body = html`<h1>${t('prove.title')}</h1>
        <p class="lede">${t('prove.why', { lasts: writeDuration(locale, proofLasts) })}</p>
        ${errorSummary(view)}
        <form method="post" action="${href(locale, proveWithPasskeyRoute)}${backQuery(query)}">
          ${passkeyButton(locale, { label: t('prove.passkey'), ask: 'get', options })}
        </form>
        ${needsPasskey(me) ? nothing : withPassword}`
      return ok({ title: t('prove.title'), body, width: 'narrow', scripts: [house.passkeyScript.path] })
    },
  })
}

export function proveForms(house: House, on: DirectoryPage): readonly DirectoryForm[] {
  return [
    form({
      route: proveRoute,
      verb: 'accounts.own',
      fields: z.object({ password: secret(1000), code: secret(100) }),
      on,
      act: async (scope, { password, code }) => {
        const { tx, now, actor } = scope
        const me = signedIn(actor)
        if (needsPasskey(me)) return refuse({ code: 'accounts/passkey-only', kind: 'forbidden' })
        const tries = `account ${me.account}`
        if (!mayTry(house, scope, tries)) return refuse({ code: 'web/too-many', kind: 'too-many' })
        if (!(await provesWithPassword(tx, house.keys, now, me.account, { password, code })))
          return refuse({ code: 'accounts/proof-failed', kind: 'unauthenticated' })
        wentWell(house, scope, tries)
        return prove(house, scope)
      },
      next: goOn(house.origin),
    }),
    form({
      route: proveWithPasskeyRoute,
      verb: 'accounts.own',
      fields: z.object({ answer: secret(100_000) }),
      on,
      act: async (scope, { answer }) => {
        const { tx, now, actor } = scope
        const me = signedIn(actor)
        const found = await findByPasskey(tx, house, `prove ${me.account}`, now, answer)
        await actAs(tx, actingOf(actor))
        if (found !== me.account) return refuse({ code: 'accounts/passkey-failed', kind: 'unauthenticated' })
        return prove(house, scope)
      },
      next: goOn(house.origin),
    }),
  ]
}

interface Proven {
  readonly to: string
  /** The new key of the session. */
  readonly key: string
}

/** With the proof the session gets a new key: whoever held the former one has nothing. */
async function prove(
  house: House,
  { tx, now, actor, query, locale }: Pick<DirectoryScope, 'tx' | 'now' | 'actor' | 'query' | 'locale'>,
): Promise<Result<Done<Proven>>> {
  const me = signedIn(actor)
  const method = await methodOfSession(tx, me.session.digest)
  if (!method) return refuse({ code: 'accounts/proof-failed', kind: 'unauthenticated' })
  const key = await proveSession(tx, house.keys, now, me, me, method)
  return done({ key, to: safeBack(query.get('back'), `/${locale}`) }, [
    { verb: 'session.proven', subject: `account:${me.account}`, state: stateOf(actor) },
  ])
}

function goOn(origin: URL) {
  return (_: unknown, { to, key }: Proven) => ({ to, headers: { 'set-cookie': keepSession(origin, key) } })
}
