import type { DocumentNode, NodeKind } from '../structured-document.ts'
import type { Piece } from './report-pieces.ts'

/** How deep a kind stands: what begins closes all that stand as deep or deeper; what is not named closes nothing. */
const depths: Partial<Record<NodeKind, number>> = {
  annex: 1,
  appendix: 2,
  part: 2,
  section: 3,
  heading: 4,
  measure: 4,
  paragraph: 5,
  step: 5,
  principle: 5,
  'working-paper': 5,
  'agenda-item': 6,
  'sub-paragraph': 7,
  'sub-item': 8,
}
/** What letters and items stand below, also where a heading parts them from it. */
const holders: Readonly<Partial<Record<NodeKind, readonly NodeKind[]>>> = {
  'sub-paragraph': ['paragraph', 'step', 'agenda-item', 'measure'],
  'sub-item': ['sub-paragraph', 'paragraph', 'step', 'agenda-item', 'measure'],
  bullet: ['sub-item', 'sub-paragraph', 'paragraph', 'step', 'agenda-item', 'measure'],
  'agenda-item': ['paragraph'],
}

const sourced: readonly NodeKind[] = ['sub-paragraph', 'measure']
const inAnnex: readonly NodeKind[] = ['footnote', 'note', 'furniture', 'cover', 'heading']

interface Placed {
  readonly piece: Piece
  readonly position: number
  readonly parent: number
  readonly address: string
}

/** Gives the pieces of a report their parents and addresses, and the document that holds them. */
export function toNodes(
  pieces: readonly Piece[],
  referencesIn: (text: string) => readonly string[],
): readonly DocumentNode[] {
  const placed = place(pieces)
  const taken = new Map(placed.map((each) => [each.address, each] as const))
  const nodes = placed.map(({ piece, position, parent, address }): DocumentNode => {
    const { kind, label, spans, text } = piece
    const prefix = prefixOf(address)
    const referred = kind === 'footnote' ? [] : referencesIn(text).map((each) => `${prefix}fn/${each}`)
    return {
      position,
      parent,
      kind,
      label,
      address,
      spans,
      text,
      notes: referred.filter((each) => taken.has(each)),
    }
  })
  const document = { position: 0, parent: null, kind: 'document', label: null, address: '' } as const
  return [{ ...document, spans: [], text: '', notes: [] }, ...nodes]
}

function place(pieces: readonly Piece[]): readonly Placed[] {
  const placed: Placed[] = []
  const counts = new Map<string, number>()
  const taken = new Set<string>()
  let stack: readonly Placed[] = []
  let procedure = 0
  const numbered = (name: string) => {
    let count = counts.get(name) ?? 0
    do count += 1
    while (taken.has(`${name}-${count}`))
    counts.set(name, count)
    return `${name}-${count}`
  }
  for (const [index, piece] of pieces.entries()) {
    const { kind, label, role } = piece
    const depth = depths[kind]
    if (depth !== undefined) stack = stack.filter((each) => (depths[each.piece.kind] ?? 9) < depth)
    const annex = stack.findLast((each) => each.piece.kind === 'annex')
    const section = stack.findLast((each) => ['section', 'part'].includes(each.piece.kind))
    const holder = holderOf(kind, role, placed)
    if (kind === 'appendix' || kind === 'annex') procedure = 0
    if (role === 'procedure' && label === '1') procedure += 1
    const above = addressBelow(holder ?? annex)
    const wanted = wantedAddress(piece, { above, section: addressBelow(section ?? annex), procedure })
    const isTaken = wanted === undefined || taken.has(wanted)
    const address = isTaken ? numbered(wanted ?? `${above}${role === 'text' ? 'text' : kind}`) : wanted
    const top = inAnnex.includes(kind) && depth === undefined ? annex : stack.at(-1)
    const next = { piece, position: index + 1, parent: (holder ?? top)?.position ?? 0, address }
    taken.add(address)
    placed.push(next)
    if (depth !== undefined && role !== 'text') stack = [...stack, next]
  }
  return placed
}

/** What readers cite; what nobody cites is counted. */
function wantedAddress(
  { kind, label, role }: Piece,
  at: { readonly above: string; readonly section: string; readonly procedure: number },
): string | undefined {
  if (role === 'title') return 'title'
  if (role === 'next-steps') return `${at.section}next-steps`
  if (role === 'source') return `${at.above}source`
  if (role === 'procedure') return `${at.above}procedure-${at.procedure}/step-${label}`
  if (kind === 'annex') return label === null ? kind : `${kind}-${label}`
  if (kind === 'appendix') return `${at.above}${kind}`
  if (label === null) return undefined
  if (kind === 'section') return `${at.section}${label}`
  if (kind === 'footnote') return `${at.above}fn/${label}`
  if (kind === 'step') return `${at.section}step-${label}`
  if (kind === 'working-paper' || kind === 'paragraph') return `${at.above}${label}`
  if (kind === 'agenda-item') return `${at.above}item-${label}`
  if (kind === 'sub-paragraph' || kind === 'sub-item') return `${at.above}${label}`
  return `${at.above}${kind}-${label}`
}

function holderOf(kind: NodeKind, role: Piece['role'], placed: readonly Placed[]): Placed | undefined {
  const kinds = role === 'source' ? sourced : holders[kind]
  if (!kinds) return undefined
  const held = placed.findLast(
    ({ piece }) => piece.kind === 'annex' || (kinds.includes(piece.kind) && piece.role !== 'text'),
  )
  return held?.piece.kind === 'annex' ? undefined : held
}

function addressBelow(placed: Placed | undefined): string {
  return placed ? `${placed.address}/` : ''
}

/** `annex-A/` of what stands in Annex A. */
function prefixOf(address: string): string {
  return /^annex(?:-[A-Z]+)?(?=\/|$)/u.exec(address)?.[0].concat('/') ?? ''
}
