import { ok } from '@parley/kernel'
import { errorSummary, href, html, secret, textField } from '@parley/web'
import { z } from 'zod'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { changePassword, mayHavePassword, type Renewed } from './change-password.ts'
import { keepSession } from './cookie.ts'
import type { House } from './house.ts'
import { text } from './locales/index.ts'
import type { PasswordRules } from './password.ts'
import { changePasswordRoute } from './routes.ts'
import { signedIn } from './signed-in.ts'

/** A new password, for those who have one. */
export function changePasswordPage(): DirectoryPage {
  return page({
    route: changePasswordRoute,
    verb: 'accounts.own',
    read: async (scope, form) => {
      const { locale, tx, actor } = scope
      const may = await mayHavePassword(tx, signedIn(actor))
      if (!may.ok) return may
      const t = text(locale)
      const view = formView(scope, form)
      const body = html`<h1>${t('password.title')}</h1>
        <p class="lede">${t('password.what')}</p>
        ${errorSummary(view)}
        <form method="post" action="${href(locale, changePasswordRoute)}">
          ${textField(view, {
            name: 'current',
            label: t('password.current'),
            type: 'password',
            autocomplete: 'current-password',
          })}
          ${textField(view, {
            name: 'code',
            label: t('field.code'),
            help: t('field.code.help'),
            autocomplete: 'one-time-code',
          })}
          ${textField(view, {
            name: 'password',
            label: t('password.new'),
            help: t('enrol.password.help'),
            type: 'password',
            autocomplete: 'new-password',
          })}
          ${textField(view, {
            name: 'again',
            label: t('password.again'),
            type: 'password',
            autocomplete: 'new-password',
          })}
          <button class="button main">${t('password.title')}</button>
        </form>`
      return ok({ title: t('password.title'), body, width: 'narrow' })
    },
  })
}

export function changePasswordForm(house: House, rules: PasswordRules, on: DirectoryPage): DirectoryForm {
  return form({
    route: changePasswordRoute,
    verb: 'accounts.own',
    fields: z.object({
      current: secret(1000),
      code: secret(100),
      password: secret(1000),
      again: secret(1000),
    }),
    on,
    act: (scope, typed) => changePassword(house, rules, scope, typed),
    next: goOnRenewed(house),
  })
}

export function goOnRenewed({ origin }: House) {
  return (_: unknown, { to, key }: Renewed) => ({ to, headers: { 'set-cookie': keepSession(origin, key) } })
}
