import type { Tx } from '../../../platform/database/database.ts'
import { headingKinds } from '../structured-document.ts'
import type { LibraryTables } from '../tables.ts'
import { unshownKinds } from './pages.ts'

/** A node as it is shown. */
export interface ShownNode {
  readonly position: number
  readonly parent: number | null
  readonly kind: string
  readonly label: string | null
  readonly address: string
  readonly text: string
  readonly notes: readonly string[]
  readonly page: number
}

export interface ReadPage {
  /** In the order of the source. */
  readonly nodes: readonly ShownNode[]
  /** Headings of the whole document; of a resolution its first paragraphs. */
  readonly outline: readonly ShownNode[]
  /** The address of the first node of each page. */
  readonly starts: readonly string[]
}

/** The nodes of one page, and what leads to the others. */
export async function readPage(tx: Tx, document: string, page: number): Promise<ReadPage> {
  const nodes = await shown(tx, document).where('page', '=', page).execute()
  const outline = await shown(tx, document)
    .where((is) => is.or([is('kind', 'in', headingKinds), is('address', 'in', ['pp/1', 'op/1'])]))
    .execute()
  const firsts = await tx
    .withTables<LibraryTables>()
    .selectFrom('library.node')
    .select(['page', 'address'])
    .distinctOn('page')
    .where('document', '=', document)
    .where('kind', 'not in', unshownKinds)
    .where('text', '<>', '')
    .orderBy('page')
    .orderBy('position')
    .execute()
  return { nodes, outline, starts: firsts.map(({ address }) => address) }
}

function shown(tx: Tx, document: string) {
  return tx
    .withTables<LibraryTables>()
    .selectFrom('library.node')
    .select(['position', 'parent', 'kind', 'label', 'address', 'text', 'notes', 'page'])
    .where('document', '=', document)
    .where('kind', 'not in', unshownKinds)
    .orderBy('position')
}
