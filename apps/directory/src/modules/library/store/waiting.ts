import { newId } from '@parley/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import type { SourceRemark } from '../read-file/remarks.ts'
import type { Manifest, StructuredDocument } from '../structured-document.ts'
import type { LibraryTables } from '../tables.ts'

/** A document that was brought, and is kept only when somebody has looked at it. */
export interface Waiting {
  readonly id: string
  readonly file: string
  readonly manifest: Manifest
  readonly source: string
  readonly doubts: StructuredDocument['doubts']
  readonly remarks: readonly SourceRemark[]
}

/** Of a symbol in one language there waits one, the last. */
export async function putWaiting(tx: Tx, now: Date, brought: Omit<Waiting, 'id'>): Promise<void> {
  const { file, manifest, source, doubts, remarks } = brought
  const { symbol, language } = manifest
  const told = {
    file,
    manifest: JSON.stringify(manifest),
    source,
    doubts: JSON.stringify(doubts),
    remarks: JSON.stringify(remarks),
    brought_at: now,
  }
  await tx
    .withTables<LibraryTables>()
    .insertInto('library.waiting')
    .values({ id: newId(), symbol, language, ...told })
    .onConflict((conflict) => conflict.columns(['symbol', 'language']).doUpdateSet(told))
    .execute()
}

export async function listWaiting(tx: Tx): Promise<readonly Waiting[]> {
  return tx
    .withTables<LibraryTables>()
    .selectFrom('library.waiting')
    .select(['id', 'file', 'manifest', 'source', 'doubts', 'remarks'])
    .orderBy('brought_at')
    .orderBy('symbol')
    .orderBy('language')
    .execute()
}

/** Gives back those that were there, and waits for them no longer. */
export async function takeWaiting(tx: Tx, ids: readonly string[]): Promise<readonly Waiting[]> {
  if (ids.length === 0) return []
  return tx
    .withTables<LibraryTables>()
    .deleteFrom('library.waiting')
    .where('id', 'in', ids)
    .returning(['id', 'file', 'manifest', 'source', 'doubts', 'remarks'])
    .execute()
}

export async function forgetWaiting(tx: Tx, before: Date): Promise<void> {
  await tx
    .withTables<LibraryTables>()
    .deleteFrom('library.waiting')
    .where('brought_at', '<', before)
    .execute()
}
