import type { DocumentNode, StructuredDocument } from '../structured-document.ts'

/** A short resolution with a note, signs that XML reserves, and what a page prints around its text. */
export function resolutionWithNote(): StructuredDocument {
  const pieces: readonly (readonly [
    DocumentNode['kind'],
    string | null,
    string,
    string,
    readonly string[],
  ])[] = [
    ['preamble', null, 'pp/1', 'Recalling its resolution 75/240 of 31 December 2020,', []],
    ['operative', '1', 'op/1', 'Welcomes the report,\f and peace & <b>security</b>:', ['fn/1']],
    ['sub-paragraph', 'a', 'op/1/a', 'As set out in A/77/275, para. 8;', []],
    ['footnote', '1', 'fn/1', 'A/77/275.', []],
    ['furniture', null, 'furniture-1', '22-12352 7/16', []],
    ['closing', null, 'closing', '46th plenary meeting', []],
  ]
  let at = 0
  const nodes = pieces.map(([kind, label, address, text, notes], position): DocumentNode => {
    const start = at
    at += text.length + 1
    const parent = kind === 'sub-paragraph' ? position : 0
    const spans = [{ start, end: at }]
    return { position: position + 1, parent, kind, label, address, spans, text, notes }
  })
  const root: DocumentNode = {
    position: 0,
    parent: null,
    kind: 'document',
    label: null,
    address: '',
    spans: [],
    text: '',
    notes: [],
  }
  return {
    manifest: { symbol: 'A/RES/77/36', language: 'en', kind: 'resolution', dated: '2022-12-07' },
    source: pieces.map(([, , , text]) => `${text}\n`).join(''),
    title: 'Developments in the field of information & telecommunications',
    nodes: [root, ...nodes],
    damage: { words: 30, broken: 0, share: 0, isDamaged: false },
    doubts: [],
  }
}
