import { type Locale, ok } from '@parley/kernel'
import {
  errorSummary,
  href,
  html,
  type Html,
  nothing,
  notice,
  optionalLine,
  secret,
  textField,
} from '@parley/web'
import { z } from 'zod'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { backQuery } from './back.ts'
import { keepSession } from './cookie.ts'
import type { House } from './house.ts'
import { text } from './locales/index.ts'
import { askForPasskey } from './passkey.ts'
import { passkeyButton } from './passkey-button.ts'
import { signInRoute, signInWithPasskeyRoute } from './routes.ts'
import { signInWithPasskey, signInWithPassword, type SignedIn } from './sign-in.ts'

export function signInPage(house: House): DirectoryPage {
  return page({
    route: signInRoute,
    verb: 'accounts.sign-in',
    read: async (scope, form) => {
      const { locale, query, now } = scope
      const t = text(locale)
      const view = formView(scope, form)
      const back = backQuery(query)
      const options = await askForPasskey(house, 'sign-in', now)
      const body = html`<h1>${t('sign-in.title')}</h1>
        <p class="lede">${t('enrol.passkey.what')}</p>
        ${endedNotice(locale, query)}${errorSummary(view)}
        <form method="post" action="${href(locale, signInWithPasskeyRoute)}${back}">
          ${passkeyButton(locale, { label: t('sign-in.passkey'), ask: 'get', options })}
        </form>
        <h2>${t('sign-in.password.title')}</h2>
        <p>${t('sign-in.password.who')}</p>
        <form method="post" action="${href(locale, signInRoute)}${back}">
          ${textField(view, {
            name: 'email',
            label: t('field.email'),
            type: 'email',
            autocomplete: 'username',
          })}
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
          <button class="button main">${t('sign-in.do')}</button>
        </form>
        <p class="small">${t('sign-in.lost')}</p>`
      return ok({
        title: t('sign-in.title'),
        body,
        width: 'narrow',
        scripts: [house.passkeyScript.path],
      })
    },
  })
}

/** To whoever sent a form too late: what became of it. */
function endedNotice(locale: Locale, query: URLSearchParams): Html {
  const form = query.get('form')
  if (form !== 'kept' && form !== 'lost') return nothing
  return notice(text(locale)(`session.ended.form-${form}`), 'warn')
}

export function signInForms(house: House, on: DirectoryPage): readonly DirectoryForm[] {
  const next = (_: unknown, { key, to }: SignedIn) => ({
    to,
    headers: { 'set-cookie': keepSession(house.origin, key) },
  })
  return [
    form({
      route: signInRoute,
      verb: 'accounts.sign-in',
      on,
      fields: z.object({
        email: optionalLine(320),
        password: secret(1000),
        code: secret(100),
      }),
      act: (scope, { email = '', password, code }) =>
        signInWithPassword(house, scope, { email, password, code }),
      next,
    }),
    form({
      route: signInWithPasskeyRoute,
      verb: 'accounts.sign-in',
      on,
      fields: z.object({ answer: secret(100_000) }),
      act: (scope, { answer }) => signInWithPasskey(house, scope, answer),
      next,
    }),
  ]
}
