import { after, day, ok, type Refusal, refuse, type Result, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import { type ActionScope, done, type Done, unchanged } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Act } from '../../platform/history/record.ts'
import type { HistoryTables } from '../../platform/history/tables.ts'
import { type AccountId, type Actor, actorLabel } from '../../platform/session/actor.ts'
import { listUsers } from '../accounts/index.ts'
import { ListRightChanged } from './events.ts'
import type { DirectoryTables } from './tables.ts'

/** So often a person, or a system by its token, may take the whole list within a day. */
const mostTaken = 10

const notYours: Refusal = { code: 'directory/not-yours', kind: 'forbidden' }
const noRight: Refusal = { code: 'directory/no-list-right', kind: 'forbidden' }

/** Who of a State may read more than twenty States' entries at once. */
export async function listRights(tx: Tx, state: StateCode): Promise<ReadonlySet<string>> {
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.list_right')
    .select('account_id')
    .where('state', '=', state)
    .execute()
  return new Set(rows.map(({ account_id: account }) => account))
}

/** The Mission gives the right to a user of its own State, or takes it back; the person is told. */
export async function changeListRight(
  { tx, actor, now }: ActionScope,
  { account, give }: { readonly account: AccountId; readonly give: boolean },
): Promise<Result<Done<undefined>>> {
  if (actor.role !== 'mission') return refuse(notYours)
  const { state } = actor
  const isUser = (await listUsers(tx, state)).some((user) => user.account === account)
  if (!isUser) return refuse(notYours)
  if ((await listRights(tx, state)).has(account) === give) return unchanged(undefined)
  const rights = tx.withTables<DirectoryTables>()
  await (give
    ? rights
        .insertInto('directory.list_right')
        .values({ account_id: account, state, given_at: now })
        .execute()
    : rights
        .deleteFrom('directory.list_right')
        .where('account_id', '=', account)
        .where('state', '=', state)
        .execute())
  const act = { verb: give ? 'list-right.given' : 'list-right.ended', subject: `account:${account}`, state }
  return done(undefined, [act], [ListRightChanged({ account, state, given: give ? 'yes' : 'no' })])
}

/** Whether the actor's Mission has given them the right to the whole list. */
export async function hasListRight(tx: Tx, actor: Actor): Promise<boolean> {
  if (!('account' in actor && 'state' in actor)) return false
  return (await listRights(tx, actor.state)).has(actor.account)
}

/** A person takes the whole list: refused without the right, else one use, with how many entries were read. */
export async function useListRight<Value>(
  scope: ActionScope,
  read: () => Promise<{ readonly value: Value; readonly entries: number }>,
): Promise<Result<Done<Value>>> {
  const { tx, actor } = scope
  if (!('account' in actor && 'state' in actor)) return refuse(noRight)
  if (!(await hasListRight(tx, actor))) return refuse(noRight)
  const subject = `account:${actor.account}`
  const used = await useWholeList(scope, { verb: 'list.taken', subject, state: actor.state })
  if (!used.ok) return used
  const { value, entries } = await read()
  return done(value, [{ ...used.value, content: { entries } }])
}

/**
 * One use of the whole list, by a person or a State's system: the line that the Mission sees. Refused after ten within a
 * day; the history counts, so that several processes agree.
 */
export async function useWholeList(
  { tx, actor, now }: Pick<ActionScope, 'tx' | 'actor' | 'now'>,
  line: Act & { readonly state: StateCode },
): Promise<Result<Act>> {
  const by = actorLabel(actor)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`list ${by}`}, 0))`.execute(tx)
  const uses = await tx
    .withTables<HistoryTables>()
    .selectFrom('history.act')
    .select('at')
    .where('state', '=', line.state)
    .where('at', '>', after(now, -day))
    .where('actor', '=', by)
    .where('verb', '=', line.verb)
    .orderBy('at', 'desc')
    .limit(mostTaken)
    .execute()
  const tenth = uses[mostTaken - 1]
  if (!tenth) return ok(line)
  const seconds = Math.max(1, Math.ceil((after(tenth.at, day).getTime() - now.getTime()) / 1000))
  return refuse({ code: 'directory/list-too-often', kind: 'too-many', values: { seconds } })
}
