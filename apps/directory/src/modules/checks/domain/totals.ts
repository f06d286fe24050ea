/** RULE-3: what fewer States than this make up is shown to nobody but themselves and the manager. */
export const fewestStates = 5

/** Something counted of one State: checks that ended in the same way, or the State itself. */
export interface Counted {
  readonly state: string
}

/**
 * What may be told of one set of counted rows: its parts (answered in time, and not) are cells of their own, for
 * whoever knows the set knows the one from the other.
 */
export interface Candidate<Row extends Counted> {
  readonly key: string
  readonly parts: readonly (readonly Row[])[]
}

/**
 * Decides, set by set, which cells may be told. A cell is told when at least five States stand in it, and when what
 * anyone could take away from another told cell leaves at least five States or nothing.
 */
export function openCells<Row extends Counted>() {
  const told: ReadonlySet<Row>[] = []

  const mayTell = (cell: ReadonlySet<Row>, others: readonly ReadonlySet<Row>[]) =>
    isLargeEnough(cell) && others.every((other) => isApart(cell, other))

  const tell = (sets: readonly ReadonlySet<Row>[]): boolean => {
    const added: ReadonlySet<Row>[] = []
    for (const cell of sets) {
      if (!mayTell(cell, [...told, ...added])) return false
      added.push(cell)
    }
    told.push(...added)
    return true
  }

  return {
    /** The whole that the tables divide. */
    tellWhole: (parts: readonly (readonly Row[])[]): boolean => tell(cellsOf(parts)),

    /**
     * The rows of a table that may be told: as many as possible, the largest first. What is left over is a cell too:
     * anyone can take those told away from the whole.
     */
    tellTable: (candidates: readonly Candidate<Row>[]): ReadonlySet<string> => {
      const isFit = ({ parts }: Candidate<Row>) => parts.every((part) => isLargeEnough(new Set(part)))
      const fit = candidates.filter(isFit).toSorted((one, other) => statesOf(other) - statesOf(one))
      const unfit = candidates.filter((candidate) => !isFit(candidate))
      for (let many = fit.length; many > 0; many -= 1) {
        const shown = fit.slice(0, many)
        const left = restOf([...fit.slice(many), ...unfit])
        const cells = [...shown.map(({ parts }) => parts), left].flatMap(cellsOf)
        if (tell(cells)) return new Set(shown.map(({ key }) => key))
      }
      return new Set()
    },
  }
}

/** The parts of a set, and all of it. */
function cellsOf<Row extends Counted>(parts: readonly (readonly Row[])[]): readonly ReadonlySet<Row>[] {
  return parts.length === 0 ? [] : [...parts, parts.flat()].map((rows) => new Set(rows))
}

/** The parts of what is left over, each taken together. */
function restOf<Row extends Counted>(left: readonly Candidate<Row>[]): readonly (readonly Row[])[] {
  const [first] = left
  return first ? first.parts.map((_, part) => left.flatMap(({ parts }) => parts[part] ?? [])) : []
}

function statesOf<Row extends Counted>({ parts }: Candidate<Row>): number {
  return countStates(parts.flat())
}

export function countStates(rows: Iterable<Counted>): number {
  return new Set(Array.from(rows, ({ state }) => state)).size
}

function isLargeEnough(cell: ReadonlySet<Counted>): boolean {
  return countStates(cell) >= fewestStates
}

/** Whether taking one of two cells away from the other tells nothing of fewer States than may be told. */
function isApart(one: ReadonlySet<Counted>, other: ReadonlySet<Counted>): boolean {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one]
  const rest = new Set(Array.from(large).filter((row) => !small.has(row)))
  const isWithin = rest.size === large.size - small.size
  return !isWithin || rest.size === 0 || isLargeEnough(rest)
}
