import type { Tx } from '../../../platform/database/database.ts'
import type { Citation, Span, StructuredDocument } from '../structured-document.ts'
import type { LibraryTables } from '../tables.ts'

interface Kept {
  readonly document: StructuredDocument
  readonly citations: readonly Citation[]
}

/** A kept document as it was recognised, with what it cites; nothing where there is none of this id. */
export async function findKept(tx: Tx, id: string): Promise<Kept | undefined> {
  const tables = tx.withTables<LibraryTables>()
  const row = await tables.selectFrom('library.document').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const nodes = await tables
    .selectFrom('library.node')
    .select(['position', 'parent', 'kind', 'label', 'address', 'spans', 'text', 'notes'])
    .where('document', '=', id)
    .orderBy('position')
    .execute()
  const citations = await tables
    .selectFrom('library.citation')
    .select(['position', 'starts_at', 'ends_at', 'printed', 'symbol', 'place'])
    .where('document', '=', id)
    .orderBy('ordinal')
    .execute()
  const { symbol, language, kind, dated, became_symbol: became, source, title, damage, doubts } = row
  const manifest = {
    symbol,
    language,
    kind,
    ...(dated === null ? {} : { dated }),
    ...(became === null ? {} : { becameSymbol: became }),
  }
  return {
    document: {
      manifest,
      source,
      title,
      damage,
      doubts,
      nodes: nodes.map((node) => ({ ...node, spans: spansOf(node.spans) })),
    },
    citations: citations.map(({ starts_at: start, ends_at: end, ...cited }) => ({
      ...cited,
      span: { start, end },
    })),
  }
}

/** Starts and ends by turns. */
function spansOf(turns: readonly number[]): readonly Span[] {
  return turns.flatMap((start, index) => (index % 2 === 0 ? [{ start, end: turns[index + 1] ?? start }] : []))
}
