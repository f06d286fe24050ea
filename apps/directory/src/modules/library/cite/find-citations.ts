import type { Citation, DocumentNode, Span, StructuredDocument } from '../structured-document.ts'
import { findSymbols, printedOrder } from './find-symbols.ts'
import { sessionOfSymbol } from './sessions.ts'

/** What a document cites, node by node; its own symbol among them, where it prints it. */
export function findCitations(document: StructuredDocument): readonly Citation[] {
  const { manifest, source, nodes, damage } = document
  const session = sessionOfSymbol(manifest.symbol)
  const options = {
    language: manifest.language,
    isDamaged: damage.isDamaged,
    ...(session !== undefined && { session }),
  }
  const order = printedOrder(source, options)
  return nodes.flatMap((node) => {
    const text = node.spans.map(({ start, end }) => source.slice(start, end)).join('')
    return findSymbols(text, { ...options, order }).map(({ start, end, symbol, place }) => {
      const span = inSource(node, start, end)
      return { position: node.position, span, printed: source.slice(span.start, span.end), symbol, place }
    })
  })
}

/** A page break may cut a node: what goes on beyond it is told up to the break. */
function inSource(node: DocumentNode, start: number, end: number): Span {
  let before = 0
  for (const span of node.spans) {
    const length = span.end - span.start
    if (start < before + length)
      return { start: span.start + start - before, end: Math.min(span.end, span.start + end - before) }
    before += length
  }
  throw new Error('a symbol beyond its node')
}
