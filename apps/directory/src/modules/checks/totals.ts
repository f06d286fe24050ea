import { hour, type Json } from '@parley/kernel'
import { z } from 'zod'
import type { Tx } from '../../platform/database/database.ts'
import type { Community } from '../community/index.ts'
import type { RoundId } from './domain/check.ts'
import { ages, type Standpoint } from './domain/standing.ts'
import type { Tally } from './domain/tally.ts'
import { type Candidate, openCells } from './domain/totals.ts'
import { type Dimension, groupOf, type TimesByKey, timesKey } from './report-figures.ts'
import { checksTables } from './store.ts'

const hours = z.object({ median: z.number(), ninetieth: z.number() }).nullable()
const cell = z.object({ key: z.string(), asked: z.number(), answered: z.number(), hours })
const table = z.object({
  shown: z.array(cell),
  /** Whether something was left out: fewer than five States, or what would tell of fewer. */
  withheld: z.boolean(),
})
const counts = z.object({
  shown: z.array(z.object({ key: z.string(), count: z.number() })),
  withheld: z.boolean(),
})

/** RULE-3: all that States are told of a round. No State and no entry is named, and nothing is in an order of merit. */
const totalsSchema = z.object({
  all: cell.omit({ key: true }).nullable(),
  kind: table,
  group: table,
  language: table,
  how: counts,
  participating: z.number().nullable(),
  pairs: counts,
  ages: counts,
})
export type Totals = z.output<typeof totalsSchema>

const nothingTold = { shown: [], withheld: true }

/** Decides what is told of a round: cells of at least five States that nobody can take smaller ones out of. */
export function decideTotals(
  community: Community,
  tallies: readonly Tally[],
  times: TimesByKey,
  standpoints: readonly Standpoint[],
): Totals {
  // A fault of ours is nobody's answer: it stands in no total.
  const asked = tallies.filter(({ status }) => status !== 'not-sent')
  const cells = openCells<Tally>()
  const isTold = cells.tellWhole(partsOf(asked))
  const tableOf = (dimension: Dimension, keyOf: (tally: Tally) => string): Totals['kind'] => {
    if (!isTold) return nothingTold
    const candidates = candidatesOf(asked, keyOf, partsOf)
    const shown = cells.tellTable(candidates)
    return {
      shown: candidates
        .filter(({ key }) => shown.has(key))
        .map(({ key, parts }) => ({ key, ...figuresOf(parts, times, timesKey(dimension, key)) })),
      withheld: shown.size < candidates.length,
    }
  }
  const howTable = (): Totals['how'] => {
    if (!isTold) return nothingTold
    const inTime = asked.filter(({ status }) => status === 'answered')
    const candidates = candidatesOf(
      inTime,
      ({ answeredBy }) => answeredBy ?? '',
      (some) => [some],
    )
    return countsOf(candidates, cells.tellTable(candidates), countChecks)
  }
  return {
    all: isTold ? figuresOf(partsOf(asked), times, timesKey('all')) : null,
    kind: tableOf('kind', ({ kind }) => kind),
    group: tableOf('group', ({ state }) => groupOf(community, state)),
    language: tableOf('language', ({ language }) => language),
    how: howTable(),
    ...standingOf(standpoints),
  }
}

function standingOf(standpoints: readonly Standpoint[]): Pick<Totals, 'participating' | 'pairs' | 'ages'> {
  const cells = openCells<Standpoint>()
  if (!cells.tellWhole([standpoints])) return { participating: null, pairs: nothingTold, ages: nothingTold }
  const tell = (keyOf: (standpoint: Standpoint) => string) => {
    const candidates = candidatesOf(standpoints, keyOf, (some) => [some])
    return countsOf(candidates, cells.tellTable(candidates), (some) => some.length)
  }
  const told = { pairs: tell(({ isComplete }) => (isComplete ? 'yes' : 'no')), ages: tell(({ age }) => age) }
  const inOrder = ages.flatMap((age) => told.ages.shown.filter(({ key }) => key === age))
  return { participating: standpoints.length, ...told, ages: { ...told.ages, shown: inOrder } }
}

/** Answered in time, and not. */
function partsOf(tallies: readonly Tally[]): readonly (readonly Tally[])[] {
  const inTime = Map.groupBy(tallies, ({ status }) => status === 'answered')
  return [inTime.get(true) ?? [], inTime.get(false) ?? []]
}

function candidatesOf<Row extends { readonly state: string }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  parts: (rows: readonly Row[]) => readonly (readonly Row[])[],
): readonly Candidate<Row>[] {
  return [...Map.groupBy(rows, keyOf)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, some]) => ({ key, parts: parts(some) }))
}

function figuresOf(parts: readonly (readonly Tally[])[], times: TimesByKey, key: string) {
  const found = times.get(key)
  return {
    asked: countChecks(parts.flat()),
    answered: countChecks(parts[0] ?? []),
    // A time to the second may be one State's: whole hours are nobody's.
    hours: found
      ? { median: Math.ceil(found.median / hour), ninetieth: Math.ceil(found.ninetieth / hour) }
      : null,
  }
}

function countsOf<Row extends { readonly state: string }>(
  candidates: readonly Candidate<Row>[],
  shown: ReadonlySet<string>,
  count: (rows: readonly Row[]) => number,
): Totals['how'] {
  return {
    shown: candidates
      .filter(({ key }) => shown.has(key))
      .map(({ key, parts }) => ({ key, count: count(parts.flat()) })),
    withheld: shown.size < candidates.length,
  }
}

function countChecks(tallies: readonly Tally[]): number {
  return tallies.reduce((sum, { checks }) => sum + checks, 0)
}

export async function saveTotals(tx: Tx, round: RoundId, at: Date, totals: Totals): Promise<void> {
  const written: Json = totals
  await checksTables(tx)
    .insertInto('checks.totals')
    .values({ round_id: round, made_at: at, totals: JSON.stringify(written) })
    .execute()
}

export interface ToldTotals extends Totals {
  readonly madeAt: Date
}

export async function findTotals(tx: Tx, round: RoundId): Promise<ToldTotals | undefined> {
  const row = await checksTables(tx)
    .selectFrom('checks.totals')
    .select(['made_at', 'totals'])
    .where('round_id', '=', round)
    .executeTakeFirst()
  return row && { ...totalsSchema.parse(row.totals), madeAt: row.made_at }
}
