import { hour, isLocale, parseStateCode, second, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import type { Community } from '../community/index.ts'
import type { Round, RoundId } from './domain/check.ts'
import type { Tally } from './domain/tally.ts'
import { answeredBy, checkStatus, known } from './store.ts'

/** How the checks of a round ended, counted by the database: as many rows as there are combinations, not checks. */
export async function listTallies(tx: Tx, round: RoundId): Promise<readonly Tally[]> {
  const { rows } = await sql<{
    state: string
    kind: string
    language: string
    status: string
    answeredBy: string | null
    checks: number
  }>`
    select state, kind, language, status, answered_by as "answeredBy", count(*)::int as checks
    from checks.check where round_id = ${round}
    group by state, kind, language, status, answered_by
    order by state, kind, language, status, answered_by`.execute(tx)
  return rows.map((row) => ({
    state: known(parseStateCode(row.state)),
    kind: row.kind,
    language: isLocale(row.language) ? row.language : 'en',
    status: checkStatus.parse(row.status),
    answeredBy: row.answeredBy === null ? undefined : answeredBy.parse(row.answeredBy),
    checks: row.checks,
  }))
}

export const dimensions = ['kind', 'group', 'language', 'how'] as const
export type Dimension = (typeof dimensions)[number]

/** Milliseconds within which half, and nine in ten, of those who answered had answered. */
export interface Times {
  readonly median: number
  readonly ninetieth: number
}

/** By `timesKey`: of all of a round, and of each row of each table. */
export type TimesByKey = ReadonlyMap<string, Times>

export function timesKey(dimension: Dimension | 'all', key = ''): string {
  return `${dimension} ${key}`
}

/** Of all answers, or only of those in time. */
export async function measureTimes(
  tx: Tx,
  community: Community,
  round: RoundId,
  of: 'all' | 'in-time' = 'all',
): Promise<TimesByKey> {
  const { rows } = await sql<{
    kind: string | null
    group: string | null
    language: string | null
    how: string | null
    times: readonly [number, number]
  }>`
    with answered as (
      select each.kind, each.language, each.answered_by as how, groups.name as "group",
        extract(epoch from each.answered_at - each.clock_started_at)::float8 as seconds
      from checks.check as each left join ${groupsOf(community)} on groups.state = each.state
      where each.round_id = ${round} and each.answered_at >= each.clock_started_at
        and (${of} = 'all' or each.status = 'answered'))
    select kind, "group", language, how,
      percentile_cont(array[0.5, 0.9]) within group (order by seconds) as times
    from answered group by grouping sets ((), (kind), ("group"), (language), (how))
    having count(*) > 0`.execute(tx)
  return new Map(
    rows.map((row) => {
      const dimension = dimensions.find((each) => row[each] !== null)
      return [dimension ? timesKey(dimension, row[dimension] ?? '') : timesKey('all'), timesOf(row.times)]
    }),
  )
}

/** The group of each State, as rows: groups are the profile's, not the database's. */
function groupsOf({ states }: Community) {
  const codes = states.map(({ code }) => code)
  const names = states.map(({ group }) => group)
  return sql`unnest(${codes}::text[], ${names}::text[]) as groups (state, name)`
}

export function groupOf(community: Community, state: StateCode): string {
  return community.findState(state)?.group ?? ''
}

/** How many answers came within some hours, and after the last of them; each counted once. */
export interface WithinHours {
  /** Nothing for those that came later. */
  readonly hours: number | undefined
  readonly answers: number
}

export async function countByTime(tx: Tx, round: Round): Promise<readonly WithinHours[]> {
  const window = round.answerWithin / hour
  const limits = [...[1, 4, 12, 24].filter((hours) => hours < window), window]
  const seconds = limits.map((hours) => hours * 3600)
  const { rows } = await sql<{ place: number; answers: number }>`
    select width_bucket(extract(epoch from answered_at - clock_started_at)::float8, ${seconds}::float8[]) as place,
      count(*)::int as answers
    from checks.check where round_id = ${round.id} and answered_at >= clock_started_at
    group by place`.execute(tx)
  const byPlace = new Map(rows.map(({ place, answers }) => [place, answers]))
  return [...limits, undefined].map((hours, place) => ({ hours, answers: byPlace.get(place) ?? 0 }))
}

/** A closed round beside others. */
export interface RoundRate {
  readonly number: number
  readonly startedAt: Date
  /** Checks that reached somebody: without what was not sent by our fault. */
  readonly asked: number
  readonly answered: number
  readonly times: Times | undefined
}

const roundsBeside = 6

/** The closed rounds up to one, the newest first: those whose results are still kept. */
export async function listRates(tx: Tx, { number }: Round): Promise<readonly RoundRate[]> {
  const { rows } = await sql<Omit<RoundRate, 'times'> & { times: readonly [number, number] | null }>`
    with beside as (
      select id, number, started_at from checks.round
      where status = 'closed' and number <= ${number} order by number desc limit ${roundsBeside})
    select beside.number, beside.started_at as "startedAt",
      (count(*) filter (where status <> 'not-sent'))::int as asked,
      (count(*) filter (where status = 'answered'))::int as answered,
      percentile_cont(array[0.5, 0.9])
        within group (order by extract(epoch from answered_at - clock_started_at)::float8)
        filter (where answered_at >= clock_started_at) as times
    from beside join checks.check on round_id = beside.id
    group by beside.number, beside.started_at order by beside.number desc`.execute(tx)
  return rows.map(({ times, ...rate }) => ({
    ...rate,
    times: times ? timesOf(times) : undefined,
  }))
}

/** The database counts seconds. */
function timesOf([median, ninetieth]: readonly [number, number]): Times {
  return { median: median * second, ninetieth: ninetieth * second }
}
