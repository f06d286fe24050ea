import { canonical, writeCell } from '@parley/kernel'
import type { HandedCase, HandedLine, HandOut } from './hand-out.ts'

/** What stands above everything that leaves the Desk. */
function markingOf({ recipient }: HandOut): string {
  return recipient.kind
}

/** As a file for other programs (canonical JSON, RFC 8785). */
export function handOutJson(handOut: HandOut): string {
  const { recipient, at, by, cases } = handOut
  const plain = { parley: 'hand-out', version: 1, marking: markingOf(handOut), recipient, at, by, cases }
  return canonical(JSON.parse(JSON.stringify(plain)))
}

type Column = readonly [name: string, cell: (of: HandedCase, line: HandedLine) => string | number | undefined]

/** What a line says under a name that stands in a column of its own. */
function said(name: string): Column {
  return [name, (_, { content }) => textOf(content[name])]
}

const ownColumns = ['side', 'channel', 'tlp', 'text']

const columns: readonly Column[] = [
  ['reference', ({ reference }) => reference],
  ['title', ({ title }) => title],
  ['state', ({ counterpart }) => counterpart.state],
  ['kind', ({ counterpart }) => counterpart.kind],
  ['entity', ({ counterpart }) => counterpart.entity],
  ['nature', ({ nature }) => nature],
  ['line', (_, { number }) => number],
  ['at', (_, { at }) => at.toISOString()],
  ['by', (_, { by }) => by],
  ['what', (_, { what }) => what],
  ...ownColumns.map(said),
  ['more', (_, { content }) => more(content)],
  ['attachments', (_, { files }) => files.map(({ name, sha }) => `${name} (SHA-256 ${sha})`).join('\n')],
]

/** As a file for spreadsheets (RFC 4180, UTF-8); the names of the columns are the program's, in no language. */
export function handOutCsv(handOut: HandOut): string {
  const marking = markingOf(handOut)
  const rows = handOut.cases.flatMap((each) =>
    each.lines.map((line) => [marking, ...columns.map(([, cell]) => cell(each, line))]),
  )
  const head = ['marking', ...columns.map(([name]) => name)]
  const lines = [head, ...rows].map((cells) => cells.map((cell) => writeCell(`${cell ?? ''}`)).join(','))
  // The byte order mark is for spreadsheets.
  return `\ufeff${lines.map((line) => `${line}\r\n`).join('')}`
}

/** Whatever else a line says, name by name; the machine part of a message says what its text does. */
function more(content: HandedLine['content']): string {
  return Object.entries(content)
    .filter(([name, value]) => value !== undefined && name !== 'message' && !ownColumns.includes(name))
    .map(([name, value]) => `${name}: ${textOf(value)}`)
    .join('\n')
}

function textOf(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
