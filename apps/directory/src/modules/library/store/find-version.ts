import type { Tx } from '../../../platform/database/database.ts'
import type { Manifest } from '../structured-document.ts'
import type { LibraryTables } from '../tables.ts'

interface Version {
  readonly digest: string
  readonly kind: string
  readonly dated: string | null
  readonly becameSymbol: string | null
}

/** What is kept of a symbol in a language; there is at most one. */
export async function findVersion(
  tx: Tx,
  { symbol, language }: Pick<Manifest, 'symbol' | 'language'>,
): Promise<Version | undefined> {
  return tx
    .withTables<LibraryTables>()
    .selectFrom('library.document')
    .select(['source_digest as digest', 'kind', 'dated', 'became_symbol as becameSymbol'])
    .where('symbol', '=', symbol)
    .where('language', '=', language)
    .executeTakeFirst()
}
