import { ok, refuse, type Result } from '@parley/kernel'
import { errorSummary, href, html, secret } from '@parley/web'
import { z } from 'zod'
import type { Done } from '../../platform/action.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import { goOnRenewed } from './change-password.page.ts'
import { mayHavePassword, type Renewed, renewSession } from './change-password.ts'
import { addressOfAccount } from './find-account.ts'
import type { House } from './house.ts'
import { text } from './locales/index.ts'
import { proofNotice, requireProof } from './proof.ts'
import { replaceAppRoute } from './routes.ts'
import { seal, unseal } from './sealed.ts'
import { showApp } from './show-app.ts'
import { signInChanged } from './sign-in-changed.ts'
import { signedIn } from './signed-in.ts'
import type { AccountsTables } from './tables.ts'
import { stepOfCode } from './totp.ts'

/** An authenticator app in the place of the former one: a new telephone, or one that is lost. */
export function replaceAppPage(house: House): DirectoryPage {
  return page({
    route: replaceAppRoute,
    verb: 'accounts.own',
    read: async (scope, form) => {
      const { locale, tx, actor } = scope
      const me = signedIn(actor)
      const may = await mayHavePassword(tx, me)
      if (!may.ok) return may
      const t = text(locale)
      const view = formView(scope, form)
      const owner = ownerOf(me.account)
      const body = html`<h1>${t('app.title')}</h1>
        <p class="lede">${t('app.what')}</p>
        ${errorSummary(view)}
        ${
          requireProof(scope).ok
            ? html`<form method="post" action="${href(locale, replaceAppRoute)}">
                ${await showApp(house, view, { owner, email: await addressOfAccount(tx, me.account) })}
                <button class="button main">${t('app.do')}</button>
              </form>`
            : proofNotice(scope)
        }`
      return ok({ title: t('app.title'), body, width: 'narrow' })
    },
  })
}

export function replaceAppForm(house: House, on: DirectoryPage): DirectoryForm {
  return form({
    route: replaceAppRoute,
    verb: 'accounts.own',
    fields: z.object({ secret: secret(1000), code: secret(100) }),
    on,
    act: (scope, typed) => replaceApp(house, scope, typed),
    next: goOnRenewed(house),
  })
}

async function replaceApp(
  house: House,
  scope: Pick<DirectoryScope, 'tx' | 'now' | 'actor' | 'caller' | 'locale'>,
  typed: { readonly secret: string; readonly code: string },
): Promise<Result<Done<Renewed>>> {
  const { tx, now, actor } = scope
  const me = signedIn(actor)
  const may = await mayHavePassword(tx, me)
  if (!may.ok) return may
  const proof = requireProof(scope)
  if (!proof.ok) return proof
  const totp = unseal(house.keys, ownerOf(me.account), typed.secret)
  const step = totp && stepOfCode(totp, typed.code, now)
  if (!totp || step === undefined)
    return refuse({ code: 'accounts/code-wrong', kind: 'invalid', field: 'code' })
  await tx
    .withTables<AccountsTables>()
    .updateTable('accounts.password')
    .set({ totp_secret: seal(house.keys, me.account, totp), totp_last_step: step })
    .where('account_id', '=', me.account)
    .execute()
  const renewed = await renewSession(house, scope, 'app')
  return renewed.ok ? signInChanged(scope, renewed.value, 'app-replaced') : renewed
}

/** What a page seals for a person is of no use to another, nor in the place of the secret that is kept. */
function ownerOf(account: string): string {
  return `app ${account}`
}
