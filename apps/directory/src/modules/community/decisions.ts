import { type Id, newId, parseId, type StateCode } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import type { CommunityTables } from './tables.ts'

export const decisionKinds = ['access-ended', 'frozen', 'unfrozen', 'mission-changed'] as const
type DecisionKind = (typeof decisionKinds)[number]

/** What the directory manager decided about a State. */
export interface Decision {
  readonly id: Id<'decision'>
  readonly what: DecisionKind
  readonly reason: string
  readonly at: Date
}

/** Keeps a decision; `addresses` are those to which it is told. */
export async function insertDecision(
  tx: Tx,
  at: Date,
  decided: Omit<Decision, 'id' | 'at'> & { readonly state: StateCode; readonly addresses: readonly string[] },
): Promise<Decision['id']> {
  const id = newId<'decision'>()
  await tx
    .withTables<CommunityTables>()
    .insertInto('community.decision')
    .values({ id, at, ...decided })
    .execute()
  return id
}

/** The decisions about a State, the newest first: for that State and the manager. */
export async function listDecisions(tx: Tx, state: StateCode): Promise<readonly Decision[]> {
  const rows = await tx
    .withTables<CommunityTables>()
    .selectFrom('community.decision')
    .select(['id', 'what', 'reason', 'at'])
    .where('state', '=', state)
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id: text, what: word, ...rest }) => {
    const id = parseId<'decision'>(text)
    const what = decisionKinds.find((each) => each === word)
    return id && what ? [{ id, what, ...rest }] : []
  })
}

/** Whether a State's entries are to stay as they are, and since when. */
export async function findFrozen(tx: Tx, state: StateCode): Promise<Date | undefined> {
  const row = await tx
    .withTables<CommunityTables>()
    .selectFrom('community.frozen')
    .select('since')
    .where('state', '=', state)
    .executeTakeFirst()
  return row?.since
}

/** The States whose entries are to stay as they are, and since when. */
export async function listFrozen(tx: Tx): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx.withTables<CommunityTables>().selectFrom('community.frozen').selectAll().execute()
  return new Map(rows.map(({ state, since }) => [state, since]))
}

/** The same within a statement of a neighbour: `state` is an expression of it. */
export function frozenSince(state: string): string {
  return `(select since from community.frozen where frozen.state = ${state})`
}

export async function freeze(tx: Tx, state: StateCode, since: Date): Promise<void> {
  await tx.withTables<CommunityTables>().insertInto('community.frozen').values({ state, since }).execute()
}

export async function unfreeze(tx: Tx, state: StateCode): Promise<void> {
  await tx.withTables<CommunityTables>().deleteFrom('community.frozen').where('state', '=', state).execute()
}
