import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { Term } from './asked.ts'

/** What narrows a search, of the document that a paragraph stands in. */
export interface Filters {
  readonly language?: string | undefined
  readonly kind?: string | undefined
  readonly year?: number | undefined
}

/** A paragraph that was found, the best first. */
interface Found {
  readonly passage: number
  /** How many of the terms it has. */
  readonly matched: number
}

export interface Searched {
  readonly found: readonly Found[]
  /** In how many paragraphs each term stands; one more than `mostOfTerm` where in more. */
  readonly counts: readonly number[]
}

/** As many paragraphs of each word are ranked: those that it says most of. */
export const mostOfTerm = 1_000
/** Looked through for those that a filter or a phrase fits. */
const mostFiltered = 10_000
/** So many results are ordered; nobody turns further. */
const mostFound = 200
/** What a find in a damaged text is worth next to one in a text that can be read. */
const ofDamaged = 0.8
/** A word in so many paragraphs counts half as much as a rare one. */
const common = 600

/**
 * Ranks the paragraphs that terms stand in: those with all of them first, of these the readable before the damaged, then by
 * how rare the words are and how much each says of its paragraph. Costs the same however much the library holds.
 */
export async function findPassages(
  tx: Tx,
  terms: readonly Term[],
  filters: Filters,
  language: string,
): Promise<Searched> {
  const readings = terms.flatMap(({ readings: all }, term) => all.map((each) => ({ ...each, term })))
  if (readings.length === 0) return { found: [], counts: terms.map(() => 0) }
  const phrases = terms.flatMap(({ isPhrase }, term) => (isPhrase ? [term] : []))
  const { rows } = await sql<{ passage: number | null; matched: number; counts: Record<string, number> }>`
    with wanted as (
      select * from unnest(${readings.map(({ term }) => term)}::integer[], ${readings.map(({ token }) => token)}::text[],
        ${readings.map(({ phrase }) => phrase)}::text[]) as given (term, token, phrase)
    ),
    read as (
      select wanted.term, listed.passage, max(listed.impact) as impact
      from wanted cross join lateral (${listed(phrases.length > 0 || hasFilter(filters), filters)}) as listed
      group by wanted.term, listed.passage
    ),
    counted as (select term, count(*)::integer as paragraphs from read group by term),
    first as (
      select passage, array_agg(read.term) as terms, sum(impact * ${rarity}) as score
      from read join counted on counted.term = read.term
      group by passage
      having array_agg(read.term) @> ${phrases}::integer[]
      order by count(*) = ${terms.length}::integer desc, score desc, passage
      limit ${mostFound}::integer
    ),
    -- A word of more paragraphs than were read may stand in these all the same.
    more as (
      select first.passage, counted.term, max(posting.impact) * ${rarity} as score
      from first
      join counted on counted.paragraphs > ${mostOfTerm}::integer and counted.term <> all (first.terms)
      join wanted on wanted.term = counted.term and wanted.phrase is null
      join library.posting on posting.passage = first.passage and posting.token = wanted.token
      group by first.passage, counted.term, counted.paragraphs
    ),
    summed as (
      select first.passage, cardinality(first.terms) + count(more.term)::integer as matched,
        first.score + coalesce(sum(more.score), 0) as score
      from first left join more on more.passage = first.passage
      group by first.passage, first.terms, first.score
    ),
    ranked as (
      select summed.passage, summed.matched, row_number() over (order by
        summed.matched = ${terms.length}::integer desc, summed.matched = ${terms.length}::integer and passage.is_damaged,
        summed.score * summed.matched / ${terms.length}::integer
          * case when passage.language = ${language} then 1.2 else 1 end
          * case when passage.is_damaged then ${ofDamaged}::real else 1 end desc,
        summed.passage) as place
      from summed join library.passage on passage.id = summed.passage
    )
    select ranked.passage, ranked.matched,
      case when ranked.place is null or ranked.place = 1 then (select jsonb_object_agg(term, paragraphs) from counted) end as counts
    from (select 1) as one left join ranked on true
    order by ranked.place`.execute(tx)
  const counts = rows[0]?.counts ?? {}
  return {
    found: rows.flatMap(({ passage, matched }) => (passage === null ? [] : [{ passage, matched }])),
    counts: terms.map((_, term) => counts[term] ?? 0),
  }
}

/** A word in few paragraphs tells more than one in many. */
const rarity = sql`ln(1 + ${common}::real / counted.paragraphs)`

function listed(isNarrowed: boolean, { language, kind, year }: Filters): RawBuilder<unknown> {
  if (!isNarrowed) return listTo(mostOfTerm + 1)
  return sql`
    select whole.passage, whole.impact from (${listTo(mostFiltered)}) as whole
    join library.passage on passage.id = whole.passage
    where (wanted.phrase is null or strpos(passage.words, wanted.phrase) > 0)
      and (${language ?? null}::text is null or passage.language = ${language ?? null})
      and (${kind ?? null}::text is null or passage.kind = ${kind ?? null})
      and (${year ?? null}::integer is null or passage.year = ${year ?? null}::integer)
    order by whole.impact desc, whole.passage limit ${mostOfTerm + 1}::integer`
}

export function hasFilter({ language, kind, year }: Filters): boolean {
  return language !== undefined || kind !== undefined || year !== undefined
}

function listTo(most: number): RawBuilder<unknown> {
  return sql`
    select posting.passage, posting.impact from library.posting
    where posting.token = wanted.token order by posting.impact desc, posting.passage limit ${most}::integer`
}
