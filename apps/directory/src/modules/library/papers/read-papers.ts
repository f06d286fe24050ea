import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { findKept } from '../store/find-kept.ts'
import { relatedTo } from '../working-papers/related.ts'
import type { StateNames } from '../working-papers/state-names.ts'
import { readWorkingPapers, type WorkingPaper } from '../working-papers/working-paper.ts'

/** A working paper with where it is listed, and those that print as versions of it. */
export interface ListedPaper extends WorkingPaper {
  readonly symbol: string
  /** Of the list: the reader’s own where the document is there in it. */
  readonly language: string
  readonly isDamaged: boolean
  readonly related: readonly string[]
}

/** OEW-15: the working papers that documents list, the latest document first, in the order printed. */
export async function readPapers(tx: Tx, locale: string, names: StateNames): Promise<readonly ListedPaper[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select distinct on (symbol) id, symbol, dated from library.document
      order by symbol, (language = ${locale}) desc, language
    ) as shown
    where exists (
      select from library.node where node.document = shown.id and node.kind = 'working-paper'
    )
    order by dated desc nulls last, symbol`.execute(tx)
  const listed: ListedPaper[] = []
  for (const { id } of rows) {
    const kept = await findKept(tx, id)
    if (!kept) continue
    const { manifest, damage } = kept.document
    const papers = readWorkingPapers(kept.document, names)
    const { symbol, language } = manifest
    for (const paper of papers)
      listed.push({
        ...paper,
        symbol,
        language,
        isDamaged: damage.isDamaged,
        related: relatedTo(paper, papers),
      })
  }
  return listed
}

/** How many papers a State stands behind: alone, with others, and as a co-sponsor. */
export interface StateCount {
  readonly state: string
  readonly single: number
  readonly joint: number
  readonly coSponsor: number
}

export function countByState(papers: readonly ListedPaper[]): readonly StateCount[] {
  const states = new Set(papers.flatMap(({ submitters, coSponsors }) => [...submitters, ...coSponsors]))
  const many = (is: (paper: ListedPaper) => boolean) => papers.filter(is).length
  return [...states].map((state) => ({
    state,
    single: many(({ joint, submitters }) => !joint && submitters.includes(state)),
    joint: many(({ joint, submitters }) => joint && submitters.includes(state)),
    coSponsor: many(({ coSponsors }) => coSponsors.includes(state)),
  }))
}
