import { expect, test } from 'vitest'
import { areSourcesThere, sourceTexts } from '../../../../test/source-documents.ts'
import type { DocumentNode, NodeKind } from '../structured-document.ts'
import { recogniseResolution } from './recognise-resolution.ts'

const inRow: readonly NodeKind[] = ['preamble', 'operative', 'footnote', 'note', 'sponsors']

/** Told by their own words: nothing here depends on the name of a file. */
const resolutions = [
  {
    symbol: 'A/RES/77/36',
    has: (source: string) => source.includes('\n36/77 - '),
    found: { preamble: 8, operative: 7, footnote: 2, references: 2, cut: '' },
  },
  {
    symbol: 'A/C.1/77/L.23/Rev.1',
    has: (source: string) => source.includes('订正决议草案'),
    found: { preamble: 8, operative: 7, footnote: 2, note: 1, sponsors: 1, references: 2, cut: '' },
  },
  {
    symbol: 'A/RES/78/132',
    has: (source: string) => source.includes('\n132/78 - '),
    found: {
      preamble: 56,
      operative: 59,
      footnote: 14,
      references: 19,
      // Inventory 19.4: four places in the preamble, eight in operative paragraphs.
      cut: 'pp/3 pp/9 pp/15 pp/29 op/3 op/11 op/26 op/31 op/39 op/44 op/51 op/58',
    },
  },
] as const

test.runIf(areSourcesThere).each(resolutions)(
  'CAP-12, OEW-12: the paragraphs and footnotes of $symbol come out, however its lines end',
  ({ has, found }) => {
    const printed = sourceTexts().find(has) ?? ''
    const looks = {
      'as it is': printed,
      CRLF: printed.replaceAll('\n', '\r\n'),
      'trailing spaces': printed.replaceAll('\n', '  \n'),
      'blank lines doubled': printed.replaceAll('\n\n', '\n\n\n'),
    }
    const rows = Object.entries(looks).map(([look, source]) => ({ look, ...count(source) }))
    console.table([{ look: 'expected', ...found }, ...rows])
    for (const row of rows) expect(row).toEqual({ look: row.look, ...found })
  },
)

function count(source: string) {
  const { nodes } = recogniseResolution(source)
  const counts = inRow
    .map((kind) => [kind, nodes.filter((node) => node.kind === kind).length] as const)
    .filter(([, each]) => each > 0)
  const references = nodes
    .filter(({ kind }) => kind !== 'footnote')
    .reduce((sum, { text }) => sum + (text.match(/[⁰¹²³⁴-⁹]+/gu)?.length ?? 0), 0)
  const cut = nodes.filter(({ spans }) => spans.length > 1).map(({ address }) => address)
  return { ...Object.fromEntries(counts), references, cut: cut.join(' ') }
}

test.runIf(areSourcesThere)(
  'CAP-12: every character is in one span, and the spans in order are the source',
  () => {
    for (const source of sourceTexts()) expect(textOfSpans(source)).toBe(source)
  },
)

test('CAP-12: whatever a text holds, its spans are the text', () => {
  for (const text of ['', '\n', 'A,\n', '\r\n\r\nx\r\n\u202e(1) y\n* z\n1. a;\r2. b.', '  \n\n ⁽¹⁾ '])
    expect(textOfSpans(text)).toBe(text)
})

/** What the spans hold, in their order: too much where two hold the same. */
function textOfSpans(source: string): string {
  return recogniseResolution(source)
    .nodes.flatMap(({ spans }) => spans)
    .toSorted((one, other) => one.start - other.start)
    .map(({ start, end }) => source.slice(start, end))
    .join('')
}

const small: readonly (readonly [string, string])[] = [
  [
    'en',
    'Recalling its decision,\n\nNoting\n\n(1) A/901/3.\n\nwhat was said,\n\n1. **Calls upon** all to act;¹\n\n2. **Decides** to go on.',
  ],
  [
    'fr',
    'L’Assemblée,\n\nRappelant sa décision,\n\nNotant\n\n(1) A/901/3.\n\nce qui a été dit,\n\n1. **Demande** à tous d’agir¹ ;\n\n2. **Décide** de continuer.',
  ],
  [
    'ru',
    'Ассамблея,\n\nссылаясь на своё решение,\n\nотмечая\n\n(1) A/901/3.\n\nсказанное,\n\n1. **призывает** всех действовать;¹\n\n2. **постановляет** продолжать.',
  ],
]

test.each(small)(
  'CAP-12: in %s a paragraph that a page break cuts is one, of two spans',
  (language, text) => {
    const source = `Title\n\n${language === 'en' ? 'The Assembly,\n\n' : ''}${text}\n`
    const { nodes } = recogniseResolution(source)
    const kinds = nodes.map(({ kind }: DocumentNode) => kind)
    expect(kinds.filter((kind) => kind === 'operative')).toHaveLength(2)
    expect(kinds.filter((kind) => kind === 'preamble')).toHaveLength(2)
    expect(nodes.find(({ address }) => address === 'pp/2')?.spans).toHaveLength(2)
    expect(nodes.find(({ address }) => address === 'op/1')?.notes).toEqual(['fn/1'])
  },
)
