/** What a reader of the source should know of it and cannot see. `code` has a sentence in six languages. */
export interface SourceRemark {
  readonly code: string
  readonly count: number
  /** Where the first stands in the source. */
  readonly at: number
}

/** All of it is kept in the source as it came. */
const remarkable = [
  { code: 'library/remark-direction', pattern: /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g },
  // A text layer made of drawn forms instead of letters may also stand in the order of the eye.
  { code: 'library/remark-drawn', pattern: /[\ufb50-\ufd3d\ufd50-\ufdef\ufe70-\ufefc]/g },
  { code: 'library/remark-replaced', pattern: /\ufffd/g },
] as const

export function remarksOn(source: string): readonly SourceRemark[] {
  return remarkable.flatMap(({ code, pattern }) => {
    const at = source.search(pattern)
    return at < 0 ? [] : [{ code, count: source.match(pattern)?.length ?? 0, at }]
  })
}
