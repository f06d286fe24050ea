import { latinDigits, minute, newId, ok, parseId, refuse, type Result } from '@parley/kernel'
import { href } from '@parley/web'
import { done, type Done } from '../../platform/action.ts'
import { actAs } from '../../platform/database/acting.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import { PersonJoined } from './events.ts'
import { type Account, findAccountByAddress } from './find-account.ts'
import { columnsOf, type HoldingId, isSameHolding, needsPasskey, stateOfHolding } from './holding.ts'
import type { House } from './house.ts'
import {
  findInvitation,
  type Invitation,
  telephoneCodeDigest,
  telephoneTries,
  tokenDigest,
} from './invitation.ts'
import { keepPasskey, type NewPasskey, readNewPasskey } from './passkey.ts'
import { hashPassword, type PasswordRules } from './password.ts'
import { chooseRoleRoute, myAccountRoute } from './routes.ts'
import { seal, unseal } from './sealed.ts'
import { beginSession, methodOfSession } from './session.ts'
import { mayBegin } from './suspend.ts'
import type { AccountsTables } from './tables.ts'
import { issueTicket, isTicket } from './ticket.ts'
import { stepOfCode } from './totp.ts'

type Scope = Pick<DirectoryScope, 'tx' | 'now' | 'actor' | 'locale'> & { readonly params: Link }
type Link = Parameters<typeof findInvitation>[2]

export interface Acceptance {
  readonly name: string
  /** What the browser's authenticator said, where a passkey was made. */
  readonly answer: string
  readonly password: string
  readonly code: string
  /** The authenticator app's secret, sealed into the page. */
  readonly secret: string
  /** Proof that the telephone code was right. */
  readonly told: string
}

export interface Accepted {
  readonly to: string
  /** The key of a new session; a person who was signed in already keeps the session. */
  readonly key?: string
}

/** How a new person will prove who they are. */
type Means =
  | { readonly method: 'passkey'; readonly passkey: NewPasskey }
  | { readonly method: 'password'; readonly hash: string; readonly totp: Uint8Array; readonly step: number }

/** Takes an invitation up: makes the account with its means of proof, or adds the role to the account that is there. */
export async function acceptInvitation(
  house: House,
  rules: PasswordRules,
  scope: Scope,
  sent: Acceptance,
): Promise<Result<Done<Accepted>>> {
  const { tx, now } = scope
  const found = await findInvitation(tx, house.keys, scope.params, now, 'hold')
  if (!found.ok) return found
  const invitation = found.value
  if (!isTold(house, invitation, now, sent.told))
    return refuse({ code: 'accounts/telephone-code-missing', kind: 'invalid' })
  const present = await findAccountByAddress(tx, invitation.email)
  if (present && present.holdings.length > 0) return addRole(house, scope, invitation, present)
  if (present) await endAccount(tx, now, present.account)
  const means = await readMeans(house, rules, scope, invitation, sent)
  return means.ok ? enrol(house, scope, invitation, sent.name, means.value) : means
}

/** Whether what was to be told by telephone has been told. */
export function isTold(house: House, invitation: Invitation, now: Date, told: string): boolean {
  return invitation.telephoneCodeDigest === null || isTicket(house.keys, `told ${invitation.id}`, now, told)
}

/** Compares a telephone code. A wrong one is counted, so nothing is refused here: a refusal would undo the count. */
export async function tellTelephoneCode(
  house: House,
  { tx, now, params }: Scope,
  typed: string,
): Promise<Result<Done<{ readonly told: string } | { readonly triesLeft: number }>>> {
  const found = await findInvitation(tx, house.keys, params, now)
  if (!found.ok) return found
  const { id, holding, telephoneCodeDigest: digest } = found.value
  const { telephone_tries: tries } = await tx
    .withTables<AccountsTables>()
    .updateTable('accounts.invitation')
    .set((row) => ({ telephone_tries: row('telephone_tries', '+', 1) }))
    .where('id', '=', id)
    .returning('telephone_tries')
    .executeTakeFirstOrThrow()
  // Tries that ran at the same time waited for each other here; the sixth one comes too late.
  if (tries > telephoneTries) return refuse({ code: 'accounts/invitation-dead', kind: 'gone' })
  const state = stateOfHolding(holding) ?? undefined
  const subject = `invitation:${id}`
  const code = latinDigits(typed).replace(/\D/g, '')
  if (telephoneCodeDigest(house.keys, id, code) !== digest)
    return done({ triesLeft: telephoneTries - tries }, [{ verb: 'invitation.code-wrong', subject, state }])
  await tx
    .withTables<AccountsTables>()
    .updateTable('accounts.invitation')
    .set({ telephone_tries: 0 })
    .where('id', '=', id)
    .execute()
  const told = issueTicket(house.keys, `told ${id}`, now, 30 * minute)
  return done({ told }, [{ verb: 'invitation.code-told', subject, state }])
}

/** An account without a role left is over: whoever is invited to its address again begins anew. */
async function endAccount(tx: Tx, now: Date, account: AccountId): Promise<void> {
  await tx
    .withTables<AccountsTables>()
    .updateTable('accounts.account')
    .set({ ended_at: now })
    .where('id', '=', account)
    .execute()
}

