import { plain } from './state-names.ts'
import type { WorkingPaper } from './working-paper.ts'

/** Papers that print as versions of one another: the same States behind them, and most of a title in common. */
export function relatedTo(paper: WorkingPaper, papers: readonly WorkingPaper[]): readonly string[] {
  return papers.filter((other) => other !== paper && areVersions(paper, other)).map(({ address }) => address)
}

// That the same group of States submits both says much already; one State submits papers on many things.
const sameTitle = { single: 0.7, joint: 0.5 } as const
const sameStates = 0.7

function areVersions(one: WorkingPaper, other: WorkingPaper): boolean {
  return (
    one.joint === other.joint &&
    share(new Set(one.submitters), new Set(other.submitters)) >= sameStates &&
    share(wordsOf(one.title), wordsOf(other.title)) >= (one.joint ? sameTitle.joint : sameTitle.single)
  )
}

/** Of the smaller set, how much is in the other: a longer title holds a shorter one whole. */
function share(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const smaller = Math.min(one.size, other.size)
  return smaller === 0 ? 0 : [...one].filter((each) => other.has(each)).length / smaller
}

/** Words without what Arabic writes together with them; Chinese has no spaces, so its words come from the platform. */
function wordsOf(title: string): ReadonlySet<string> {
  const words = new Intl.Segmenter('zh', { granularity: 'word' }).segment(plain(title))
  return new Set(
    [...words]
      .filter(({ isWordLike }) => isWordLike)
      .map(({ segment }) => segment.replace(/^و?(?:بال|فال|ال|لل)?/, ''))
      .filter((word) => !/^[a-z\u0400-\u04FF\u0600-\u06FF]{1,2}$/.test(word)),
  )
}
