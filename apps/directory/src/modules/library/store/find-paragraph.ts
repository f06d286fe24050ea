import type { Tx } from '../../../platform/database/database.ts'
import type { LibraryTables } from '../tables.ts'

interface Paragraph {
  /** What it reads as, in one line. */
  readonly text: string
  /** As it lies in the source, with its marks. */
  readonly printed: string
}

/** A node of a document as it reads and as it is printed. */
export async function findParagraph(
  tx: Tx,
  document: string,
  address: string,
): Promise<Paragraph | undefined> {
  const found = await tx
    .withTables<LibraryTables>()
    .selectFrom('library.node')
    .innerJoin('library.document', 'library.document.id', 'library.node.document')
    .select(['text', 'spans', 'source'])
    .where('library.document.id', '=', document)
    .where('address', '=', address)
    .executeTakeFirst()
  if (!found) return undefined
  const { text, spans, source } = found
  const printed = spans
    .flatMap((start, index) => (index % 2 === 0 ? [source.slice(start, spans[index + 1])] : []))
    .join('')
  return { text, printed }
}
