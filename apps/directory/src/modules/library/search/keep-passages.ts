import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { Citation, StructuredDocument } from '../structured-document.ts'
import { passagesOf } from './passages-of.ts'

const postingsAtOnce = 10_000

/** Keeps what a search compares, of a document whose nodes are there. */
export async function keepPassages(
  tx: Tx,
  id: string,
  document: StructuredDocument,
  citations: readonly Citation[],
): Promise<void> {
  const { manifest, damage } = document
  const passages = passagesOf(document, citations)
  const year = manifest.dated === undefined ? null : Number(manifest.dated.slice(0, 4))
  const { rows } = await sql<{ id: number; position: number }>`
    insert into library.passage (document, position, language, kind, year, is_damaged, words)
    select ${id}::uuid, position, ${manifest.language}, ${manifest.kind}, ${year}::smallint, ${damage.isDamaged}::boolean, words
    from unnest(${passages.map(({ position }) => position)}::integer[], ${passages.map(({ words }) => words)}::text[])
      as given (position, words)
    returning id, position`.execute(tx)
  const ids = new Map(rows.map((row) => [row.position, row.id]))
  const postings = passages.flatMap(({ position, impacts }) =>
    [...impacts].map(([token, impact]) => ({ passage: ids.get(position) ?? null, token, impact })),
  )
  for (let from = 0; from < postings.length; from += postingsAtOnce) {
    const some = postings.slice(from, from + postingsAtOnce)
    await sql`
      insert into library.posting (passage, token, impact)
      select * from unnest(${some.map(({ passage }) => passage)}::integer[], ${some.map(({ token }) => token)}::text[],
        ${some.map(({ impact }) => impact)}::smallint[])`.execute(tx)
  }
}
