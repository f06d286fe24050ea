import type { Locale } from '@parley/kernel'
import type { Performer } from '../src/platform/action.ts'
import { asDuty } from '../src/platform/action.ts'
import { keepDocument } from '../src/modules/library/index.ts'
import { putWaiting } from '../src/modules/library/store/waiting.ts'

type Kept = Parameters<typeof keepDocument>
export type Example = Kept[1]
export type ExampleCitation = Kept[2][number]
type Node = Example['nodes'][number]

/** One piece of an example: its text lies in the source with a line of its own. */
export interface Piece {
  readonly kind: Node['kind']
  readonly address: string
  readonly text: string
  readonly label?: string
  /** The address of what holds it; the document itself, where none is said. */
  readonly in?: string
  readonly notes?: readonly string[]
}

/** A structured document made by hand: every character of its source lies in one span of one node. */
export function exampleDocument(
  manifest: Example['manifest'],
  pieces: readonly Piece[],
  { title = 'An example', share = 0 }: { readonly title?: string; readonly share?: number } = {},
): Example {
  const positions = new Map(pieces.map(({ address }, index) => [address, index + 1]))
  let end = 0
  const nodes = pieces.map((piece, index): Node => {
    const start = end
    end = start + piece.text.length + 1
    const { kind, address, text, label = null, notes = [] } = piece
    const parent = positions.get(piece.in ?? '') ?? 0
    return { position: index + 1, parent, kind, label, address, spans: [{ start, end }], text, notes }
  })
  const document: Node = {
    position: 0,
    parent: null,
    kind: 'document',
    label: null,
    address: '',
    spans: [],
    text: '',
    notes: [],
  }
  const source = pieces.map(({ text }) => `${text}\n`).join('')
  const words = source.split(/\s+/u).length
  const damage = { words, broken: Math.round(words * share), share, isDamaged: share > 0.1 }
  return { manifest, source, title, nodes: [document, ...nodes], damage, doubts: [] }
}

/** What a paragraph of an example names: the symbol as it is printed there. */
export function cites(
  { nodes, source }: Example,
  address: string,
  symbol: string,
  place: string | null = null,
): ExampleCitation {
  const node = nodes.find((each) => each.address === address)
  const [span] = node?.spans ?? []
  if (!node || !span) throw new Error(`nothing stands at ${address}`)
  const start = Math.max(span.start, source.indexOf(symbol, span.start))
  return {
    position: node.position,
    span: { start, end: start + symbol.length },
    printed: symbol,
    symbol,
    place,
  }
}

export async function keepExample(
  performer: Performer,
  now: Date,
  document: Example,
  citations: readonly ExampleCitation[] = [],
): Promise<void> {
  const kept = await performer.perform(asDuty('library', now), (scope) =>
    keepDocument(scope, document, citations),
  )
  if (!kept.ok) throw new Error(kept.refusal.code)
}

/** As cited by whoever asks for the permanent address. */
export const exampleSymbol = 'A/900/1'

const words: Readonly<Partial<Record<Locale, string>>> = {
  ar: 'تلاحظ الدول أهمية تبادل المعلومات في الوقت المناسب وتشجع على مواصلة الحوار بين الأطراف المعنية',
  zh: '各国注意到及时交流信息的重要性，并鼓励有关各方继续开展对话',
  en: 'States note the importance of a timely exchange of information and encourage a continued dialogue',
}

/** A report as long as real ones, in a language: two parts, an annex with sections, notes below paragraphs. */
export function longReport(language: Locale, symbol = exampleSymbol): Example {
  const sentence = words[language] ?? words.en ?? ''
  const paragraph = (number: number) =>
    Array.from({ length: 8 }, (_, turn) => shuffled(sentence, number * 31 + turn * 7)).join(' ')
  const sections = ['A', 'B', 'C', 'D'].flatMap((letter, section): readonly Piece[] => [
    {
      kind: 'section',
      address: `annex/${letter}`,
      label: letter,
      text: `${letter}. ${sentence}`,
      in: 'annex',
    },
    ...Array.from({ length: 10 }, (_, index): readonly Piece[] => {
      const number = section * 10 + index + 1
      return [
        {
          kind: 'paragraph',
          address: `annex/${number}`,
          label: String(number),
          text: paragraph(number),
          in: `annex/${letter}`,
          notes: [`annex/fn/${number}`],
        },
        {
          kind: 'footnote',
          address: `annex/fn/${number}`,
          label: String(number),
          text: `A/900/${number}`,
          in: 'annex',
        },
      ]
    }).flat(),
  ])
  const main = Array.from({ length: 6 }, (_, index): Piece => {
    const number = String(index + 1)
    return { kind: 'paragraph', address: number, label: number, text: paragraph(100 + index), in: 'part-1' }
  })
  return exampleDocument(
    { symbol, language, kind: 'report', dated: '2023-08-01' },
    [
      { kind: 'cover', address: 'cover-1', text: symbol },
      { kind: 'part', address: 'part-1', label: '1', text: sentence },
      ...main,
      { kind: 'furniture', address: 'furniture-1', text: '23-00001' },
      { kind: 'annex', address: 'annex', text: sentence },
      ...sections,
    ],
    { title: sentence },
  )
}

