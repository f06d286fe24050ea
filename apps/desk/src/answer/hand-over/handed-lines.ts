import type { Json } from '@parley/kernel'
import type { Content, KnownLine, Line, What } from '../../record/events.ts'

/**
 * POC-20: the lines of a case that go to the other office of the State, and that a Desk takes from one. POC-22: what was
 * brought to higher officials is not among them; nor is anything of users, duty or the record itself, which are each
 * Desk's own.
 */
const handed: ReadonlySet<string> = new Set<What>([
  'case.opened',
  'case.described',
  'case.clarified',
  'case.acknowledged',
  'case.answered',
  'case.estimated',
  'case.timed',
  'case.led',
  'case.referenced',
  'case.closed',
  'case.reopened',
  'message.sent',
  'message.received',
  'exchange.noted',
  'channel.proposed',
  'channel.agreed',
  'channel.declined',
  'consent.given',
  'consent.withdrawn',
  'note.written',
])

export function isHanded(what: string): boolean {
  return handed.has(what)
}

/** The one that opened the case first, then all others in their order. */
export function handedLines(lines: readonly Line[]): readonly KnownLine[] {
  const known = lines.filter((line) => line.known).filter(({ what }) => isHanded(what))
  const [openings, others] = [true, false].map((isOpening) =>
    known.filter(({ what }) => (what === 'case.opened') === isOpening),
  )
  return [...(openings ?? []).slice(0, 1), ...(others ?? [])]
}

/** Whether a line names others by their numbers. */
export function namesLines({ what, content }: { readonly what: string; readonly content: Json }): boolean {
  return (
    what === 'consent.withdrawn' || (what === 'consent.given' && asMembers(content)?.['lines'] !== undefined)
  )
}

/** Consents name lines: the same ones by the numbers that they have elsewhere. A line that is not there is line 0. */
export function renumbered(what: string, content: Json, numberOf: (n: number) => number | undefined): Json {
  const said = asMembers(content)
  if (!said) return content
  const number = (n: unknown) => (typeof n === 'number' ? (numberOf(n) ?? 0) : 0)
  if (what === 'consent.given' && Array.isArray(said['lines']))
    return { ...said, lines: said['lines'].map(number) } satisfies Partial<Content<'consent.given'>>
  // Before it went out it stood in a line that is not handed over.
  if (what === 'message.sent')
    return Object.fromEntries(Object.entries(said).filter(([name]) => name !== 'leaving'))
  if (what === 'consent.withdrawn') return { ...said, consent: number(said['consent']) }
  return content
}

function asMembers(content: Json): Readonly<Record<string, Json>> | undefined {
  return typeof content === 'object' && content !== null && !Array.isArray(content)
    ? Object.fromEntries(Object.entries(content))
    : undefined
}
