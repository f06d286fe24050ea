import { ok, type Refusal, refuse, type Result } from '@parley/kernel'
import { href } from '@parley/web'
import type { Done } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import { needsPasskey } from './holding.ts'
import type { House } from './house.ts'
import { hashPassword, type PasswordRules } from './password.ts'
import { hasPassword, provesWithPassword } from './prove-with-password.ts'
import { myAccountRoute } from './routes.ts'
import { endOtherSessions, methodOfSession, proveSession } from './session.ts'
import { mayTry, wentWell } from './sign-in.ts'
import { signInChanged } from './sign-in-changed.ts'
import { signedIn, type SignedInActor } from './signed-in.ts'
import type { AccountsTables } from './tables.ts'

type Scope = Pick<DirectoryScope, 'tx' | 'now' | 'actor' | 'caller' | 'locale'>

export interface PasswordChange {
  readonly current: string
  readonly code: string
  readonly password: string
  readonly again: string
}

/** Where to go on, and the new key of the session. */
export interface Renewed {
  readonly to: string
  readonly key: string
}

const proofFailed: Refusal = { code: 'accounts/proof-failed', kind: 'unauthenticated' }

/**
 * Takes a new password in the place of the current one. The current one and a code are asked for here, however fresh the
 * last proof: whoever stands at an open screen must not lock the person out.
 */
export async function changePassword(
  house: House,
  rules: PasswordRules,
  scope: Scope,
  typed: PasswordChange,
): Promise<Result<Done<Renewed>>> {
  const { tx, now } = scope
  const me = signedIn(scope.actor)
  const may = await mayHavePassword(tx, me)
  if (!may.ok) return may
  const password = rules(typed.password)
  if (!password.ok) return password
  if (typed.again !== typed.password)
    return refuse({ code: 'accounts/password-differs', kind: 'invalid', field: 'again' })
  const tries = `account ${me.account}`
  if (!mayTry(house, scope, tries)) return refuse({ code: 'web/too-many', kind: 'too-many' })
  const proof = { password: typed.current, code: typed.code }
  if (!(await provesWithPassword(tx, house.keys, now, me.account, proof))) return refuse(proofFailed)
  wentWell(house, scope, tries)
  await tx
    .withTables<AccountsTables>()
    .updateTable('accounts.password')
    .set({ hash: await hashPassword(password.value) })
    .where('account_id', '=', me.account)
    .execute()
  const renewed = await renewSession(house, scope, 'password')
  return renewed.ok ? signInChanged(scope, renewed.value, 'password-changed') : renewed
}

/** Whether this person, in this role, has a password to change: managers and auditors have none. */
export async function mayHavePassword(tx: Tx, me: SignedInActor): Promise<Result<undefined>> {
  if (needsPasskey(me)) return refuse({ code: 'accounts/passkey-only', kind: 'forbidden' })
  if (await hasPassword(tx, me.account)) return ok(undefined)
  return refuse({ code: 'accounts/no-password', kind: 'absent' })
}

/** Goes on under a new key; every other session of the person ends, for it may be why something was changed. */
export async function renewSession(
  house: House,
  { tx, now, actor, locale }: Scope,
  changed: 'password' | 'app',
): Promise<Result<Renewed>> {
  const me = signedIn(actor)
  const method = await methodOfSession(tx, me.session.digest)
  if (!method) return refuse(proofFailed)
  await endOtherSessions(tx, me, now)
  const key = await proveSession(tx, house.keys, now, me, me, method)
  return ok({ key, to: `${href(locale, myAccountRoute)}?changed=${changed}` })
}
