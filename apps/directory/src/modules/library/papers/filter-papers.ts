import type { ListedPaper } from './read-papers.ts'

export const paperKinds = ['single', 'joint'] as const

/** Which papers are asked for; what no rule knows is passed over. */
export interface PaperFilter {
  readonly submitter: string | undefined
  readonly kind: (typeof paperKinds)[number] | undefined
}

export function paperFilterOf(query: URLSearchParams): PaperFilter {
  const submitter = query.get('submitter') ?? ''
  return {
    submitter: /^[A-Z]{2}$/.test(submitter) ? submitter : undefined,
    kind: paperKinds.find((each) => each === query.get('kind')),
  }
}

export function paperQuery({ submitter, kind }: PaperFilter): string {
  const query = new URLSearchParams({
    ...(submitter === undefined ? {} : { submitter }),
    ...(kind === undefined ? {} : { kind }),
  })
  return query.size === 0 ? '' : `?${query}`
}

/** A co-sponsor stands behind a paper as well. */
export function isAskedFor(paper: ListedPaper, { submitter, kind }: PaperFilter): boolean {
  const { submitters, coSponsors, joint } = paper
  return (
    (submitter === undefined || submitters.includes(submitter) || coSponsors.includes(submitter)) &&
    (kind === undefined || joint === (kind === 'joint'))
  )
}
