import type { Locale } from '@parley/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import type { StructuredDocument } from '../structured-document.ts'
import type { LibraryTables } from '../tables.ts'

/** What a list says of a document, in one of its languages. */
export interface KeptDocument {
  readonly id: string
  readonly symbol: string
  readonly language: Locale
  readonly kind: string
  readonly title: string
  readonly dated: string | null
  readonly becameSymbol: string | null
  readonly damage: StructuredDocument['damage']
}

/** A document and the page of it on which an address stands. */
export interface FoundPlace {
  readonly document: KeptDocument
  /** Below the symbol; empty for the whole document. */
  readonly place: string
  readonly page: number
  /** The languages that the document is there in. */
  readonly languages: readonly string[]
}

/** Longer than any: a symbol has few segments, and so has a place in it. */
const mostSegments = 24

/** Symbols are asked for by portions; a list is one page of them, in all their languages. */
export async function listDocuments(
  tx: Tx,
  { from, most }: { readonly from: number; readonly most: number },
): Promise<readonly KeptDocument[]> {
  const tables = tx.withTables<LibraryTables>()
  const symbols = tables
    .selectFrom('library.document')
    .select('symbol')
    .groupBy('symbol')
    .orderBy(
      ({ fn }) => fn.max('dated'),
      (order) => order.desc().nullsLast(),
    )
    .orderBy('symbol')
    .offset(from)
    .limit(most)
  return told(tx)
    .where('symbol', 'in', symbols)
    .orderBy('dated', (order) => order.desc().nullsLast())
    .orderBy('symbol')
    .orderBy('language')
    .execute()
}

/**
 * Where an address leads: the longest symbol that it begins with and that has this place, in the first of the wanted
 * languages in which it is there, or else in whichever.
 */
export async function findPlace(
  tx: Tx,
  address: string,
  wanted: readonly string[],
): Promise<FoundPlace | undefined> {
  const segments = address.split('/')
  // No text of the database holds the character null.
  if (segments.length > mostSegments || segments.includes('') || address.includes('\0')) return undefined
  const symbols = segments.map((_, index) => segments.slice(0, index + 1).join('/'))
  const documents = await told(tx).where('symbol', 'in', symbols).orderBy('language').execute()
  const rank = ({ language }: KeptDocument) => {
    const place = wanted.indexOf(language)
    return place < 0 ? wanted.length : place
  }
  const sorted = documents.toSorted(
    (one, other) => other.symbol.length - one.symbol.length || rank(one) - rank(other),
  )
  for (const document of sorted) {
    const { symbol } = document
    const place = address.slice(symbol.length + 1)
    const page = await pageAt(tx, document.id, place)
    const languages = documents.filter((each) => each.symbol === symbol).map(({ language }) => language)
    if (page !== undefined) return { document, place, page, languages }
  }
  return undefined
}

/** What a document can be held against: its other languages; what it became and what became it, in its language if there. */
export async function listCounterparts(
  tx: Tx,
  { symbol, language, becameSymbol }: KeptDocument,
): Promise<readonly KeptDocument[]> {
  const rows = await told(tx)
    .where((is) =>
      is.or([is('symbol', 'in', [symbol, becameSymbol ?? symbol]), is('became_symbol', '=', symbol)]),
    )
    .orderBy('symbol')
    .orderBy('language')
    .execute()
  const groups = Map.groupBy(rows, (row) => row.symbol)
  return [...groups].flatMap(([each, versions]) => {
    if (each === symbol) return versions.filter((version) => version.language !== language)
    return versions
      .filter((version) => version.language === language)
      .concat(versions)
      .slice(0, 1)
  })
}

/** Which drafts became this. */
export async function listDraftsOf(tx: Tx, symbol: string): Promise<readonly string[]> {
  const rows = await tx
    .withTables<LibraryTables>()
    .selectFrom('library.document')
    .select('symbol')
    .distinct()
    .where('became_symbol', '=', symbol)
    .orderBy('symbol')
    .execute()
  return rows.map((row) => row.symbol)
}

async function pageAt(tx: Tx, document: string, address: string): Promise<number | undefined> {
  if (address === '') return 1
  const row = await tx
    .withTables<LibraryTables>()
    .selectFrom('library.node')
    .select('page')
    .where('document', '=', document)
    .where('address', '=', address)
    .executeTakeFirst()
  return row?.page
}

function told(tx: Tx) {
  return tx
    .withTables<LibraryTables>()
    .selectFrom('library.document')
    .select(['id', 'symbol', 'language', 'kind', 'title', 'dated', 'became_symbol as becameSymbol', 'damage'])
}
