import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

/** A paragraph as a result shows it. */
export interface ShownPassage {
  readonly passage: number
  readonly symbol: string
  /** Below the symbol. */
  readonly address: string
  readonly language: string
  readonly title: string
  readonly text: string
  readonly isDamaged: boolean
}

/** The paragraphs that were found, in their order; of one that is there in several languages the best. */
export async function readPassages(
  tx: Tx,
  ids: readonly number[],
  { from, most }: { readonly from: number; readonly most: number },
): Promise<readonly ShownPassage[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<ShownPassage>`
    with found as (
      select document.symbol, node.address, document.language, document.title, node.text, wanted.place,
        passage.id as passage, passage.is_damaged as "isDamaged",
        row_number() over (partition by document.symbol, node.address order by wanted.place) as version
      from unnest(${ids}::integer[]) with ordinality as wanted (id, place)
      join library.passage on passage.id = wanted.id
      join library.document on document.id = passage.document
      join library.node on node.document = passage.document and node.position = passage.position
    )
    select passage, symbol, address, language, title, text, "isDamaged" from found
    where version = 1 order by place offset ${from}::integer limit ${most}::integer`.execute(tx)
  return rows
}
