import { type Locale, ok } from '@parley/kernel'
import { empty, figures, href, html, type Html, linkButton, nothing, writeNumber } from '@parley/web'
import { type DirectoryPage, page } from '../../../platform/pages/scope.ts'
import { text } from '../locales/index.ts'
import { listPageOf, turnList } from '../read/turn.ts'
import { documentsRoute, reportRoute, trackerRoute } from '../routes.ts'
import { isOverdue } from './due.ts'
import { filterForm } from './filter-form.ts'
import { groupSteps, matches, queryOf, type StepFilter, stepFilterOf } from './filter-steps.ts'
import { listSteps, readTexts } from './list-steps.ts'
import { stepTable } from './step-table.ts'
import type { TrackedStep } from './tracked-step.ts'
import { groupName } from './words.ts'

const stepsOfPage = 20

/** OEW-16: what the documents ask for, of whom, by when, and what became of it. */
export const trackerPage: DirectoryPage = page({
  route: trackerRoute,
  verb: 'library.read',
  read: async ({ tx, locale, query, now }) => {
    const t = text(locale)
    const filter = stepFilterOf(query)
    const all = await listSteps(tx, locale)
    const found = all.filter((step) => matches(step, filter, now))
    const at = listPageOf(query, stepsOfPage)
    const groups = groupSteps(found, filter.group)
    const shown = portionOf(groups, at.from, stepsOfPage)
    const texts = await readTexts(
      tx,
      shown.flatMap(([, steps]) => steps),
    )
    const lists = shown.map(
      ([key, steps]) =>
        html`<h2>${groupName(locale, filter.group, key)} ${countOf(locale, groups, key)}</h2>
          ${stepTable({ locale, now, steps, texts, caption: groupName(locale, filter.group, key) })}`,
    )
    const body = html`<p class="small"><a href="${href(locale, documentsRoute)}">${t('library.title')}</a></p>
      <h1>${t('tracker.title')}</h1>
      <p class="lede">${t('tracker.lede')}</p>
      ${
        all.length === 0
          ? empty(t('tracker.empty'))
          : html`${figures(figuresOf(locale, all, now))} ${filterForm(locale, all, filter)}
              <p class="row unprinted">
                ${linkButton(`${href(locale, reportRoute)}${queryOf(filter)}`, t('tracker.report'))}
              </p>
              ${found.length === all.length ? nothing : html`<p>${foundText(locale, found.length, all.length)}</p>`}
              ${found.length === 0 ? empty(t('tracker.none-found')) : lists}
              ${turnList(locale, addressOf(locale, filter), at, found.length > at.from + stepsOfPage)}`
      }`
    return ok({ title: t('tracker.title'), body })
  },
})

type Groups = ReturnType<typeof groupSteps>

/** Some of the steps, in their groups. */
function portionOf(groups: Groups, from: number, most: number): Groups {
  let before = 0
  return groups.flatMap(([key, steps]) => {
    const start = Math.max(0, from - before)
    const end = from + most - before
    before += steps.length
    const some = end > 0 ? steps.slice(start, end) : []
    return some.length === 0 ? [] : [[key, some] as const]
  })
}

function countOf(locale: Locale, groups: Groups, key: string): Html {
  const count = groups.find(([each]) => each === key)?.[1].length ?? 0
  return html`<span class="small">${text(locale)('tracker.count', { count })}</span>`
}

function figuresOf(locale: Locale, steps: readonly TrackedStep[], now: Date) {
  const t = text(locale)
  const figure = (label: string, is: (step: TrackedStep) => boolean) => ({
    value: writeNumber(locale, steps.filter(is).length),
    label,
  })
  return [
    figure(t('tracker.next-steps'), ({ kind }) => kind === 'next-step'),
    figure(t('library.operative'), ({ kind }) => kind === 'operative'),
    figure(t('state.open'), ({ state }) => state === 'open'),
    figure(t('state.done'), ({ state }) => state === 'done'),
    figure(t('state.superseded'), ({ state }) => state === 'superseded'),
    figure(t('tracker.overdue'), (step) => isOverdue(step, now)),
  ]
}

function foundText(locale: Locale, found: number, all: number): string {
  return text(locale)('tracker.found', { found: writeNumber(locale, found), all: writeNumber(locale, all) })
}

function addressOf(locale: Locale, filter: StepFilter): string {
  return `${href(locale, trackerRoute)}${queryOf(filter)}`
}
