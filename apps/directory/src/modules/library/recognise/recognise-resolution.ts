import type { DocumentNode, NodeKind, Span } from '../structured-document.ts'
import { type Block, partIntoBlocks } from './blocks.ts'
import { isNote, readFootnote, readNumbered, readReferences } from './labels.ts'
import { joinText, withoutMarkUp } from './mark-up.ts'

/** A resolution or its draft, recognised. */
export interface RecognisedResolution {
  /** Read from the text; empty where nothing stands before the body’s own line. */
  readonly title: string
  /** In the order of the source; every character of it lies in exactly one span of one node. */
  readonly nodes: readonly DocumentNode[]
}

interface Piece {
  readonly kind: NodeKind
  readonly label: string | null
  readonly place: string
  readonly spans: Span[]
  text: string
}

/**
 * CAP-12, OEW-12: the paragraphs of a resolution from its plain text, in any of the six languages. The line in
 * which the body names itself opens the preamble; numbers that follow one another are operative paragraphs.
 */
export function recogniseResolution(source: string): RecognisedResolution {
  const pieces: Piece[] = []
  const counts = new Map<string, number>()
  let open: Piece | undefined
  let isOpened = false
  let operative = 0
  let title = ''

  const begin = (
    { start, end }: Block,
    kind: NodeKind,
    text: string,
    label: string | null,
    place: string,
  ) => {
    const piece = { kind, label, place, spans: [{ start, end }], text }
    pieces.push(piece)
    return piece
  }
  const next = (name: string) => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count
  }
  for (const block of partIntoBlocks(source, beginsSomething)) {
    const { line } = block
    const note = readFootnote(line)
    const number = readNumbered(line)
    if (!isOpened) {
      isOpened = isOpening(line) && pieces.length > 0
      if (isOpened) begin(block, 'heading', line, null, 'opening')
      else if (isNote(line)) begin(block, 'note', withoutMarkUp(line), null, `note-${next('note')}`)
      else {
        const kind = isSponsors(line) ? 'sponsors' : 'cover'
        begin(block, kind, withoutMarkUp(line), null, `${kind}-${next(kind)}`)
        if (kind === 'cover') title = withoutMarkUp(line).replace(ownNumber, '')
      }
    } else if (number && Number(number.label) === operative + 1) {
      operative += 1
      open = begin(block, 'operative', withoutMarkUp(number.rest), number.label, `op/${operative}`)
    } else if (note) begin(block, 'footnote', withoutMarkUp(note.rest), note.label, `fn/${note.label}`)
    else if (isNote(line)) begin(block, 'note', withoutMarkUp(line), null, `note-${next('note')}`)
    else if (open && (!isEnded(open) || (open.kind === 'preamble' && !beginsPreamble(line)))) {
      // A page break cut it: one paragraph, two spans.
      open.spans.push({ start: block.start, end: block.end })
      open.text = joinText(open.text, withoutMarkUp(line))
    } else if (operative > 0) begin(block, 'closing', withoutMarkUp(line), null, `closing-${next('closing')}`)
    else {
      const label = String(next('preamble'))
      open = begin(block, 'preamble', withoutMarkUp(line), label, `pp/${label}`)
    }
  }
  return { title, nodes: toNodes(pieces) }
}

function toNodes(pieces: readonly Piece[]): readonly DocumentNode[] {
  const taken = new Set<string>()
  const notes = new Set(pieces.filter(({ kind }) => kind === 'footnote').map(({ place }) => place))
  const nodes = pieces.map(({ kind, label, place, spans, text }, index) => {
    const address = taken.has(place) ? `${place}-${index}` : place
    taken.add(address)
    const referred = kind === 'footnote' ? [] : readReferences(text).map((each) => `fn/${each}`)
    return {
      position: index + 1,
      parent: 0,
      kind,
      label,
      address,
      spans,
      text,
      notes: referred.filter((each) => notes.has(each)),
    }
  })
  const document = { position: 0, parent: null, kind: 'document', label: null, address: '' } as const
  return [{ ...document, spans: [], text: '', notes: [] }, ...nodes]
}

const ownNumber = /^\p{Nd}+\/\p{Nd}+(?:\s*[-–—.]\s*|\s+)/u

/** The line in which the body names itself: short, ending in a comma, without a figure. */
function isOpening(line: string): boolean {
  return line.length <= 60 && /^[^\p{Nd}]+[,،，]$/u.test(line)
}

/** Several names and a colon before the word "draft resolution". */
function isSponsors(line: string): boolean {
  const [names, ...rest] = line.split(/[:：]/u)
  return rest.length === 1 && rest.join('').length <= 60 && (names?.match(/[,،、，]/gu)?.length ?? 0) >= 2
}

function beginsSomething(line: string): boolean {
  return (
    readNumbered(line) !== undefined || readFootnote(line) !== undefined || isNote(line) || isOpening(line)
  )
}

/** A preamble ends with a comma, an operative paragraph does not; quotation marks and references may follow. */
function isEnded({ kind, text }: Piece): boolean {
  const printed = text.replace(/["”“»'’)\s⁽⁾⁰¹²³⁴-⁹]+$/u, '')
  return kind === 'preamble' ? /[,،，;؛；:：]$/u.test(printed) : /[;؛；.。:：]$/u.test(printed)
}

/** In Arabic with one of the particles that open one, in Latin letters with a capital; in Russian and Chinese nothing tells. */
function beginsPreamble(line: string): boolean {
  const text = withoutMarkUp(line)
  if (/^\p{Script=Arabic}/u.test(text)) return /^و?إ(?:ذ|نه|ن)\s/u.test(text)
  return !/^(?=\p{Script=Latin})\p{Ll}/u.test(text)
}
