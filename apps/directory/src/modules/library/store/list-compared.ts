import type { Tx } from '../../../platform/database/database.ts'
import type { Compared } from '../compare/align.ts'
import type { LibraryTables } from '../tables.ts'

/** The pieces of a document in the order of the source. */
export async function listCompared(tx: Tx, document: string): Promise<readonly Compared[]> {
  return tx
    .withTables<LibraryTables>()
    .selectFrom('library.node')
    .select(['kind', 'label', 'address', 'text'])
    .where('document', '=', document)
    .orderBy('position')
    .execute()
}
