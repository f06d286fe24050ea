import { ok } from '@parley/kernel'
import type { Community } from '../community/index.ts'
import { listPapers, readReport, stepFilterOf, stepJson } from '../library/index.ts'
import * as schemas from './library-schemas.ts'
import { type Operation, operation, queryWith } from './operation.ts'
import { nothingAsked } from './schemas.ts'

const mostOfPage = 50

/** What documents ask for and list: public, as the pages are (OEW-15, OEW-16). */
export function libraryOperations(community: Community): readonly Operation[] {
  return [nextStepsOperation, workingPapersOperation(community)]
}

const nextStepsOperation = operation({
  id: 'listNextSteps',
  path: '/next-steps',
  verb: 'api.documents',
  summary: 'Next steps and mandates',
  description:
    'Recommended next steps of reports and operative paragraphs of adopted resolutions, the latest document first, with what became of each.',
  params: nothingAsked,
  query: schemas.nextStepsQuery,
  answer: schemas.nextStepList,
  read: async ({ tx, now }, _, { language = 'en', page, ...wanted }) => {
    const rows = await readReport(tx, language, now, stepFilterOf(queryWith(wanted)))
    const { some, ...told } = portionOf(rows, page)
    return ok({ value: { steps: some.map(stepJson), ...told } })
  },
})

function workingPapersOperation(community: Community): Operation {
  return operation({
    id: 'listWorkingPapers',
    path: '/working-papers',
    verb: 'api.documents',
    summary: 'Working papers',
    description: 'The working papers that documents list, in the order printed, with who submitted them.',
    params: nothingAsked,
    query: schemas.workingPapersQuery,
    answer: schemas.workingPaperList,
    read: async ({ tx }, _, { language = 'en', page, ...wanted }) => {
      const papers = await listPapers(tx, community, language, queryWith(wanted))
      const { some, ...told } = portionOf(papers, page)
      const shown = some.map(({ symbol, address, unknown, related, ...rest }) => ({
        symbol,
        address: `${symbol}/${address}`,
        order: rest.order,
        language: rest.language,
        title: rest.title,
        joint: rest.joint,
        submitters: [...rest.submitters],
        coSponsors: [...rest.coSponsors],
        notStates: [...unknown],
        related: related.map((each) => `${symbol}/${each}`),
        isDamaged: rest.isDamaged,
      }))
      return ok({ value: { papers: shown, ...told } })
    },
  })
}

function portionOf<Row>(rows: readonly Row[], page = '1') {
  const from = (Number(page) - 1) * mostOfPage
  const some = rows.slice(from, from + mostOfPage)
  return { some, all: rows.length, more: rows.length > from + mostOfPage }
}
