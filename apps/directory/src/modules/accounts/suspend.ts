import {
  newId,
  ok,
  parseId,
  parseStateCode,
  type Refusal,
  refuse,
  type Result,
  type StateCode,
} from '@parley/kernel'
import { sql } from 'kysely'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Act } from '../../platform/history/record.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import { AccessSuspended } from './events.ts'
import { type Holding, listHoldings, stateOfHolding } from './holding.ts'
import { decideSuspension, type Suspending, type Suspension } from './suspension-fields.ts'
import type { AccountsTables } from './tables.ts'

/** What can be suspended here: one person, or everybody who acts for a State. */
export type Suspended = { readonly account: AccountId } | { readonly state: StateCode }

/**
 * Keeps a person or a State out for some hours: the sessions end now, and none begins until then. One manager decides,
 * with a reason that those concerned are told (never under dual control: it must be quick, and it ends by itself).
 */
export async function suspend(
  scope: Pick<ActionScope, 'tx' | 'now' | 'actor'>,
  who: Suspended,
  { hours, reason }: Suspending,
): Promise<Result<Done<undefined>>> {
  const { tx, now, actor } = scope
  if ('account' in who && 'account' in actor && actor.account === who.account)
    return refuse({ code: 'accounts/suspend-oneself', kind: 'conflict' })
  await waitForSignIns(tx)
  const latest = await latestOf(tx, who)
  const decided = decideSuspension({ hours }, latest && (latest.lifted_at ?? latest.until), now)
  if (!decided.ok) return decided
  const until = decided.value
  const id = newId<'suspension'>()
  const accounts = tx.withTables<AccountsTables>()
  await accounts
    .insertInto('accounts.suspension')
    .values({
      id,
      ...columnsOf(who),
      reason,
      by_name: 'name' in actor ? actor.name : '',
      began_at: now,
      until,
      lifted_at: null,
    })
    .execute()
  const column = 'account' in who ? 'account_id' : 'state'
  await accounts
    .updateTable('accounts.session')
    .set({ ended_at: now })
    .where(column, '=', 'account' in who ? who.account : who.state)
    .where('ended_at', 'is', null)
    .execute()
  const content = { reason, until: until.toISOString() }
  return done(undefined, await linesOf(tx, who, 'access.suspended', content), [
    AccessSuspended({ suspension: id, what: 'suspended' }),
  ])
}

/** Lets a suspended person or State in again before the time. */
export async function liftSuspension(
  { tx, now }: Pick<ActionScope, 'tx' | 'now'>,
  who: Suspended,
): Promise<Result<Done<undefined>>> {
  const open = await findSuspension(tx, who, now)
  if (!open) return refuse({ code: 'accounts/not-suspended', kind: 'conflict' })
  await tx
    .withTables<AccountsTables>()
    .updateTable('accounts.suspension')
    .set({ lifted_at: now })
    .where('id', '=', open.id)
    .execute()
  return done(undefined, await linesOf(tx, who, 'access.restored'), [
    AccessSuspended({ suspension: open.id, what: 'restored' }),
  ])
}

/** The suspension that keeps somebody out now. */
export async function findSuspension(tx: Tx, who: Suspended, now: Date): Promise<Suspension | undefined> {
  const latest = await latestOf(tx, who)
  return latest && latest.lifted_at === null && latest.until > now ? latest : undefined
}

/**
 * Whether a session may begin for this person in this role. Nothing asks later: a suspension ends the sessions that
 * there are, so that a request costs no further query.
 */
export async function mayBegin(
  tx: Tx,
  now: Date,
  account: AccountId,
  holding: Holding,
): Promise<Result<undefined>> {
  await sql`select pg_advisory_xact_lock_shared(${suspensionLock})`.execute(tx)
  const state = stateOfHolding(holding)
  const own = await findSuspension(tx, { account }, now)
  if (own) return refuse(keptOut('accounts/suspended', own))
  const ofState = state && (await findSuspension(tx, { state }, now))
  return ofState ? refuse(keptOut('accounts/state-suspended', ofState)) : ok(undefined)
}

/** What a person or a system is told that is kept out. */
export function keptOut(
  code: 'accounts/suspended' | 'accounts/state-suspended',
  { until }: Pick<Suspension, 'until'>,
): Refusal {
  const at = `${until.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return { code, kind: 'forbidden', values: { until: at } }
}

/** The States whose access is suspended now. */
export async function listSuspendedStates(
  tx: Tx,
  now: Date,
): Promise<readonly { readonly state: StateCode; readonly until: Date }[]> {
  const rows = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.suspension')
    .select(['state', 'until'])
    .where('state', 'is not', null)
    .where('lifted_at', 'is', null)
    .where('until', '>', now)
    .orderBy('until')
    .execute()
  return rows.flatMap(({ state: code, until }) => {
    const state = parseStateCode(code ?? '')
    return state ? [{ state, until }] : []
  })
}

const suspensionLock = 7205759403795

/** Sign-ins that are under way are seen by what ends the sessions; those to come see the suspension. */
async function waitForSignIns(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${suspensionLock})`.execute(tx)
}

/** Who is suspended, of a row. */
export function suspendedOf(row: AccountsTables['accounts.suspension']): Suspended | undefined {
  const account = parseId<'account'>(row.account_id ?? '')
  const state = parseStateCode(row.state ?? '')
  if (account) return { account }
  return state && { state }
}

function columnsOf(who: Suspended) {
  return 'account' in who ? { account_id: who.account, state: null } : { account_id: null, state: who.state }
}

function latestOf(tx: Tx, who: Suspended) {
  return tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.suspension')
    .selectAll()
    .where('account' in who ? 'account_id' : 'state', '=', 'account' in who ? who.account : who.state)
    .orderBy('began_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** RULE-9: a line in the history of each State that the person acts for; of a person without one, in that of all. */
async function linesOf(
  tx: Tx,
  who: Suspended,
  verb: string,
  content?: Act['content'],
): Promise<readonly [Act, ...Act[]]> {
  if ('state' in who) return [{ verb, subject: `state:${who.state}`, state: who.state, content }]
  const subject = `account:${who.account}`
  const states = new Set(
    (await listHoldings(tx, who.account)).map((held) => stateOfHolding(held) ?? undefined),
  )
  const [first, ...others] = [...states].map((state) => ({ verb, subject, state, content }))
  return [first ?? { verb, subject, content }, ...others]
}
