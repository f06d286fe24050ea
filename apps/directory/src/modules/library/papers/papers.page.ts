import { directionOf, type Locale, ok, parseStateCode } from '@parley/kernel'
import {
  chip,
  empty,
  figures,
  href,
  html,
  type Html,
  linkButton,
  nothing,
  select,
  table,
  writeList,
  writeNumber,
  written,
} from '@parley/web'
import { type DirectoryPage, page } from '../../../platform/pages/scope.ts'
import type { Community } from '../../community/index.ts'
import { text } from '../locales/index.ts'
import { listPageOf, turnList } from '../read/turn.ts'
import { documentHref, documentsRoute, papersFileRoute, papersRoute } from '../routes.ts'
import { isAskedFor, paperFilterOf, paperKinds, paperQuery, type PaperFilter } from './filter-papers.ts'
import { listPapers } from './list-papers.ts'
import { papersCsv } from './papers-csv.ts'
import { countByState, type ListedPaper } from './read-papers.ts'

const papersOfPage = 30

/** OEW-15: the working papers that documents list: who submitted them, alone or with others. */
export function papersPages(community: Community): readonly DirectoryPage[] {
  const shown = page({
    route: papersRoute,
    verb: 'library.read',
    read: async ({ tx, locale, query }) => {
      const t = text(locale)
      const papers = await listPapers(tx, community, locale, new URLSearchParams())
      const filter = paperFilterOf(query)
      const found = papers.filter((paper) => isAskedFor(paper, filter))
      const at = listPageOf(query, papersOfPage)
      const rows = found
        .slice(at.from, at.from + papersOfPage)
        .map((paper) => rowOf(community, locale, paper))
      const path = `${href(locale, papersRoute)}${paperQuery(filter)}`
      const isWhole = found.length === papers.length && at.number === 1
      const body = html`<p class="small">
          <a href="${href(locale, documentsRoute)}">${t('library.title')}</a>
        </p>
        <h1>${t('papers.title')}</h1>
        <p class="lede">${t('papers.lede')}</p>
        ${
          papers.length === 0
            ? empty(t('papers.empty'))
            : html`${figures(figuresOf(locale, papers))} ${filterForm(community, locale, papers, filter)}
                <p class="row unprinted">
                  ${linkButton(`${href(locale, papersFileRoute)}${paperQuery(filter)}`, t('tracker.csv'))}
                </p>
                ${rows.length === 0 ? empty(t('tracker.none-found')) : table(t('papers.title'), columnsOf(locale), rows)}
                ${turnList(locale, path, at, found.length > at.from + papersOfPage)}
                ${isWhole ? countTable(community, locale, papers) : nothing}`
        }`
      return ok({ title: t('papers.title'), body })
    },
  })
  const file = page({
    route: papersFileRoute,
    verb: 'library.read',
    read: async ({ tx, locale, query }) => {
      const found = await listPapers(tx, community, locale, query)
      const csv = papersCsv(locale, found, (code) => nameOf(community, locale, code))
      return ok({ file: { name: 'working-papers.csv', type: 'text/csv; charset=utf-8', text: csv } })
    },
  })
  return [shown, file]
}

function nameOf(community: Community, locale: Locale, code: string): string {
  const parsed = parseStateCode(code)
  return parsed ? community.stateName(parsed, locale) : code
}

function columnsOf(locale: Locale): readonly string[] {
  const t = text(locale)
  return [t('papers.number'), t('papers.paper'), t('papers.submitters')]
}

function rowOf(community: Community, locale: Locale, paper: ListedPaper): readonly (Html | string)[] {
  const t = text(locale)
  const { symbol, address, order, title, language, related } = paper
  const others = related.map(
    (each) => html` <a href="${documentHref(locale, `${symbol}/${each}`)}">${numberOf(locale, each)}</a>`,
  )
  return [
    writeNumber(locale, order),
    html`<a href="${documentHref(locale, `${symbol}/${address}`)}"
        >${written(title, language, directionOf(language))}</a
      >
      ${paper.isDamaged ? chip(t('library.damaged-short'), 'warn') : nothing}
      ${others.length === 0 ? nothing : html`<div class="small">${t('papers.related')}${others}</div>`}`,
    submittersOf(community, locale, paper),
  ]
}

