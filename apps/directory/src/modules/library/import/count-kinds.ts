import type { DocumentNode, NodeKind } from '../structured-document.ts'

/** What a reader counts in a document; covers, headings and furniture nobody does. */
const counted = [
  'preamble',
  'operative',
  'part',
  'section',
  'annex',
  'appendix',
  'paragraph',
  'sub-paragraph',
  'sub-item',
  'step',
  'bullet',
  'agenda-item',
  'measure',
  'principle',
  'working-paper',
  'footnote',
  'note',
  'other',
] as const satisfies readonly NodeKind[]

export function countKinds(
  nodes: readonly DocumentNode[],
): readonly { readonly kind: (typeof counted)[number]; readonly count: number }[] {
  return counted
    .map((kind) => ({ kind, count: nodes.filter((node) => node.kind === kind && !isSource(node)).length }))
    .filter(({ count }) => count > 0)
}

/** Where a measure says what it was taken from: part of the measure. */
function isSource({ kind, address }: DocumentNode): boolean {
  return kind === 'other' && address.endsWith('/source')
}
