import type { StructuredDocument } from '../structured-document.ts'
import { coSponsorWords, severalStates } from './phrases.ts'
import { plain, stateAtEnd, type StateNames, statesIn } from './state-names.ts'

/** One entry of a list of working papers, as the document prints it. */
export interface WorkingPaper {
  readonly address: string
  /** Place in the list as printed, from 1. */
  readonly order: number
  readonly title: string
  /** Codes of the States that submit it, in the order printed; none where the document names none. */
  readonly submitters: readonly string[]
  readonly coSponsors: readonly string[]
  /** Printed as from several States, whether it names them or not. */
  readonly joint: boolean
  /** Printed where a State's name is expected, and the name of no State we know. */
  readonly unknown: readonly string[]
}

export function readWorkingPapers(
  { nodes, source }: Pick<StructuredDocument, 'nodes' | 'source'>,
  names: StateNames,
): readonly WorkingPaper[] {
  return nodes
    .filter(({ kind }) => kind === 'working-paper')
    .map(({ address, spans }, position) => {
      const printed = spans.map(({ start, end }) => source.slice(start, end)).join('\n')
      return { address, order: position + 1, ...readEntry(printed, names) }
    })
}

type Entry = Omit<WorkingPaper, 'address' | 'order'>

/** Title, a bracket with co-sponsors where there are some, and who submits it on the last line. */
export function readEntry(printed: string, names: StateNames): Entry {
  const lines = withoutLinks(printed)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const { title, submitters, joint, unknown } = severalIn(lines, names) ?? oneIn(lines, names)
  const bracket = coSponsorsIn(title)
  const coSponsors = statesIn(bracket?.list ?? '', names)
  return {
    title: bracket ? title.replace(bracket.printed, '').trim() : title,
    submitters,
    coSponsors: coSponsors.states,
    joint,
    unknown: [...unknown, ...coSponsors.unknown],
  }
}

type Submitted = Omit<Entry, 'coSponsors'>

function severalIn(lines: readonly string[], names: StateNames): Submitted | undefined {
  const first = lines.findLastIndex((line) =>
    severalStates.some((words) => plain(line).startsWith(plain(words))),
  )
  if (first < 1) return undefined
  const [, list = ''] = /[(（](.*)[)）]/.exec(lines.slice(first).join(' ')) ?? []
  const { states, unknown } = statesIn(list, names)
  return { title: lines.slice(0, first).join(' '), submitters: states, joint: true, unknown }
}

/** A name may take two lines; a text that lost its lines ends with it. */
function oneIn(lines: readonly string[], names: StateNames): Submitted {
  for (const last of [1, 2]) {
    const state = names.get(plain(lines.slice(-last).join(' ')))
    if (state && lines.length > last)
      return { title: lines.slice(0, -last).join(' '), submitters: [state], joint: false, unknown: [] }
  }
  const whole = lines.join(' ')
  const found = stateAtEnd(whole, names)
  if (found) return { title: found.before, submitters: [found.state], joint: false, unknown: [] }
  return {
    title: lines.slice(0, -1).join(' ') || whole,
    submitters: [],
    joint: false,
    unknown: lines.slice(1).slice(-1),
  }
}

function coSponsorsIn(title: string): { printed: string; list: string } | undefined {
  const found = [...title.matchAll(/[(（]([^:：()（）]*)[:：]([^()（）]*)[)）]/g)].find(([, head = '']) =>
    coSponsorWords.some((words) => plain(head).startsWith(plain(words))),
  )
  return found && { printed: found[0], list: found[2] ?? '' }
}

function withoutLinks(text: string): string {
  return text.replace(/\[([^\]]*)\]\(#?\)/g, '$1')
}
