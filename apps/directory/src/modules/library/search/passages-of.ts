import {
  type Citation,
  type DocumentNode,
  headingKinds,
  type StructuredDocument,
} from '../structured-document.ts'
import { unshownKinds } from '../store/pages.ts'
import { impactOf, ofDamagedWord, ofHeading, ofNote } from './impact.ts'
import { damagedToken } from './words/damaged-words.ts'
import { tokensOfSymbol } from './words/symbol-tokens.ts'
import { type Word, wordsIn } from './words/words-in.ts'

/** What a search compares of one paragraph. */
export interface Passage {
  readonly position: number
  /** All its words in order, between spaces: phrases are looked for in them. */
  readonly words: string
  readonly impacts: ReadonlyMap<string, number>
}

/** A longer word is a mistake of the file; nobody types it. */
const longestToken = 60

/** The passages of a document: every node whose text readers see. */
export function passagesOf(
  { manifest, nodes, damage }: StructuredDocument,
  citations: readonly Citation[],
): readonly Passage[] {
  const shown = nodes.filter(({ kind, text }) => text !== '' && !unshownKinds.includes(kind))
  const words = new Map(shown.map((node) => [node.position, wordsIn(node.text, manifest.language)]))
  const cited = Map.groupBy(citations, ({ position }) => position)
  const citedAt = (position: number) => (cited.get(position) ?? []).map(({ symbol }) => symbol)
  const positions = new Map(nodes.map(({ address, position }) => [address, position]))
  return shown.map((node, index) => {
    const own = words.get(node.position) ?? []
    const symbols = [...citedAt(node.position), ...(index === 0 ? [manifest.symbol] : [])]
    // What its notes cite, a paragraph cites as well.
    const inNotes = node.notes.flatMap((note) => citedAt(positions.get(note) ?? -1))
    const over = headingsOver(node, nodes).flatMap(({ position }) => words.get(position) ?? [])
    return {
      position: node.position,
      words: ` ${own.map(({ token }) => token).join(' ')} `,
      impacts: impactsOf(node, own, { over, symbols, inNotes, isDamaged: damage.isDamaged }),
    }
  })
}

interface Around {
  /** Words of the headings that it stands below. */
  readonly over: readonly Word[]
  readonly symbols: readonly string[]
  readonly inNotes: readonly string[]
  readonly isDamaged: boolean
}

function impactsOf(
  { kind }: DocumentNode,
  own: readonly Word[],
  { over, symbols, inNotes, isDamaged }: Around,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { token } of own.filter(isTelling)) counts.set(token, (counts.get(token) ?? 0) + 1)
  if (isDamaged)
    for (const { whole } of own.filter(isTelling)) {
      const token = damagedToken(whole)
      if (token !== undefined) counts.set(token, ofDamagedWord)
    }
  for (const { token } of over.filter(isTelling)) if (!counts.has(token)) counts.set(token, ofHeading)
  for (const token of symbols.flatMap(tokensOfSymbol)) counts.set(token, (counts.get(token) ?? 0) + 1)
  for (const token of inNotes.flatMap(tokensOfSymbol)) if (!counts.has(token)) counts.set(token, ofNote)
  return new Map([...counts].map(([token, count]) => [token, impactOf(count, own.length, kind)]))
}

function isTelling({ token, isSmall }: Word): boolean {
  return !isSmall && token.length <= longestToken
}

function headingsOver({ parent }: DocumentNode, nodes: readonly DocumentNode[]): readonly DocumentNode[] {
  const above = parent === null ? undefined : nodes[parent]
  if (!above) return []
  const further = headingsOver(above, nodes)
  return headingKinds.includes(above.kind) ? [above, ...further] : further
}
