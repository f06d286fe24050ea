import type { NodeKind, Span } from '../structured-document.ts'
import { severalStates } from '../working-papers/phrases.ts'
import type { Block } from './blocks.ts'
import { letterAt } from './headings.ts'
import { readReferences, romanAt } from './labels.ts'
import { joinText, withoutMarkUp } from './mark-up.ts'
import type { Mark } from './marks.ts'
import { principleWords } from './words.ts'

/** A piece of a report in the order of the source, before it has an address and a place in the tree. */
export interface Piece {
  kind: NodeKind
  label: string | null
  /** What its kind does not tell. */
  role: 'title' | 'next-steps' | 'procedure' | 'source' | 'text' | 'inferred' | null
  readonly spans: Span[]
  text: string
}

export interface MarkedBlock extends Block {
  readonly marks: readonly Mark[]
}

const fresh = {
  part: 0,
  section: 0,
  number: 0,
  list: 0,
  step: 0,
  procedure: 0,
  letter: 0,
  item: 0,
  principle: 0,
  paper: 0,
}
const headings: readonly NodeKind[] = ['heading', 'section', 'part', 'annex', 'appendix']
const running: readonly NodeKind[] = [
  'paragraph',
  'step',
  'agenda-item',
  'sub-paragraph',
  'sub-item',
  'bullet',
  'principle',
]
/** Before the first part, and in a list of papers, nothing else is looked for. */
const ofCover: readonly Mark['is'][] = ['furniture', 'footnote', 'note', 'part', 'number']
const ofPapers: readonly Mark['is'][] = ['furniture', 'footnote', 'note', 'annex']

/**
 * Reads the blocks of a report in their order. A mark counts where it is the next of its order; a number that begins again
 * below headings begins an annex whose label is lost, below none a list.
 */
