import type { Citation, DocumentNode, NodeKind, StructuredDocument } from '../structured-document.ts'
import { documentUrl } from './addresses.ts'
import { element, escaped } from './xml.ts'

/** The nodes by the place that Akoma Ntoso has for them. */
export interface Body {
  readonly cover: readonly DocumentNode[]
  readonly preamble: readonly DocumentNode[]
  readonly main: readonly DocumentNode[]
  readonly closing: readonly DocumentNode[]
  readonly notes: readonly DocumentNode[]
  childrenOf(node: DocumentNode): readonly DocumentNode[]
  citationsOf(node: DocumentNode): readonly Citation[]
  noteAt(address: string): DocumentNode | undefined
}

const places = {
  cover: ['cover', 'sponsors'],
  preamble: ['preamble'],
  closing: ['closing'],
  notes: ['footnote', 'note'],
} as const satisfies Record<string, readonly NodeKind[]>

const apart: ReadonlySet<NodeKind> = new Set([...Object.values(places).flat(), 'furniture'])

export function treeOf({ nodes }: StructuredDocument, citations: readonly Citation[]): Body {
  const children = Map.groupBy(nodes, ({ parent }) => parent)
  const cites = Map.groupBy(citations, ({ position }) => position)
  const byAddress = new Map(nodes.map((node) => [node.address, node]))
  const childrenOf = (node: DocumentNode) =>
    (children.get(node.position) ?? []).filter(({ kind }) => !apart.has(kind))
  const of = (kinds: readonly NodeKind[]) => nodes.filter(({ kind }) => kinds.includes(kind))
  // Text of the document that belongs to none of its parts is a part of it.
  const main = nodes
    .filter(({ parent }) => parent === null)
    .flatMap((node) => (node.text === '' ? childrenOf(node) : [node]))
  return {
    cover: of(places.cover),
    preamble: of(places.preamble),
    main,
    closing: of(places.closing),
    notes: of(places.notes),
    childrenOf,
    citationsOf: (node) => cites.get(node.position) ?? [],
    noteAt: (address) => byAddress.get(address),
  }
}

/** Unique as the address is; without the slash, which has a meaning of its own in Akoma Ntoso. */
export function eIdOf({ address }: DocumentNode): string {
  return address === '' ? 'document' : `at_${address.replaceAll('/', '__').replace(/\s+/g, '_')}`
}

export function paragraphs(nodes: readonly DocumentNode[], body: Body): string {
  return nodes
    .filter(({ text }) => text !== '')
    .map((node) => element('p', { eId: eIdOf(node) }, inlineText(node, body)))
    .join('')
}

/** What a node reads as, each symbol a link; then the notes that it refers to. */
export function inlineText(node: DocumentNode, body: Body): string {
  const pieces: string[] = []
  let at = 0
  for (const { printed, symbol } of firstOfEach(body.citationsOf(node))) {
    const read = withoutLinks(printed)
    const found = node.text.indexOf(read, at)
    if (found === -1) continue
    pieces.push(
      escaped(node.text.slice(at, found)),
      element('ref', { href: documentUrl(symbol) }, escaped(read)),
    )
    at = found + read.length
  }
  const notes = node.notes.flatMap((address) => {
    const note = body.noteAt(address)
    const isKept = note?.kind === 'footnote' || note?.kind === 'note'
    return isKept ? [element('noteRef', { href: `#${eIdOf(note)}`, marker: note.label ?? '*' })] : []
  })
  return [...pieces, escaped(node.text.slice(at)), ...notes].join('')
}

/** One that names three paragraphs stands in the text once: the longest that begins there. */
function firstOfEach(citations: readonly Citation[]): readonly Citation[] {
  const byStart = Map.groupBy(citations, ({ span }) => span.start)
  return [...byStart.values()].flatMap((same) =>
    same.toSorted((one, other) => other.span.end - one.span.end).slice(0, 1),
  )
}

/** As the reading text has it: empty links are stripped, and lines are one. */
function withoutLinks(printed: string): string {
  return printed.replace(/\[|\]\([^)\s]*\)/g, '').replace(/\s+/g, ' ')
}
