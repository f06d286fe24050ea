import type { StructuredDocument } from '../structured-document.ts'
import { excerptOf } from './excerpt.ts'
import { partIntoBlocks } from './blocks.ts'
import { readDamagedMarks } from './damaged-marks.ts'
import { readReferences } from './labels.ts'
import { beginsBlock, readMarks } from './marks.ts'
import { toNodes } from './report-nodes.ts'
import { type Piece, readPieces } from './report-pieces.ts'

type Recognised = Pick<StructuredDocument, 'title' | 'nodes' | 'doubts'>

/**
 * CAP-12, OEW-12: parts, sections, paragraphs and annexes of a report, in any of the six languages. Where the text layer is
 * damaged, every line stands alone and its marks are read wherever they were displaced to.
 */
export function recogniseReport(source: string, isDamaged: boolean): Recognised {
  const marksOf = isDamaged ? readDamagedMarks : readMarks
  const blocks = partIntoBlocks(source, isDamaged ? () => true : beginsBlock)
  const pieces = readPieces(
    blocks.map((block) => ({ ...block, marks: marksOf(block.line) })),
    isDamaged,
  )
  const nodes = toNodes(pieces, isDamaged ? readDisplacedReferences : readReferences)
  const title = pieces.find(({ role }) => role === 'title')?.text ?? ''
  return { title, nodes, doubts: pieces.flatMap(doubtsOf) }
}

/** `( 1)`: what is left of a raised figure. */
function readDisplacedReferences(text: string): readonly string[] {
  return [...text.matchAll(/\(\s(\d{1,3})\)/gu)].flatMap(([, label]) => label ?? [])
}

function doubtsOf({ role, spans, text }: Piece): StructuredDocument['doubts'] {
  const [first] = spans
  if (role !== 'inferred' || !first) return []
  return [{ code: 'library/doubt-annex', at: first.start, printed: excerptOf(text) }]
}
