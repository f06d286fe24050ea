import { type Locale, ok, refuse } from '@parley/kernel'
import { empty, href, html, linkButton, moment } from '@parley/web'
import { type DirectoryPage, page } from '../../../platform/pages/scope.ts'
import { text } from '../locales/index.ts'
import { listPageOf, turnList } from '../read/turn.ts'
import { reportFileRoute, reportRoute, trackerRoute } from '../routes.ts'
import { groupSteps, queryOf, stepFilterOf, type StepFilter } from './filter-steps.ts'
import { keyOf } from './list-steps.ts'
import { reportCsv, reportJson } from './report-files.ts'
import { readReport } from './report-rows.ts'
import { stepTable } from './step-table.ts'
import { groupName } from './words.ts'

/** On paper one page after the other: what fits the cost of a page, whatever the language. */
const stepsOfPage = 25

/** OEW-16: the follow-up report, to be read out or printed. */
export const reportPage: DirectoryPage = page({
  route: reportRoute,
  verb: 'library.read',
  read: async ({ tx, locale, query, now }) => {
    const t = text(locale)
    const filter = stepFilterOf(query)
    const rows = await readReport(tx, locale, now, filter)
    const at = listPageOf(query, stepsOfPage)
    const shown = rows.slice(at.from, at.from + stepsOfPage)
    const texts = new Map(shown.map((row) => [keyOf(row), row.text]))
    const groups = groupSteps(shown, filter.group).map(([key, steps]) => {
      const caption = groupName(locale, filter.group, key)
      return html`<h2>${caption}</h2>
        ${stepTable({ locale, now, steps, texts, caption, isWhole: true })}`
    })
    const body = html`<h1>${t('tracker.report')}</h1>
      <p class="printed small">${t.html('tracker.printed', { at: moment(locale, now) })}</p>
      <p class="row unprinted">
        ${linkButton(fileHref(locale, filter, 'csv'), t('tracker.csv'))}
        ${linkButton(fileHref(locale, filter, 'json'), t('tracker.json'))}
        ${linkButton(`${href(locale, trackerRoute)}${queryOf(filter)}`, t('tracker.title'))}
      </p>
      ${rows.length === 0 ? empty(t('tracker.none-found')) : groups}
      ${turnList(locale, `${href(locale, reportRoute)}${queryOf(filter)}`, at, rows.length > at.from + stepsOfPage)}`
    return ok({ title: t('tracker.report'), body })
  },
})

const files = {
  'report.csv': { type: 'text/csv; charset=utf-8', write: reportCsv },
  'report.json': { type: 'application/json; charset=utf-8', write: reportJson },
} as const

/** OEW-16: the follow-up report as a file. */
export const reportFilePage: DirectoryPage = page({
  route: reportFileRoute,
  verb: 'library.read',
  read: async ({ tx, locale, query, params, now }) => {
    const [, form] = Object.entries(files).find(([name]) => name === params.form) ?? []
    if (!form) return refuse({ code: 'library/unknown-document', kind: 'absent' })
    const rows = await readReport(tx, locale, now, stepFilterOf(query))
    const name = `follow-up-${params.form}`
    return ok({ file: { name, type: form.type, text: form.write(locale, rows, now) } })
  },
})

function fileHref(locale: Locale, filter: StepFilter, form: 'csv' | 'json'): string {
  return `${href(locale, reportFileRoute, { form: `report.${form}` })}${queryOf(filter)}`
}
