import type { Tx } from '../../../platform/database/database.ts'
import type { Community } from '../../community/index.ts'
import { type NamedState, stateNames, type StateNames } from '../working-papers/state-names.ts'
import { isAskedFor, paperFilterOf } from './filter-papers.ts'
import { type ListedPaper, readPapers } from './read-papers.ts'

const namesOf = new WeakMap<readonly NamedState[], StateNames>()

/** OEW-15: the working papers that a query asks for. */
export async function listPapers(
  tx: Tx,
  { states }: Pick<Community, 'states'>,
  locale: string,
  query: URLSearchParams,
): Promise<readonly ListedPaper[]> {
  const names = namesOf.get(states) ?? stateNames(states)
  namesOf.set(states, names)
  const filter = paperFilterOf(query)
  return (await readPapers(tx, locale, names)).filter((paper) => isAskedFor(paper, filter))
}
