import { describe, expect, test } from 'vitest'
import { areSourcesThere, sourceTexts } from '../../../../test/source-documents.ts'
import type { Manifest } from '../structured-document.ts'
import { countStructure, stepsBySection } from './count-structure.fixture.ts'
import { recogniseDocument } from './recognise-document.ts'

const sources = areSourcesThere ? sourceTexts() : []

interface Expected {
  readonly manifest: Manifest
  /** Told by its own words: nothing here depends on the name of a file. */
  readonly isIn: (source: string) => boolean
  /** Inventory 19.1, 19.4 and 19.8. A careful reading of the sources found nothing to change in these rows. */
  readonly counts: Readonly<Record<string, number>>
  /** Nodes of two spans: paragraphs that a page break cuts (inventory 19.4). */
  readonly cut: string
}

const documents: readonly Expected[] = [
  {
    manifest: { symbol: 'A/RES/77/36', language: 'ar', kind: 'resolution' },
    isIn: (source) => source.includes('\n36/77 - '),
    counts: { preamble: 8, operative: 7, 'footnote references': 2, footnote: 2 },
    cut: '',
  },
  {
    manifest: { symbol: 'A/C.1/77/L.23/Rev.1', language: 'zh', kind: 'draft-resolution' },
    isIn: (source) => source.includes('订正决议草案'),
    counts: { preamble: 8, operative: 7, 'footnote references': 2, footnote: 2, note: 1, sponsors: 16 },
    cut: '',
  },
  {
    manifest: { symbol: 'A/RES/78/132', language: 'ar', kind: 'resolution' },
    isIn: (source) => source.includes('\n132/78 - '),
    counts: { preamble: 56, operative: 59, 'footnote references': 19, footnote: 14 },
    cut: 'pp/3 pp/9 pp/15 pp/29 op/3 op/11 op/26 op/31 op/39 op/44 op/51 op/58',
  },
  {
    manifest: { symbol: 'A/78/265', language: 'ar', kind: 'report' },
    isIn: (source) => source.includes('المرفق دال\n'),
    counts: {
      'main paragraphs': 16,
      'annex paragraphs': 60,
      'Annex A paragraphs': 16,
      lettered: 78,
      'lettered in the annex': 39,
      'lettered in Annex A': 26,
      'lettered in Annex B': 13,
      'next steps': 29,
      'steps of procedures': 7,
      measure: 4,
      'sources of measures': 12,
      principle: 10,
      'working-paper': 81,
      'footnote references': 44,
      footnote: 44,
      note: 2,
    },
    cut:
      'annex/3 annex/25 annex/29/a annex/33 annex/43/a annex/43/g annex/46 annex/52/a ' +
      'annex-A/9 annex-A/10/b annex-B/measure-3/c',
  },
  {
    manifest: { symbol: 'A/77/275', language: 'ar', kind: 'report' },
    isIn: (source) => source.includes('undocs.org/ar/A/AC.292/2022/CRP.1'),
    counts: {
      'main paragraphs': 17,
      'annex paragraphs': 18,
      lettered: 24,
      'agenda-item': 8,
      'lettered in the agenda': 7,
      bullet: 9,
      'sub-item': 4,
      'next steps': 20,
      'footnote references': 28,
      footnote: 9,
      note: 2,
    },
    // Notes, links and the foot of a page stand within these; the inventory counts none in this document.
    cut: 'annex/7 annex/14/c/i annex/C/step-2 annex/15/b/ii annex/16/a annex/E/step-4',
  },
]

const looks: Readonly<Record<string, (source: string) => string>> = {
  'as it is': (source) => source,
  CRLF: (source) => source.replaceAll('\n', '\r\n'),
  'trailing spaces': (source) => source.replaceAll('\n', '  \n'),
  'blank lines doubled': (source) => source.replaceAll('\n\n', '\n\n\n'),
}

describe.runIf(areSourcesThere).each(documents)('$manifest.symbol', ({ manifest, isIn, counts, cut }) => {
  const source = sources.find(isIn) ?? ''
  const recognise = (text: string) => recogniseDocument(text, manifest)

  test('CAP-12, OEW-12: what a reader counts comes out, however its lines end', () => {
    const found = Object.entries(looks).map(([look, change]) => ({
      look,
      counts: countStructure(recognise(change(source)).nodes, counts),
    }))
    console.table(
      Object.entries(counts).map(([what, expected]) => ({
        document: manifest.symbol,
        what,
        expected,
        ...Object.fromEntries(found.map((each) => [each.look, each.counts[what]])),
      })),
    )
    for (const { look, counts: each } of found) expect({ look, ...each }).toEqual({ look, ...counts })
  })

  test('CAP-12: a paragraph that a page break cuts is one node of two spans', () => {
    const { nodes } = recognise(source)
    const several = nodes.filter(({ spans }) => spans.length > 1)
    expect(several.map(({ address }) => address).join(' ')).toBe(cut)
    expect(several.filter(({ spans }) => spans.length !== 2)).toEqual([])
  })

  test('CAP-12: every character is in one span of one node, and the spans in order are the source', () => {
    for (const change of Object.values(looks)) {
      const text = change(source)
      const spans = recognise(text).nodes.flatMap((node) => node.spans)
      const inOrder = spans.toSorted((one, other) => one.start - other.start)
      expect(inOrder.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text)
    }
  })

  test('CAP-12: every node has an address of its own, stands below one before it, and refers to notes there are', () => {
    const { nodes } = recognise(source)
    const addresses = new Set(nodes.map(({ address }) => address))
    expect(addresses.size).toBe(nodes.length)
    for (const { position, parent, notes } of nodes) {
      expect(position === 0 ? parent === null : parent !== null && parent < position).toBe(true)
      expect(notes.filter((note) => !addresses.has(note))).toEqual([])
    }
  })

  test('CAP-12: whether its text layer is damaged is measured, and nothing of it repaired', () => {
    const { damage, source: kept } = recognise(source)
    expect(kept).toBe(source)
    expect(damage.isDamaged).toBe(manifest.symbol === 'A/77/275')
    expect(damage.share).toBeCloseTo(damage.broken / damage.words)
    if (damage.isDamaged) expect(damage.share).toBeGreaterThan(0.3)
    else expect(damage.share).toBeLessThan(0.05)
  })
})

describe.runIf(areSourcesThere)('the next steps of reports', () => {
  test('CAP-12: they stand below their heading in each section, numbered on or from 1', () => {
    const reports = documents.filter(({ manifest }) => manifest.kind === 'report')
    const found = reports.map(({ manifest, isIn }) =>
      stepsBySection(recogniseDocument(sources.find(isIn) ?? '', manifest).nodes),
    )
    expect(found).toEqual([
      { B: 2, C: 4, D: 4, E: 5, F: 8, G: 6 },
      { B: 2, C: 3, D: 3, E: 5, F: 4, G: 3 },
    ])
  })
})
