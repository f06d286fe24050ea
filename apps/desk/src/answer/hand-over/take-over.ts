import { createHash } from 'node:crypto'
import { ok, refuse, type Result } from '@parley/kernel'
import type { Case } from '../../cases/case.ts'
import type { Settings } from '../../office/settings.ts'
import type { Kept } from '../../open-store.ts'
import type { KnownLine, Line } from '../../record/events.ts'
import type { Entry } from '../../record/open-record.ts'
import type { HandedLine, HandOver } from './contents.ts'
import { entryOf } from './entry-of.ts'
import { namesLines, renumbered } from './handed-lines.ts'

interface Here extends Pick<Kept, 'cases'> {
  readonly settings: Settings
  readonly isExercise: boolean
  /** Of this very Desk. */
  readonly ownKey: string
}

/** What would become of it here. */
export interface Decided {
  /** The case that it goes on with, where an earlier part of it was taken before. */
  readonly before: Case | undefined
  /** Its lines that are in that case already, by their numbers in this record. */
  readonly known: readonly number[]
}

/** Whether a case that another office handed over may be taken here, or why not. */
export function decideTakeOver(handOver: HandOver, here: Here): Result<Decided> {
  const { contents, key } = handOver
  const { state } = here.settings
  // Within the State: from one of its offices to another.
  if (state === '' || contents.to.state !== state || contents.from.state !== state)
    return refuse({ code: 'desk/hand-over-other-state', kind: 'forbidden' })
  if (key === here.ownKey) return refuse({ code: 'desk/hand-over-own', kind: 'conflict' })
  if (contents.isExercise !== here.isExercise)
    return refuse({
      code: contents.isExercise ? 'desk/hand-over-exercise' : 'desk/hand-over-real',
      kind: 'conflict',
    })
  const before = here.cases.find(caseOf(handOver))
  if (!before) return ok({ before, known: [] })
  const taken = before.lines.filter(isTaken)
  if (taken.some(({ content }) => content.handOver === contents.id))
    return refuse({ code: 'desk/hand-over-twice', kind: 'conflict' })
  const known = knownLines(handOver, before)
  const told = taken.at(-1)?.content
  const isSame = !told || (known.length >= told.lines && contents.links[told.lines - 1]?.hash === told.end)
  return isSame ? ok({ before, known }) : refuse({ code: 'desk/hand-over-differs', kind: 'conflict' })
}

/** Writes down what is new in it, as it was said there and by whom, and that it was taken. */
export async function takeOver(
  { record }: Pick<Kept, 'record'>,
  handOver: HandOver,
  { known }: Decided,
  taking: { readonly at: Date; readonly by: string },
): Promise<Result<string>> {
  const { contents, key, end, files } = handOver
  const id = caseOf(handOver)
  const numbers = [...known]
  let waiting: Entry[] = []
  const writeWaiting = async (): Promise<Result<undefined>> => {
    const [first, ...others] = waiting
    waiting = []
    if (!first) return ok(undefined)
    const written = await record.appendAll([first, ...others])
    if (!written.ok) return written
    numbers.push(...written.value.map(({ n }) => n))
    return ok(undefined)
  }
  for (const { content: line } of contents.links.slice(known.length)) {
    // What names lines is written once these have their numbers.
    const written = namesLines(line) ? await writeWaiting() : ok(undefined)
    if (!written.ok) return written
    waiting.push(
      entryOf({
        at: new Date(line.at),
        by: nameOf(line, handOver),
        case: id,
        what: line.what,
        content: renumbered(line.what, line.content, (number) => numbers[number - 1]),
        files: line.files.flatMap(({ name, sha }) => {
          const file = files.get(sha)
          return file ? [{ name, bytes: file.bytes }] : []
        }),
      }),
    )
  }
  waiting.push({
    ...taking,
    case: id,
    what: 'case.taken-over',
    content: {
      from: contents.from,
      by: contents.by,
      handOver: contents.id,
      lines: contents.links.length,
      end,
      key,
    },
  })
  const written = await writeWaiting()
  return written.ok ? ok(id) : written
}

/** Whether a Desk with this key handed a case over before. */
export function isKnownKey(lines: readonly Line[], key: string): boolean {
  return lines.filter(isTaken).some(({ content }) => content.key === key)
}

/** The same case of the same Desk is the same case here, also where taking it broke off half-way. */
function caseOf({ key, contents: { origin } }: HandOver): string {
  const hex = createHash('sha256').update(`${key} ${origin}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Lines of this record that are the first ones of the file, in their order. */
function knownLines(handOver: HandOver, { lines }: Case): readonly number[] {
  const known: number[] = []
  for (const line of lines) {
    const link = handOver.contents.links[known.length]?.content
    if (!link) break
    const isIt =
      line.what === link.what &&
      line.by === nameOf(link, handOver) &&
      line.at.getTime() === new Date(link.at).getTime()
    if (isIt) known.push(line.n)
  }
  return known
}

/** Nobody of this office said it. */
function nameOf({ by }: Pick<HandedLine, 'by'>, { contents }: HandOver): string {
  return `${by} (${contents.from.entity})`
}

function isTaken(line: Line): line is KnownLine<'case.taken-over'> {
  return line.known && line.what === 'case.taken-over'
}
