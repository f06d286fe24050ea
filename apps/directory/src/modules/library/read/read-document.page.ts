import { directionOf, type Locale, ok, refuse } from '@parley/kernel'
import {
  facts,
  href,
  html,
  type Html,
  ltr,
  nothing,
  notice,
  writeLanguage,
  writeNumber,
  writeShare,
  written,
} from '@parley/web'
import { type DirectoryPage, type DirectoryScope, page } from '../../../platform/pages/scope.ts'
import { citeAs } from '../export/cite-as.ts'
import { fileForms } from '../export/file-forms.ts'
import { text } from '../locales/index.ts'
import {
  annotateRoute,
  annotationsRoute,
  comparisonHref,
  documentFileRoute,
  documentHref,
  documentRoute,
  documentsRoute,
  idOf,
  inVersion,
} from '../routes.ts'
import { listBeside } from '../store/annotations.ts'
import { listNamed, listQuoting, type Quoting } from '../store/cited.ts'
import { findPlace, type FoundPlace, listCounterparts, listDraftsOf } from '../store/find-document.ts'
import { readPage, type ReadPage } from '../store/read-page.ts'
import { addressOf, bothWays, mostQuoting } from './links.ts'
import { headingsOver, outlineOf } from './outline.ts'
import { paragraphs } from './paragraphs.ts'
import { turn } from './turn.ts'
import { kindName, writeDay } from './words.ts'

/** More that quote one document are not looked through for whom to name beside a paragraph. */
const mostRead = 500
/** What is said beside the paragraphs of one page; more stands in the list of all. */
const mostSaid = 8

/** CAP-12, OEW-12: the page of a document on which an address stands. */
export function documentPage(origin: URL): DirectoryPage {
  return page({
    route: documentRoute,
    verb: 'library.read',
    read: async ({ tx, locale, params, query, may }) => {
      const asked = query.get('in') ?? undefined
      const found = await findPlace(tx, params.address, [...(asked === undefined ? [] : [asked]), locale])
      if (!found) return refuse({ code: 'library/unknown-document', kind: 'absent' })
      const { document, page: number } = found
      const { symbol, language } = document
      const read = await readPage(tx, document.id, number)
      const quoting = await listQuoting(tx, symbol, { from: 0, most: mostRead })
      const shown = read.nodes.map(({ address }) => address)
      const said = await listBeside(tx, document, shown, mostSaid + 1)
      const named = await listNamed(tx, document.id, number)
      // Links keep the language that was asked for, where the document is there in it.
      const kept = asked === language ? asked : undefined
      const title = document.title === '' ? symbol : document.title
      const t = text(locale)
      const body = html`<p class="small">
          <a href="${href(locale, documentsRoute)}">${t('library.title')}</a>
        </p>
        <h1 id="${idOf(symbol)}">${written(title, language, directionOf(language))}</h1>
        ${number === 1 ? await aboutDocument({ tx, locale }, found) : html`<p class="lede">${ltr(symbol)}</p>`}
        ${document.damage.isDamaged ? notice(t('library.damaged', { share: writeShare(locale, document.damage.share) }), 'warn') : nothing}
        ${outlineOf(locale, document, read.outline, kept)} ${pageNumber(locale, number, read)}
        ${paragraphs({
          locale,
          document,
          language: kept,
          nodes: read.nodes,
          under: headingsOver(
            read.outline,
            read.nodes.find(({ text: own }) => own !== ''),
          ),
          quoting: besideParagraphs(quoting),
          annotations: said.slice(0, mostSaid),
          asked: found.place === '' ? undefined : howToCite(origin, locale, found, may('library.annotate')),
        })}
        ${said.length === 0 && number > 1 ? nothing : html`<p><a href="${inVersion(locale, annotationsRoute, symbol, language)}">${t('annotation.all', { symbol })}</a></p>`}
        ${turn(locale, turnTo(locale, symbol, number, read, kept))}
        ${bothWays(locale, symbol, quoting.slice(0, mostQuoting + 1), named)}`
      return ok({ title: `${symbol} · ${title}`.slice(0, 200), body, width: 'narrow' })
    },
  })
}

