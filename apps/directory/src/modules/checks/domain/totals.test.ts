import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Candidate, countStates, fewestStates, openCells } from './totals.ts'

interface Row {
  readonly state: string
  readonly kind: string
  readonly group: string
  readonly answered: boolean
}

// A group is its State's, as in life: small ones stand beside large ones.
const row = fc
  .record({
    number: fc.integer({ min: 0, max: 39 }),
    kind: fc.constantFrom('diplomatic', 'technical', 'technical', 'policy'),
    answered: fc.boolean(),
  })
  .map(({ number, ...rest }) => ({ ...rest, state: `S${number}`, group: groupOf(number) }))
const rows = fc.array(row, { minLength: 0, maxLength: 200, size: 'max' })

function groupOf(number: number): string {
  if (number < 3) return 'tiny'
  return number < 9 ? 'small' : number < 22 ? 'middle' : 'large'
}

function partsOf(all: readonly Row[]): readonly (readonly Row[])[] {
  return [all.filter(({ answered }) => answered), all.filter(({ answered }) => !answered)]
}

function candidatesOf(all: readonly Row[], of: 'kind' | 'group'): readonly Candidate<Row>[] {
  return [...Map.groupBy(all, (each) => each[of])].map(([key, some]) => ({ key, parts: partsOf(some) }))
}

/** All that somebody can work out of one table: the sums of told cells, and what is left of the whole without them. */
function workedOut(all: readonly Row[], of: 'kind' | 'group', shown: ReadonlySet<string>) {
  const keys = [...shown]
  const subsets = Array.from({ length: 2 ** keys.length }, (_, bits) =>
    keys.filter((_key, place) => (bits >> place) % 2 === 1),
  )
  return subsets.flatMap((subset) => [
    all.filter((each) => subset.includes(each[of])),
    all.filter((each) => !subset.includes(each[of])),
  ])
}

test('RULE-3: no cell of the totals has fewer than five States, nor what anyone can take away from the margin', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const cells = openCells<Row>()
      if (!cells.tellWhole(partsOf(all))) return
      for (const of of ['kind', 'group'] as const) {
        const shown = cells.tellTable(candidatesOf(all, of))
        for (const cell of workedOut(all, of, shown).filter(({ length }) => length > 0)) {
          for (const part of partsOf(cell)) expect(countStates(part)).toBeGreaterThanOrEqual(fewestStates)
        }
      }
    }),
    { numRuns: 400 },
  )
})

test('RULE-3: two told cells of which one lies in the other leave five States or nothing between them', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const cells = openCells<Row>()
      if (!cells.tellWhole(partsOf(all))) return
      const kind = candidatesOf(all, 'kind')
      const group = candidatesOf(all, 'group')
      const shownKinds = cells.tellTable(kind)
      const shownGroups = cells.tellTable(group)
      const told = [
        ...kind.filter(({ key }) => shownKinds.has(key)),
        ...group.filter(({ key }) => shownGroups.has(key)),
      ]
      const sets = [partsOf(all), ...told.map(({ parts }) => parts)].flatMap((parts) => [
        ...parts,
        parts.flat(),
      ])
      const rests = sets.flatMap((large) =>
        sets
          .filter((small) => small.every((one) => large.includes(one)))
          .map((small) => countStates(large.filter((each) => !small.includes(each)))),
      )
      expect(rests.filter((states) => states > 0 && states < fewestStates)).toEqual([])
    }),
    { numRuns: 400 },
  )
})

test('RULE-3: a cell of four States is not told, and with it the next smallest, so that the margin does not tell it', () => {
  const all = [
    ...bothOf('small', [1, 2, 3, 4]),
    ...bothOf('middle', [5, 6, 7, 8, 9, 10]),
    ...bothOf('large', [11, 12, 13, 14, 15, 16, 17]),
  ]
  const cells = openCells<Row>()
  expect(cells.tellWhole(partsOf(all))).toBe(true)
  expect([...cells.tellTable(candidatesOf(all, 'group'))]).toEqual(['large'])
})

test('RULE-3: where all but four States answered, nothing is told: the four could be counted', () => {
  const all = Array.from({ length: 40 }, (_, number) => ({
    state: `S${number}`,
    kind: 'technical',
    group: 'a',
    answered: number >= 4,
  }))
  expect(openCells<Row>().tellWhole(partsOf(all))).toBe(false)
})

/** Of each State one check that was answered and one that was not. */
function bothOf(group: string, states: readonly number[]): readonly Row[] {
  return states.flatMap((number) =>
    [true, false].map((answered) => ({ state: `S${number}`, kind: 'technical', group, answered })),
  )
}
