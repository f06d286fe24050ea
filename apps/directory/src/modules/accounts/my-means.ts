import { refuse } from '@parley/kernel'
import { href, html, ltr, secret, type View } from '@parley/web'
import { z } from 'zod'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
} from '../../platform/pages/scope.ts'
import { needsPasskey } from './holding.ts'
import type { House } from './house.ts'
import { text } from './locales/index.ts'
import { issueOneTimeCodes } from './one-time-codes.ts'
import { keepPasskey, listPasskeys, readNewPasskey } from './passkey.ts'
import { requireProof } from './proof.ts'
import { hasPassword } from './prove-with-password.ts'
import { addPasskeyRoute, myAccountRoute, printCodesRoute, removePasskeyRoute } from './routes.ts'
import { signInChanged } from './sign-in-changed.ts'
import { signedIn } from './signed-in.ts'
import type { AccountsTables } from './tables.ts'

/** Adding and taking away what proves a person; each needs fresh proof, and the person is told by mail. */
export function ownMeansForms(house: House, on: DirectoryPage): readonly DirectoryForm[] {
  return [addPasskeyForm(house, on), removePasskeyForm(on), printCodesForm(house, on)]
}

function addPasskeyForm(house: House, on: DirectoryPage): DirectoryForm {
  return form({
    route: addPasskeyRoute,
    verb: 'accounts.own',
    fields: z.object({ answer: secret(100_000) }),
    on,
    act: async (scope, { answer }) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const { tx, now, actor } = scope
      const { account } = signedIn(actor)
      const passkey = await readNewPasskey(tx, house, `add ${account}`, now, answer)
      if (!passkey || !(await keepPasskey(tx, now, account, passkey)))
        return refuse({ code: 'accounts/passkey-failed', kind: 'invalid' })
      return signInChanged(scope, undefined, 'passkey-added')
    },
    next: toMyAccount,
  })
}

function removePasskeyForm(on: DirectoryPage): DirectoryForm {
  return form({
    route: removePasskeyRoute,
    verb: 'accounts.own',
    fields: z.object({ passkey: z.string().default('') }),
    on,
    act: async (scope, { passkey }) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const { tx, actor } = scope
      const me = signedIn(actor)
      const kept = await listPasskeys(tx, me.account)
      if (!kept.some(({ id }) => id === passkey))
        return refuse({ code: 'accounts/no-such-passkey', kind: 'absent' })
      const isLast = kept.length === 1 && (needsPasskey(me) || !(await hasPassword(tx, me.account)))
      if (isLast) return refuse({ code: 'accounts/last-passkey', kind: 'conflict' })
      await tx
        .withTables<AccountsTables>()
        .deleteFrom('accounts.passkey')
        .where('id', '=', passkey)
        .where('account_id', '=', me.account)
        .execute()
      return signInChanged(scope, undefined, 'passkey-removed')
    },
    next: toMyAccount,
  })
}

function printCodesForm(house: House, on: DirectoryPage): DirectoryForm {
  return form({
    route: printCodesRoute,
    verb: 'accounts.own',
    fields: z.object({}),
    on,
    act: async (scope) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const { account } = signedIn(scope.actor)
      if (!(await hasPassword(scope.tx, account)))
        return refuse({ code: 'accounts/codes-need-password', kind: 'conflict' })
      return signInChanged(scope, await issueOneTimeCodes(scope.tx, house.keys, account), 'codes-printed')
    },
    next: sheet,
  })
}

/** The ten codes, shown this once, for printing. */
function sheet({ locale }: Pick<DirectoryScope, 'locale'>, codes: readonly string[]): View {
  const t = text(locale)
  const body = html`<h1>${t('codes.sheet')}</h1>
    <p class="lede">${t('codes.once')}</p>
    <ol>
      ${codes.map((code) => html`<li class="code">${ltr(code)}</li>`)}
    </ol>
    <p><a href="${href(locale, myAccountRoute)}">${t('codes.kept')}</a></p>`
  return { title: t('codes.sheet'), body, width: 'narrow' }
}

function toMyAccount({ locale }: Pick<DirectoryScope, 'locale'>): string {
  return href(locale, myAccountRoute)
}
