import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

/** A document that names another, and the paragraph in which it does. */
export interface Quoting {
  readonly symbol: string
  /** Of the paragraph that cites, below its symbol. */
  readonly address: string
  /** What is named below the cited symbol; null where the whole document is. */
  readonly place: string | null
}

/** A symbol that is named, and whether the library holds it. */
export interface Named {
  readonly symbol: string
  readonly isHeld: boolean
}

export interface ConcordanceLine extends Named {
  /** The documents that name it. */
  readonly citing: readonly string[]
}

interface Portion {
  readonly from: number
  readonly most: number
}

/** Who cites a symbol: each paragraph once, whatever languages the document is there in. */
export async function listQuoting(
  tx: Tx,
  symbol: string,
  { from, most }: Portion,
): Promise<readonly Quoting[]> {
  const { rows } = await sql<Quoting>`
    select document.symbol, node.address, citation.place
    from library.citation
    join library.document on document.id = citation.document
    join library.node on node.document = citation.document and node.position = citation.position
    where citation.symbol = ${symbol} and document.symbol <> ${symbol}
    group by document.symbol, node.address, citation.place
    order by document.symbol, min(node.position), citation.place nulls first
    offset ${from} limit ${most}`.execute(tx)
  return rows
}

/** What a page of a document names, in the order in which it does. */
export async function listNamed(tx: Tx, document: string, page: number): Promise<readonly Named[]> {
  const { rows } = await sql<Named>`
    select citation.symbol, exists (select from library.document as held where held.symbol = citation.symbol) as "isHeld"
    from library.citation
    join library.document on document.id = citation.document
    join library.node on node.document = citation.document and node.position = citation.position
    where citation.document = ${document} and node.page = ${page} and citation.symbol <> document.symbol
    group by citation.symbol
    order by min(citation.ordinal)`.execute(tx)
  return rows
}

/** Every symbol that is cited anywhere, with who cites it. */
export async function readConcordance(tx: Tx, { from, most }: Portion): Promise<readonly ConcordanceLine[]> {
  const { rows } = await sql<ConcordanceLine>`
    select citation.symbol, array_agg(distinct document.symbol) as citing,
      exists (select from library.document as held where held.symbol = citation.symbol) as "isHeld"
    from library.citation
    join library.document on document.id = citation.document
    where citation.symbol <> document.symbol
    group by citation.symbol
    order by citation.symbol collate "C"
    offset ${from} limit ${most}`.execute(tx)
  return rows
}