function numberOf(locale: Locale, address: string): string {
  const [, number = ''] = /(\d+)$/.exec(address) ?? []
  return number === '' ? address : writeNumber(locale, Number(number))
}

/** As the document prints it: several States, a State, or what is the name of none. */
function submittersOf(community: Community, locale: Locale, paper: ListedPaper): Html {
  const t = text(locale)
  const { submitters, coSponsors, joint, unknown, language } = paper
  const listed = (codes: readonly string[]) =>
    writeList(
      locale,
      codes.map((code) => nameOf(community, locale, code)),
    )
  return html`${joint ? chip(t('papers.joint')) : nothing}
  ${submitters.length > 0 ? listed(submitters) : joint ? t('papers.not-named') : nothing}
  ${unknown.map((each) => html`<div>${t('papers.no-state')} ${written(each, language, directionOf(language))}</div>`)}
  ${coSponsors.length === 0 ? nothing : html`<div class="small">${t('papers.co-sponsors')} ${listed(coSponsors)}</div>`}`
}

function figuresOf(locale: Locale, papers: readonly ListedPaper[]) {
  const t = text(locale)
  const single = papers.filter(({ joint }) => !joint)
  const number = (value: number) => writeNumber(locale, value)
  return [
    { value: number(papers.length), label: t('papers.title') },
    { value: number(single.length), label: t('papers.of-one') },
    { value: number(papers.length - single.length), label: t('papers.of-several') },
    { value: number(new Set(single.flatMap(({ submitters }) => submitters)).size), label: t('papers.alone') },
    { value: number(countByState(papers).length), label: t('papers.states') },
  ]
}

function filterForm(
  community: Community,
  locale: Locale,
  papers: readonly ListedPaper[],
  { submitter, kind }: PaperFilter,
): Html {
  const t = text(locale)
  const view = {
    locale,
    form: { values: { submitter: submitter ?? '', kind: kind ?? '' }, errors: [] },
    texts: [],
  }
  const any = { value: '', label: t('tracker.any') }
  return html`<form method="get" action="${href(locale, papersRoute)}" class="filter unprinted" role="search">
    ${select(view, {
      name: 'submitter',
      label: t('papers.submitter'),
      options: [
        any,
        ...byName(community, locale, papers).map(({ state, name }) => ({ value: state, label: name })),
      ],
    })}
    ${select(view, {
      name: 'kind',
      label: t('papers.by'),
      options: [any, ...paperKinds.map((each) => ({ value: each, label: t(`papers.${each}`) }))],
    })}
    <button class="button">${t('tracker.show')}</button>
  </form>`
}

/** By name: States are not ranked (RULE-3). */
function byName(community: Community, locale: Locale, papers: readonly ListedPaper[]) {
  const collator = new Intl.Collator(locale)
  return countByState(papers)
    .map((count) => ({ ...count, name: nameOf(community, locale, count.state) }))
    .toSorted((one, other) => collator.compare(one.name, other.name))
}

function countTable(community: Community, locale: Locale, papers: readonly ListedPaper[]): Html {
  const t = text(locale)
  const rows = byName(community, locale, papers).map(({ name, single, joint, coSponsor }) => [
    name,
    ...[single, joint, coSponsor].map((each) => writeNumber(locale, each)),
  ])
  const columns = [t('papers.state'), t('papers.single'), t('papers.joint'), t('papers.co-sponsor')]
  return html`<details>
    <summary>${t('papers.by-state')}</summary>
    ${table(t('papers.by-state'), columns, rows)}
  </details>`
}