export function readPieces(blocks: readonly MarkedBlock[], isDamaged: boolean): readonly Piece[] {
  const pieces: Piece[] = []
  const annexes = blocks.flatMap(({ marks }) => marks.filter(({ is }) => is === 'annex').slice(0, 1))
  let order = { ...fresh }
  let where: 'cover' | 'main' | 'annex' = 'cover'
  let within: 'next-steps' | 'appendix' | 'papers' | 'measure' | null = null
  let open: Piece | undefined
  /** Headings since the last paragraph: the first of them may be the title of an annex. */
  let waiting: Piece[] = []
  let reference = 0
  let annexTitle = ''

  const add = ({ start, end }: Block, kind: NodeKind, text: string, more: Partial<Piece> = {}): Piece => {
    const read = withoutMarkUp(text).replace(/\s+/gu, ' ').trim()
    const piece = { kind, label: null, role: null, spans: [{ start, end }], text: read, ...more }
    pieces.push(piece)
    if (running.includes(kind)) open = piece
    else if (headings.includes(kind)) open = undefined
    if (kind === 'heading' || kind === 'section') waiting.push(piece)
    else if (kind !== 'furniture' && more.role !== 'text') waiting = []
    refer(read, kind)
    return piece
  }
  const refer = (text: string, kind: NodeKind) => {
    const last = kind === 'footnote' ? undefined : readReferences(text).at(-1)
    if (last !== undefined) reference = Number(last)
  }
  const goOn = ({ start, end, line }: Block, piece: Piece) => {
    const last = piece.spans.at(-1)
    const isOnePiece = isDamaged || piece.kind === 'working-paper'
    if (isOnePiece && last?.end === start) piece.spans.splice(-1, 1, { start: last.start, end })
    else piece.spans.push({ start, end })
    piece.text = joinText(piece.text, withoutMarkUp(line))
    refer(line, piece.kind)
  }
  const beginAnnex = (piece: Piece, label: string, isInferred: boolean) => {
    piece.kind = 'annex'
    piece.label = label === '' ? null : label
    piece.role = isInferred ? 'inferred' : null
    where = 'annex'
    within = null
    order = { ...fresh }
    annexTitle = isInferred ? piece.text : ''
  }
  const lettered = () => pieces.filter(({ kind, label }) => kind === 'annex' && label !== null).length
  /** The first whose label is lost is "the annex"; later ones take the letter after the last. */
  const beginLostAnnex = () => {
    const [title, ...others] = waiting.filter(({ role }) => role !== 'next-steps')
    const isFirst = !pieces.some(({ kind }) => kind === 'annex')
    if (title) beginAnnex(title, isFirst ? '' : letterAt(lettered() + 1), true)
    order.section = others.filter(({ kind }) => kind === 'section').length
    waiting = []
  }
  /** Whether the next annex that has its label leaves one out. */
  const isLetterMissing = () => {
    const next = annexes[pieces.filter(({ kind, role }) => kind === 'annex' && role === null).length]
    return next?.label !== undefined && /^[A-Z]$/u.test(next.label) && next.label > letterAt(lettered() + 1)
  }
  const endCover = () => {
    where = 'main'
    const last = pieces.findLastIndex(({ kind }) => kind !== 'cover')
    const [title, ...more] = pieces.splice(isDamaged ? last + 1 : Math.max(last + 1, pieces.length - 1))
    if (!title) return
    for (const { spans, text } of more) {
      title.spans.push(...spans)
      title.text = joinText(title.text, text)
    }
    const [first, end] = [title.spans[0], title.spans.at(-1)]
    if (first && end) title.spans.splice(0, title.spans.length, { start: first.start, end: end.end })
    pieces.push({ ...title, kind: 'heading', role: 'title' })
  }

  const takeNumber = (block: Block, { label = '', rest }: Mark): boolean => {
    const number = Number(label)
    const isFirst = number === 1
    const numbered = (kind: NodeKind, role: Piece['role'] = null) => {
      order.letter = 0
      order.item = 0
      return add(block, kind, rest, { label: String(number), role }) !== undefined
    }
    if (where === 'cover') {
      if (!isFirst) return false
      endCover()
    }
    if (order.list > 0 && number === order.list + 1) {
      order.list += 1
      return numbered('agenda-item')
    }
    if (within === 'appendix') {
      if (!isFirst && number !== order.step + 1) return false
      order.step = number
      if (isFirst) order.procedure += 1
      return numbered('step', 'procedure')
    }
    const isStep = isFirst ? waiting.every(({ role }) => role === 'next-steps') : number === order.step + 1
    if (within === 'next-steps' && isStep && (isFirst || order.step > 0)) {
      order.step = number
      return numbered('step')
    }
    const isMissed = !isDamaged && isEnded(open) && number > order.number && number <= order.number + 3
    if (number === order.number + 1 || isMissed) {
      order.number = number
      order.list = 0
      return numbered('paragraph')
    }
    if (!isFirst) return false
    if (waiting.length > 0) {
      beginLostAnnex()
      order.number = 1
      return numbered('paragraph')
    }
    order.list = 1
    return numbered('agenda-item')
  }

  const takeLetter = (block: MarkedBlock, { places = [], rest }: Mark): boolean => {
    const expected = order.letter + 1
    const item = block.marks.find(({ is }) => is === 'item')
    if (isDamaged && within === 'next-steps') return false
    if (!places.includes(expected)) {
      if (isDamaged || !isEnded(open) || item?.places?.includes(order.item + 1)) return false
    }
    order.letter = places.includes(expected) ? expected : (places[0] ?? expected)
    order.item = 0
    add(block, 'sub-paragraph', rest, { label: letterAt(order.letter).toLowerCase() })
    return true
  }

  const take = (block: MarkedBlock, mark: Mark): boolean => {
    const { is, label = null, places = [], rest } = mark
    const allowed = where === 'cover' ? ofCover : within === 'papers' ? ofPapers : undefined
    if (allowed && !allowed.includes(is)) return false
    if (is === 'number') return takeNumber(block, mark)
    if (is === 'letter') return takeLetter(block, mark)
    if (is === 'furniture' || is === 'note') add(block, is, rest)
    else if (is === 'footnote') add(block, is, rest, { label })
    else if (is === 'annex') beginAnnex(add(block, is, rest), label ?? '', false)
    else if (is === 'part') {
      if (!places.includes(order.part + 1)) return false
      if (where === 'cover') endCover()
      order = { ...order, part: order.part + 1, section: 0, list: 0 }
      within = null
      add(block, is, rest, { label: String(order.part) })
    } else if (is === 'section') {
      const isNext = places.includes(order.section + 1)
      if (!isNext && !(places.includes(1) && waiting.length > 0)) return false
      order = { ...order, section: isNext ? order.section + 1 : 1, list: 0 }
      within = null
      add(block, is, rest, { label: letterAt(order.section) })
    } else if (is === 'next-steps') {
      order.step = 0
      within = is
      add(block, 'heading', rest, { role: is })
    } else if (where !== 'annex' && ['appendix', 'papers', 'measure', 'source'].includes(is)) return false
    else if (is === 'appendix' || is === 'papers') {
      if (is === 'appendix' && !isEnded(open)) return false
      add(block, is === 'papers' ? 'heading' : is, rest)
      order = { ...order, step: 0, procedure: 0 }
      within = is
    } else if (is === 'measure') {
      order = { ...order, letter: 0, item: 0 }
      within = is
      add(block, is, rest, { label })
      open = undefined
    } else if (is === 'source') {
      if (within !== 'measure') return false
      add(block, 'other', rest, { role: is })
    } else if (is === 'item') {
      const place = places.find((each) => each === order.item + 1 || (each === 1 && !isDamaged))
      if (place === undefined) return false
      order.item = place
      add(block, 'sub-item', rest, { label: romanAt(place) })
    } else {
      const isPrinciple = where === 'annex' && order.number === 0 && isOfPrinciples(annexTitle)
      if (isPrinciple) order.principle += 1
      if (isPrinciple) add(block, 'principle', rest, { label: String(order.principle) })
      else add(block, 'bullet', rest)
    }
    return true
  }

  const takeUnmarked = (block: Block) => {
    const { line } = block
    const paper = pieces.findLast(({ kind }) => kind === 'working-paper')
    if (where === 'cover') add(block, 'cover', line)
    else if (within === 'papers') {
      if (paper && severalStates.some((words) => line.startsWith(words))) return goOn(block, paper)
      order.paper += 1
      add(block, 'working-paper', line, { label: String(order.paper) })
    } else if (open && (isDamaged || !isEnded(open))) goOn(block, open)
    else if (!isDamaged && isEnded({ text: line })) add(block, 'paragraph', line, { role: 'text' })
    else {
      const [first] = readReferences(line)
      const isRestart = where === 'annex' && first !== undefined && Number(first) <= reference
      const { text } = add(block, 'heading', line)
      if (annexTitle === '') annexTitle = text
      if (isRestart && isLetterMissing()) beginLostAnnex()
    }
  }
  for (const block of blocks) if (!block.marks.some((mark) => take(block, mark))) takeUnmarked(block)
  return pieces
}

/** Ends as a sentence or an item does; references, quotation marks and a last "and" may follow. */
function isEnded(piece: Pick<Piece, 'text'> | undefined): boolean {
  if (!piece) return true
  const printed = piece.text
    .replace(/[;؛；]\s+(?:و|and|et|y|e|и)$/u, ';')
    .replace(/["”“»'’)\]\s⁽⁾⁰¹²³⁴-⁹]+$/u, '')
  return /[.;؛；。:：!?؟…]$/u.test(printed)
}

function isOfPrinciples(title: string): boolean {
  const words = title.toLowerCase()
  return principleWords.some((word) => words.includes(word.toLowerCase()))
}