/** The same words in another order, so that a page does not compress to nothing. */
function shuffled(sentence: string, seed: number): string {
  const parts = sentence.includes(' ') ? sentence.split(' ') : Array.from(sentence)
  const keyed = parts.map((part, index) => ({ part, key: (seed * (index + 13) * 7919) % 10_007 }))
  const glue = sentence.includes(' ') ? ' ' : ''
  return keyed
    .sort((one, other) => one.key - other.key)
    .map(({ part, key }) => (key % 5 === 0 ? `${part} ${key}` : part))
    .join(glue)
}

/** A long report in Arabic, a resolution that recalls it, and one that waits to be kept, as pages and tables of the library need them. */
export async function keepExamples(performer: Performer, now: Date): Promise<void> {
  await keepExample(performer, now, longReport('ar'))
  await performer.database.transaction({ role: 'worker' }, (tx) =>
    putWaiting(tx, now, {
      file: 'waiting.txt',
      manifest: { symbol: 'A/900/9', language: 'ar', kind: 'report' },
      source: 'تقرير الفريق\n\n1 - اجتمع الفريق.\n',
      doubts: [{ code: 'library/doubt-date', at: 0, printed: 'تقرير الفريق' }],
      remarks: [],
    }),
  )
  const resolution = exampleDocument(
    { symbol: 'A/RES/900/2', language: 'en', kind: 'resolution', dated: '2023-12-04' },
    [
      { kind: 'cover', address: 'cover-1', text: '900/2. Exchange of information' },
      { kind: 'heading', address: 'opening', text: 'The General Assembly,' },
      { kind: 'preamble', address: 'pp/1', label: '1', text: `Recalling the report ${exampleSymbol},` },
      { kind: 'operative', address: 'op/1', label: '1', text: `Requests more, as ${exampleSymbol} says.` },
    ],
    { title: 'Exchange of information' },
  )
  await keepExample(performer, now, resolution, [
    cites(resolution, 'pp/1', exampleSymbol),
    cites(resolution, 'op/1', exampleSymbol, 'annex/12'),
  ])
  await keepExample(performer, now, stepsReport('en', earlierSteps, 'Trust'))
  await keepExample(performer, now, stepsReport('en', laterSteps, 'Trust', earlierSteps))
}

/** As cited by whoever follows what reports ask for. */
export const earlierSteps = 'A/900/3'
const laterSteps = 'A/901/3'
export const exampleStep = `${earlierSteps}/annex/A/step-2`

/** A report that recommends two next steps; where it names an earlier one, its first carries on the second of that. */
export function stepsReport(language: Locale, symbol: string, section: string, carriedOn?: string): Example {
  const note = `${carriedOn}, section on ${section}, recommended next steps, para. 2.`
  const dated = carriedOn === undefined ? '2022-08-01' : '2023-08-01'
  return exampleDocument({ symbol, language, kind: 'report', dated }, [
    { kind: 'annex', address: 'annex', text: 'Progress report' },
    { kind: 'section', address: 'annex/A', label: 'A', text: `A. ${section}`, in: 'annex' },
    { kind: 'heading', address: 'annex/A/heading', text: 'Recommended next steps', in: 'annex/A' },
    {
      kind: 'step',
      address: 'annex/A/step-1',
      label: '1',
      text: 'States continue exchanging views at the sixth and seventh sessions.',
      in: 'annex/A',
      notes: carriedOn === undefined ? [] : ['annex/fn/1'],
    },
    {
      kind: 'step',
      address: 'annex/A/step-2',
      label: '2',
      text: 'The Chair is requested to convene a meeting by 31 March 2025.',
      in: 'annex/A',
    },
    ...(carriedOn === undefined
      ? []
      : [{ kind: 'footnote' as const, address: 'annex/fn/1', label: '1', text: note, in: 'annex' }]),
  ])
}
