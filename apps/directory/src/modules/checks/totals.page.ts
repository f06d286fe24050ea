import { hour, type Locale, ok } from '@parley/kernel'
import { empty, facts, html, type Html, moment, writeDuration, writeNumber } from '@parley/web'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import { ageSchema } from './make-report.ts'
import { fewestStates } from './domain/totals.ts'
import { text } from './locales/index.ts'
import type { Dimension } from './report-figures.ts'
import { findClosed } from './report.page.ts'
import { countSection, rowName, withShare } from './report-tables.ts'
import { totalsRoute } from './routes.ts'
import { findTotals, type ToldTotals } from './totals.ts'

/** RULE-3: a closed round as every participating State may see it: totals alone. */
export function totalsPage(community: Community): DirectoryPage {
  return page({
    route: totalsRoute,
    verb: 'checks.totals.read',
    read: async ({ locale, tx, params }) => {
      const found = await findClosed(tx, params.round)
      if (!found.ok) return found
      const round = found.value
      const t = text(locale)
      const totals = await findTotals(tx, round.id)
      const title = t('totals.title', { number: round.number })
      const body = html`<h1>${title}</h1>
        <p class="lede">
          ${t.html('round.started', { at: moment(locale, round.startedAt, 'date') })}
          ${t('totals.lede', { fewest: fewestStates })}
        </p>
        ${totals ? told(locale, community, totals) : empty(t('report.soon'))}`
      return ok({ title, body })
    },
  })
}

function told(locale: Locale, community: Community, totals: ToldTotals): Html {
  const t = text(locale)
  const name = (dimension: Dimension) => (key: string) => rowName(community, locale, dimension, key)
  const { all, participating } = totals
  return html`<p class="small">${t.html('totals.as-of', { at: moment(locale, totals.madeAt, 'date') })}</p>
    ${
      all
        ? html`${facts([
            [t('checks'), writeNumber(locale, all.asked)],
            [t('figure.in-time'), withShare(locale, all.answered, all.answered / all.asked)],
            [t('figure.median'), writeHours(locale, all.hours?.median)],
            [t('figure.ninetieth'), writeHours(locale, all.hours?.ninetieth)],
          ])}
          ${rates(locale, { id: 'by-kind', title: t('round.by-kind'), first: t('kind') }, totals.kind, name('kind'))}
          ${rates(locale, { id: 'by-group', title: t('report.by-group'), first: t('group') }, totals.group, name('group'))}
          ${rates(locale, { id: 'by-language', title: t('report.by-language'), first: t('report.language') }, totals.language, name('language'))}
          ${counts(
            locale,
            { id: 'by-how', title: t('report.by-how'), first: t('report.how'), counted: t('report.answers') },
            { ...totals.how, of: all.answered },
            name('how'),
          )}`
        : empty(t('totals.withheld'))
    }
    <h2>${t('report.directory')}</h2>
    ${
      participating === null
        ? empty(t('totals.withheld'))
        : html`${facts([
            [t('report.participating'), writeNumber(locale, participating)],
            [
              t('report.pairs'),
              totals.pairs.shown
                .filter(({ key }) => key === 'yes')
                .map(({ count }) => writeNumber(locale, count))[0],
            ],
          ])}${counts(
            locale,
            { id: 'by-age', title: t('report.by-age'), first: t('report.age'), counted: t('report.states') },
            { ...totals.ages, of: participating },
            (key) => t(`age.${ageSchema.parse(key)}`),
          )}`
    }`
}

interface Heading {
  readonly id: string
  readonly title: string
  readonly first: string
}

function rates(
  locale: Locale,
  { id, title, first }: Heading,
  { shown, withheld }: ToldTotals['kind'],
  nameOf: (key: string) => string,
): Html {
  const t = text(locale)
  return countSection(locale, {
    id,
    title,
    columns: [first, t('checks'), t('figure.in-time'), t('figure.median'), t('figure.ninetieth')],
    rows: shown.map(({ key, asked, answered, hours }) => ({
      name: nameOf(key),
      share: answered / asked,
      cells: [
        writeNumber(locale, asked),
        withShare(locale, answered, answered / asked),
        writeHours(locale, hours?.median),
        writeHours(locale, hours?.ninetieth),
      ],
    })),
    note: withheld ? t(shown.length === 0 ? 'totals.withheld' : 'totals.some-withheld') : undefined,
  })
}

function counts(
  locale: Locale,
  { id, title, first, counted }: Heading & { readonly counted: string },
  { shown, withheld, of }: ToldTotals['how'] & { readonly of: number },
  nameOf: (key: string) => string,
): Html {
  const t = text(locale)
  return countSection(locale, {
    id,
    title,
    columns: [first, counted],
    rows: shown.map(({ key, count }) => ({
      name: nameOf(key),
      share: count / of,
      cells: [withShare(locale, count, count / of)],
    })),
    note: withheld ? t(shown.length === 0 ? 'totals.withheld' : 'totals.some-withheld') : undefined,
  })
}

function writeHours(locale: Locale, hours: number | undefined): string {
  return hours === undefined ? '–' : `≤ ${writeDuration(locale, hours * hour)}`
}
