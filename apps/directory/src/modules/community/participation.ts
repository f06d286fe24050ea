import { type StateCode, parseStateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import type { CommunityTables } from './tables.ts'

/** How many States take part: all that the public is told. */
export async function countParticipating(tx: Tx): Promise<number> {
  const { total } = await tx
    .withTables<CommunityTables>()
    .selectFrom('community.participation')
    .select(sql<number>`count(since)::int`.as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/** The States that take part, with the day they were given access. */
export async function listParticipating(tx: Tx): Promise<ReadonlyMap<StateCode, Date>> {
  const rows = await tx
    .withTables<CommunityTables>()
    .selectFrom('community.participation')
    .selectAll()
    .execute()
  return new Map(
    rows.flatMap(({ state, since }) => {
      const code = parseStateCode(state)
      return code ? [[code, since] as const] : []
    }),
  )
}

/** Gives a State access (A/78/265, Annex A, 6). A State that has it keeps its first date. */
export async function startParticipation(tx: Tx, state: StateCode, since: Date): Promise<void> {
  await tx
    .withTables<CommunityTables>()
    .insertInto('community.participation')
    .values({ state, since })
    .onConflict((conflict) => conflict.column('state').doNothing())
    .execute()
}

export async function isParticipating(tx: Tx, state: StateCode): Promise<boolean> {
  const found = await tx
    .withTables<CommunityTables>()
    .selectFrom('community.participation')
    .select('state')
    .where('state', '=', state)
    .executeTakeFirst()
  return found !== undefined
}

/** Whether all of these States take part. */
export async function areParticipating(tx: Tx, states: ReadonlySet<StateCode>): Promise<boolean> {
  const found = await tx
    .withTables<CommunityTables>()
    .selectFrom('community.participation')
    .select('state')
    .where('state', 'in', [...states])
    .execute()
  return found.length === states.size
}

/** The same of one State within a statement of a neighbour: `state` is an expression of it. */
export function takesPart(state: string): string {
  return `exists (select from community.participation where participation.state = ${state})`
}

/** POC-05: whether the State took part until now. */
export async function endParticipation(tx: Tx, state: StateCode): Promise<boolean> {
  const { numDeletedRows } = await tx
    .withTables<CommunityTables>()
    .deleteFrom('community.participation')
    .where('state', '=', state)
    .executeTakeFirst()
  return Number(numDeletedRows) === 1
}
