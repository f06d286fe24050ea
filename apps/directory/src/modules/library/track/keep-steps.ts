import type { Tx } from '../../../platform/database/database.ts'
import { stepsCitedIn } from '../next-steps/carried-on.ts'
import { readNextSteps } from '../next-steps/next-step.ts'
import { portions } from '../store/portions.ts'
import type { DocumentNode, StructuredDocument } from '../structured-document.ts'
import type { LibraryTables } from '../tables.ts'

/** OEW-16: what a document asks for. Those of before went with its nodes; a draft asks for nothing yet. */
export async function keepSteps(tx: Tx, document: string, structured: StructuredDocument): Promise<void> {
  if (structured.manifest.kind === 'draft-resolution') return
  const tables = tx.withTables<LibraryTables>()
  const steps = stepRows(structured).map((row) => ({ document, ...row, acts: JSON.stringify(row.acts) }))
  for (const some of portions(steps)) await tables.insertInto('library.step').values(some).execute()
  const carried = carriedSteps(structured).map((row, ordinal) => ({ document, ordinal, ...row }))
  for (const some of portions(carried)) await tables.insertInto('library.carried_step').values(some).execute()
}

function stepRows(structured: StructuredDocument) {
  const { nodes } = structured
  const byAddress = new Map(nodes.map((node) => [node.address, node]))
  return readNextSteps(structured).flatMap(({ address, acts, due }) => {
    const node = byAddress.get(address)
    if (!node) return []
    return {
      position: node.position,
      kind: node.kind === 'operative' ? ('operative' as const) : ('next-step' as const),
      section: sectionOver(node, nodes),
      acts: acts.map(({ verb, addressee }) => ({ verb, addressee })),
      sessions: due.sessions,
      dates: due.dates,
    }
  })
}

function sectionOver({ position }: DocumentNode, nodes: readonly DocumentNode[]): string {
  return nodes.findLast((node) => node.position < position && node.kind === 'section')?.text ?? ''
}

/** A note speaks for each paragraph that refers to it; what no symbol names cannot be found again. */
function carriedSteps({ nodes }: StructuredDocument) {
  return nodes.flatMap((node) =>
    stepsCitedIn(node.text).flatMap(({ symbol, section, step }) =>
      symbol === null || !Number.isSafeInteger(step) || step > 9999
        ? []
        : speakingThrough(node, nodes).map(({ position }) => ({ position, symbol, section, step })),
    ),
  )
}

function speakingThrough(node: DocumentNode, nodes: readonly DocumentNode[]): readonly DocumentNode[] {
  if (node.kind !== 'footnote' && node.kind !== 'note') return [node]
  return nodes.filter(({ notes }) => notes.includes(node.address))
}