async function aboutDocument(
  { tx, locale }: Pick<DirectoryScope, 'tx' | 'locale'>,
  { document, languages }: FoundPlace,
): Promise<Html> {
  const t = text(locale)
  const { symbol, language, kind, dated, becameSymbol } = document
  const drafts = await listDraftsOf(tx, symbol)
  const others = languages.filter((each) => each !== language)
  const link = (to: string) => html`<a href="${documentHref(locale, to)}">${ltr(to)}</a> `
  const version = (each: string) =>
    html`<a href="${documentHref(locale, symbol, each)}">${writeLanguage(locale, each)}</a> `
  const counterparts = await listCounterparts(tx, document)
  const compare = (other: (typeof counterparts)[number]) =>
    html`<a href="${comparisonHref(locale, document, other)}"
      >${other.symbol === symbol ? writeLanguage(locale, other.language) : ltr(other.symbol)}</a
    > `
  return facts([
    [t('library.symbol'), ltr(symbol)],
    [t('library.kind'), kindName(locale, kind)],
    [t('library.dated'), dated === null ? undefined : writeDay(locale, dated)],
    [t('library.language'), writeLanguage(locale, language)],
    [t('library.also-in'), others.length === 0 ? undefined : html`${others.map(version)}`],
    [t('library.became'), becameSymbol === null ? undefined : link(becameSymbol)],
    [t('library.drafts'), drafts.length === 0 ? undefined : html`${drafts.map(link)}`],
    [t('library.files'), files(locale, document)],
    [t('compare.with'), counterparts.length === 0 ? undefined : html`${counterparts.map(compare)}`],
  ])
}

/** How the paragraph that was asked for is cited, with its permanent address. */
function howToCite(
  origin: URL,
  locale: Locale,
  { document: { symbol, language }, place }: FoundPlace,
  mayAnnotate: boolean,
) {
  const address = new URL(href(locale, documentRoute, { address: `${symbol}/${place}` }), origin).href
  return {
    place,
    sentence: html`${text(locale)('library.cite-as')}
      ${written(citeAs(symbol, place, locale), locale, directionOf(locale))} <br />${ltr(address)}
      ${mayAnnotate ? html`<br /><a href="${inVersion(locale, annotateRoute, `${symbol}/${place}`, language)}">${text(locale)('annotation.make-title')}</a>` : nothing}`,
  }
}

function files(locale: Locale, { symbol, language }: FoundPlace['document']): Html {
  const link = (form: string) =>
    `${href(locale, documentFileRoute, { form, address: symbol })}?${new URLSearchParams({ in: language })}`
  return html`${fileForms.map(({ name, called }) => html`<a href="${link(name)}">${ltr(called)}</a> `)}`
}

function pageNumber(locale: Locale, number: number, { starts }: ReadPage): Html {
  if (starts.length < 2) return nothing
  const values = { page: writeNumber(locale, number), pages: writeNumber(locale, starts.length) }
  return html`<p class="small">${text(locale)('library.page-of', values)}</p>`
}

function turnTo(
  locale: Locale,
  symbol: string,
  number: number,
  { starts }: ReadPage,
  language: string | undefined,
) {
  const at = (page: number) => {
    const start = starts[page - 1]
    return start === undefined ? undefined : documentHref(locale, addressOf(symbol, start), language)
  }
  return { previous: at(number - 1), next: at(number + 1) }
}

/** Who names a paragraph, by the address of the paragraph. */
function besideParagraphs(quoting: readonly Quoting[]): ReadonlyMap<string, readonly string[]> {
  const named = quoting.flatMap(({ symbol, address, place }) =>
    place === null ? [] : [{ place, by: addressOf(symbol, address) }],
  )
  const groups = Map.groupBy(named, ({ place }) => place)
  return new Map([...groups].map(([place, all]) => [place, [...new Set(all.map(({ by }) => by))]]))
}
