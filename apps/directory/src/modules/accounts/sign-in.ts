import { minute, ok, refuse, type Result } from '@parley/kernel'
import { href } from '@parley/web'
import { done, type Done } from '../../platform/action.ts'
import { actAs } from '../../platform/database/acting.ts'
import { networkOf } from '../../platform/network.ts'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import { safeBack } from './back.ts'
import { type Account, findAccount, findAccountByAddress } from './find-account.ts'
import { type HeldRole, needsPasskey, stateOfHolding } from './holding.ts'
import type { House } from './house.ts'
import { addressOf } from './invite-person.ts'
import { logSignIn } from './log-sign-in.ts'
import { findByPasskey } from './passkey.ts'
import { provesWithPassword } from './prove-with-password.ts'
import { chooseRoleRoute } from './routes.ts'
import { beginSession, endSession, type Method } from './session.ts'
import { mayBegin } from './suspend.ts'

export interface SignedIn {
  /** The key of the session, for the cookie. */
  readonly key: string
  readonly to: string
}

type Scope = Pick<DirectoryScope, 'tx' | 'now' | 'actor' | 'caller' | 'locale' | 'query' | 'requestId'>

const window = 15 * minute
const triesPerAccount = 10
// 300 people behind one address may each fail twice.
const triesPerAddress = 600

/** The same answer whatever was wrong: no such account, no password, wrong password, wrong code, a manager's account. */
const failed = refuse({ code: 'accounts/sign-in-failed', kind: 'unauthenticated' })
const tooMany = refuse({ code: 'web/too-many', kind: 'too-many' })

export async function signInWithPassword(
  house: House,
  scope: Scope,
  typed: { readonly email: string; readonly password: string; readonly code: string },
): Promise<Result<Done<SignedIn>>> {
  const { tx, now } = scope
  const email = addressOf(typed.email)
  const tries = `account ${email}`
  if (!mayTry(house, scope, tries)) {
    logSignIn(house, scope, { outcome: 'too-many', method: 'password' })
    return tooMany
  }
  const account = await findAccountByAddress(tx, email)
  const proven = await provesWithPassword(tx, house.keys, now, account?.account, typed)
  if (!proven || !account) {
    logSignIn(house, scope, { outcome: 'failed', method: 'password', account: account?.account })
    return failed
  }
  wentWell(house, scope, tries)
  return begin(house, scope, account, 'password')
}

export async function signInWithPasskey(
  house: House,
  scope: Scope,
  answer: string,
): Promise<Result<Done<SignedIn>>> {
  const { tx, now } = scope
  // Counted apart: whoever guesses passwords behind the same address keeps nobody from a passkey.
  const tries = `passkeys ${networkOf(scope.caller)}`
  if (!house.limits.allow(tries, triesPerAddress, window)) {
    logSignIn(house, scope, { outcome: 'too-many', method: 'passkey' })
    return tooMany
  }
  const found = await findByPasskey(tx, house, 'sign-in', now, answer)
  const account = found && (await findAccount(tx, found))
  if (!account) {
    logSignIn(house, scope, { outcome: 'failed', method: 'passkey' })
    return refuse({ code: 'accounts/passkey-failed', kind: 'unauthenticated' })
  }
  house.limits.giveBack(tries)
  return begin(house, scope, account, 'passkey')
}

/** Counts a try at a password, by account and by the caller's address. */
export function mayTry(house: House, { caller }: Pick<Scope, 'caller'>, account: string): boolean {
  const { limits } = house
  return (
    limits.allow(`address ${networkOf(caller)}`, triesPerAddress, window) &&
    limits.allow(account, triesPerAccount, window)
  )
}

/** Only tries that fail are held against those who share an address: a ministry signs in on the day of a round. */
export function wentWell(house: House, { caller }: Pick<Scope, 'caller'>, account: string): void {
  house.limits.forget(account)
  house.limits.giveBack(`address ${networkOf(caller)}`)
}

async function begin(
  house: House,
  scope: Scope,
  account: Account,
  method: Method,
): Promise<Result<Done<SignedIn>>> {
  const { tx, now, actor, locale, query } = scope
  const open = account.holdings.filter((held) => method === 'passkey' || !needsPasskey(held))
  const allowed = open.length === 0 ? failed : await firstAllowed(tx, now, account.account, open)
  const outcome = allowed.ok ? 'done' : 'refused'
  logSignIn(house, scope, { outcome, method, account: account.account })
  if (!allowed.ok) return allowed
  const first = allowed.value
  if ('session' in actor) {
    await actAs(tx, { role: 'public', key: actor.session.digest })
    await endSession(tx, actor.session.digest, now)
  }
  await actAs(tx, { role: 'public', account: account.account })
  const key = await beginSession(tx, house.keys, now, account, first, method)
  const back = safeBack(query.get('back'), `/${locale}`)
  const to = open.length === 1 ? back : `${href(locale, chooseRoleRoute)}?${new URLSearchParams({ back })}`
  const act = { verb: 'session.began', subject: `account:${account.account}` }
  return done({ key, to }, [{ ...act, state: stateOfHolding(first) ?? undefined }])
}

/** The first role that the person may begin in; why not, where there is none. */
async function firstAllowed(
  tx: Scope['tx'],
  now: Date,
  account: Account['account'],
  holdings: Account['holdings'],
): Promise<Result<HeldRole>> {
  let refused: Result<HeldRole> = failed
  for (const held of holdings) {
    const may = await mayBegin(tx, now, account, held)
    if (may.ok) return ok(held)
    refused = may
  }
  return refused
}
