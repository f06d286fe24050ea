import type { Manifest, StructuredDocument } from '../structured-document.ts'

/** A document whose structure nobody knows: one node, the whole text. */
export function wholeText(manifest: Manifest, source: string, isDamaged = false): StructuredDocument {
  return {
    manifest,
    source,
    title: '',
    nodes: [
      {
        position: 0,
        parent: null,
        kind: 'document',
        label: null,
        address: '',
        spans: [{ start: 0, end: source.length }],
        text: source,
        notes: [],
      },
    ],
    damage: { words: 0, broken: 0, share: 0, isDamaged },
    doubts: [],
  }
}