async function readMeans(
  house: House,
  rules: PasswordRules,
  { tx, now }: Scope,
  invitation: Invitation,
  sent: Acceptance,
): Promise<Result<Means>> {
  if (sent.answer !== '') {
    const passkey = await readNewPasskey(tx, house, `enrol ${invitation.id}`, now, sent.answer)
    return passkey
      ? ok({ method: 'passkey', passkey })
      : refuse({ code: 'accounts/passkey-failed', kind: 'invalid' })
  }
  if (needsPasskey(invitation.holding)) return refuse({ code: 'accounts/passkey-only', kind: 'forbidden' })
  const password = rules(sent.password)
  if (!password.ok) return password
  const totp = unseal(house.keys, invitation.id, sent.secret)
  const step = totp && stepOfCode(totp, sent.code, now)
  if (!totp || step === undefined)
    return refuse({ code: 'accounts/code-wrong', kind: 'invalid', field: 'code' })
  return ok({ method: 'password', hash: await hashPassword(password.value), totp, step })
}

/** The account takes the invitation's id: a passkey made before it exists carries the right user handle. */
async function enrol(
  house: House,
  { tx, now, locale }: Scope,
  invitation: Invitation,
  name: string,
  means: Means,
): Promise<Result<Done<Accepted>>> {
  const account = parseId<'account'>(invitation.id)
  if (!account) throw new Error('an invitation without an id')
  await actAs(tx, { role: 'public', key: tokenDigest(house.keys, invitation.id), account })
  const accounts = tx.withTables<AccountsTables>()
  const { email, language } = invitation
  await accounts
    .insertInto('accounts.account')
    .values({ id: account, email, name, language, created_at: now, ended_at: null })
    .execute()
  if (means.method === 'passkey') {
    if (!(await keepPasskey(tx, now, account, means.passkey)))
      return refuse({ code: 'accounts/passkey-failed', kind: 'invalid' })
  } else {
    await accounts
      .insertInto('accounts.password')
      .values({
        account_id: account,
        hash: means.hash,
        totp_secret: seal(house.keys, account, means.totp),
        totp_last_step: means.step,
      })
      .execute()
  }
  const holding = await takeUp(tx, now, account, invitation)
  const may = await mayBegin(tx, now, account, invitation.holding)
  if (!may.ok) return may
  const key = await beginSession(tx, house.keys, now, { account, name }, invitation.holding, means.method)
  return joined(invitation, account, holding, { key, to: `${href(locale, myAccountRoute)}?new=yes` })
}

async function addRole(
  house: House,
  { tx, now, actor, locale }: Scope,
  invitation: Invitation,
  present: Account,
): Promise<Result<Done<Accepted>>> {
  if (!('session' in actor) || actor.account !== present.account)
    return refuse({ code: 'accounts/sign-in-first', kind: 'unauthenticated' })
  if (present.holdings.some((held) => isSameHolding(held, invitation.holding)))
    return refuse({ code: 'accounts/already-user', kind: 'conflict' })
  const method = await methodOfSession(tx, actor.session.digest)
  if (needsPasskey(invitation.holding) && method !== 'passkey')
    return refuse({ code: 'accounts/passkey-only', kind: 'forbidden' })
  await actAs(tx, {
    role: 'public',
    key: tokenDigest(house.keys, invitation.id),
    account: present.account,
  })
  if (needsPasskey(invitation.holding)) await dropPassword(tx, now, present.account)
  const holding = await takeUp(tx, now, present.account, invitation)
  return joined(invitation, present.account, holding, { to: href(locale, chooseRoleRoute) })
}

/** Managers and auditors have passkeys only: what was proven with a password could add one of somebody else's. */
async function dropPassword(tx: Tx, now: Date, account: AccountId): Promise<void> {
  const accounts = tx.withTables<AccountsTables>()
  await accounts.deleteFrom('accounts.password').where('account_id', '=', account).execute()
  await accounts.deleteFrom('accounts.one_time_code').where('account_id', '=', account).execute()
  await accounts
    .updateTable('accounts.session')
    .set({ ended_at: now })
    .where('account_id', '=', account)
    .where('method', '=', 'password')
    .where('ended_at', 'is', null)
    .execute()
}

/** The one place where a role is given: the database lets a stranger give what the presented invitation says, no more. */
async function takeUp(tx: Tx, now: Date, account: AccountId, invitation: Invitation): Promise<HoldingId> {
  const id = newId<'holding'>()
  const accounts = tx.withTables<AccountsTables>()
  await accounts
    .insertInto('accounts.holding')
    .values({
      id,
      account_id: account,
      ...columnsOf(invitation.holding),
      since: now,
      ended_at: null,
    })
    .execute()
  await accounts
    .updateTable('accounts.invitation')
    .set({ used_at: now })
    .where('id', '=', invitation.id)
    .execute()
  return id
}

function joined(
  invitation: Invitation,
  account: AccountId,
  holding: HoldingId,
  accepted: Accepted,
): Result<Done<Accepted>> {
  const state = stateOfHolding(invitation.holding) ?? undefined
  return done(
    accepted,
    [
      { verb: 'invitation.accepted', subject: `invitation:${invitation.id}`, state },
      { verb: 'user.joined', subject: `account:${account}`, state },
    ],
    [PersonJoined({ holding })],
  )
}
