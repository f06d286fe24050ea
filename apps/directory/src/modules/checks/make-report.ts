import { z } from 'zod'
import { type ActionScope, asDuty, done, type Performer, unchanged } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import { type Community, listParticipating } from '../community/index.ts'
import { listStandings } from '../directory/index.ts'
import type { Round, RoundId } from './domain/check.ts'
import { ages, type Standpoint, standpointsOf } from './domain/standing.ts'
import { listTallies, measureTimes } from './report-figures.ts'
import { checksTables, listRounds } from './store.ts'
import { decideTotals, saveTotals } from './totals.ts'

export const ageSchema = z.enum(ages)
const standing = z.object({
  participating: z.number(),
  pairs: z.number(),
  ages: z.record(ageSchema, z.number()),
})
/** POC-42: what the directory was when a round closed. */
export type DirectoryThen = z.output<typeof standing>

/** Makes the report of every closed round that has none, each once: what it says does not change afterwards. */
export async function makeReports(performer: Performer, community: Community, now: Date): Promise<void> {
  const missing = await performer.database.transaction({ role: 'worker' }, listUnreported)
  for (const round of missing)
    await performer.perform(asDuty('close-rounds', now), (scope) => makeReport(scope, community, round))
}

async function listUnreported(tx: Tx): Promise<readonly Round[]> {
  const rows = await checksTables(tx).selectFrom('checks.report').select('round_id').execute()
  const reported = new Set<string>(rows.map((row) => row.round_id))
  return (await listRounds(tx)).filter(({ id, status }) => status === 'closed' && !reported.has(id))
}

async function makeReport(scope: ActionScope, community: Community, round: Round) {
  const { tx, now } = scope
  const kinds = community.profile.kinds.map(({ id }) => id)
  const states = (await listParticipating(tx)).keys()
  const standpoints = standpointsOf(states, await listStandings(tx), kinds, now)
  const made = await checksTables(tx)
    .insertInto('checks.report')
    .values({ round_id: round.id, made_at: now, standing: JSON.stringify(count(standpoints)) })
    .onConflict((conflict) => conflict.column('round_id').doNothing())
    .returning('round_id')
    .executeTakeFirst()
  if (!made) return unchanged(undefined)
  const tallies = await listTallies(tx, round.id)
  const times = await measureTimes(tx, community, round.id, 'in-time')
  await saveTotals(tx, round.id, now, decideTotals(community, tallies, times, standpoints))
  return done(undefined, [{ verb: 'report.made', subject: `round:${round.id}` }])
}

function count(standpoints: readonly Standpoint[]): DirectoryThen {
  const ofAge = (age: Standpoint['age']) => standpoints.filter((each) => each.age === age).length
  return {
    participating: standpoints.length,
    pairs: standpoints.filter(({ isComplete }) => isComplete).length,
    ages: {
      'up-to-6': ofAge('up-to-6'),
      'up-to-12': ofAge('up-to-12'),
      'over-12': ofAge('over-12'),
      'no-entry': ofAge('no-entry'),
    },
  }
}

export async function findDirectoryThen(tx: Tx, round: RoundId): Promise<DirectoryThen | undefined> {
  const row = await checksTables(tx)
    .selectFrom('checks.report')
    .select('standing')
    .where('round_id', '=', round)
    .executeTakeFirst()
  return row && standing.parse(row.standing)
}
