import { plain } from '../working-papers/state-names.ts'
import type { TrackedStep } from './tracked-step.ts'

/** A paragraph of a later document, and the step that it says it carries on: by section and number. */
export interface Carrier {
  /** Of the paragraph: symbol and place. */
  readonly by: string
  readonly symbol: string
  readonly section: string
  readonly step: number
}

type Carried = Pick<TrackedStep, 'symbol' | 'address' | 'label' | 'section' | 'isDamaged'>

/** Of how many pairs of letters of a name a damaged title must have kept. */
const mostlyThere = 0.6

/** Who carries on each step, by the step's whole address. */
export function carriersOf(
  steps: readonly Carried[],
  carriers: readonly Carrier[],
): ReadonlyMap<string, readonly string[]> {
  const found = carriers.flatMap((carrier) => {
    const there = steps.filter(({ symbol }) => symbol === carrier.symbol)
    const section = sectionNamed(carrier.section, there)
    const step = there.find((each) => each.section === section && each.label === String(carrier.step))
    return step ? [{ step: `${step.symbol}/${step.address}`, by: carrier.by }] : []
  })
  const groups = Map.groupBy(found, ({ step }) => step)
  return new Map([...groups].map(([step, all]) => [step, [...new Set(all.map(({ by }) => by))]]))
}

/** The one section whose title holds the name; of a damaged text, the one that holds most of its letters. */
function sectionNamed(name: string, steps: readonly Carried[]): string | undefined {
  const wanted = pairsOf(name)
  const titles = [...new Set(steps.map(({ section }) => section))]
  const exact = titles.filter((title) => plain(title).includes(plain(name)))
  if (exact.length > 0) return exact.length === 1 ? exact[0] : undefined
  if (!steps.some(({ isDamaged }) => isDamaged)) return undefined
  const [best, next] = titles
    .map((title) => ({ title, share: shareOf(wanted, pairsOf(title)) }))
    .toSorted((one, other) => other.share - one.share)
  const isAhead = best && best.share >= mostlyThere && best.share - (next?.share ?? 0) > 0.2
  return isAhead ? best.title : undefined
}

function shareOf(wanted: ReadonlySet<string>, there: ReadonlySet<string>): number {
  return [...wanted].filter((pair) => there.has(pair)).length / Math.max(1, wanted.size)
}

function pairsOf(text: string): ReadonlySet<string> {
  const letters = Array.from(plain(text)).filter((letter) => /\p{L}/u.test(letter))
  return new Set(letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`))
}
