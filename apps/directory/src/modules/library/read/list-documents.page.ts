import { directionOf, type Locale, ok } from '@parley/kernel'
import { chip, empty, href, html, type Html, ltr, nothing, table, writeLanguage, written } from '@parley/web'
import { type DirectoryPage, page } from '../../../platform/pages/scope.ts'
import { text } from '../locales/index.ts'
import {
  concordanceRoute,
  documentHref,
  documentsRoute,
  importDocumentsRoute,
  papersRoute,
  trackerRoute,
} from '../routes.ts'
import { type KeptDocument, listDocuments } from '../store/find-document.ts'
import { searchBox } from '../search/search-form.ts'
import { kindName, writeDay } from './words.ts'
import { listPageOf, turnList } from './turn.ts'

const linesOfPage = 30

/** OEW-12: the documents of the library, the latest first; one line for each symbol, in all its languages. */
export const documentsPage: DirectoryPage = page({
  route: documentsRoute,
  verb: 'library.read',
  read: async ({ tx, locale, query, may }) => {
    const t = text(locale)
    const at = listPageOf(query, linesOfPage)
    const symbols = [...Map.groupBy(await listDocuments(tx, at), ({ symbol }) => symbol)]
    const lines = symbols.slice(0, linesOfPage).map(([symbol, versions]) => lineOf(locale, symbol, versions))
    const columns = ['symbol', 'document', 'languages'] as const
    const body = html`<h1>${t('library.title')}</h1>
      <p class="lede">${t('library.lede')}</p>
      ${lines.length === 0 ? nothing : searchBox(locale)}
      <p>
        <a href="${href(locale, concordanceRoute)}">${t('library.concordance')}</a> ·
        <a href="${href(locale, trackerRoute)}">${t('tracker.title')}</a> ·
        <a href="${href(locale, papersRoute)}">${t('papers.title')}</a>
      </p>
      ${may('library.import') ? html`<p><a href="${href(locale, importDocumentsRoute)}">${t('import.title')}</a></p>` : nothing}
      ${
        lines.length === 0
          ? empty(t('library.empty'))
          : table(
              t('library.title'),
              columns.map((each) => t(`library.${each}`)),
              lines,
            )
      }
      ${turnList(locale, href(locale, documentsRoute), at, symbols.length > linesOfPage)}`
    return ok({ title: t('library.title'), body })
  },
})

/** The title in the reader’s own language, or else in one in which it is there. */
function lineOf(
  locale: Locale,
  symbol: string,
  versions: readonly KeptDocument[],
): readonly (Html | string)[] {
  const t = text(locale)
  const shown = versions.find(({ language }) => language === locale) ?? versions[0]
  if (!shown) return []
  const title = shown.title === '' ? symbol : shown.title
  const links = versions.map(
    ({ language }) =>
      html`<a href="${documentHref(locale, symbol, language)}">${writeLanguage(locale, language)}</a> `,
  )
  return [
    html`<span class="symbol">${ltr(symbol)}</span>`,
    html`<a href="${documentHref(locale, symbol)}"
        >${written(title, shown.language, directionOf(shown.language))}</a
      >
      ${shown.damage.isDamaged ? chip(t('library.damaged-short'), 'warn') : nothing}
      <div class="small">
        ${kindName(locale, shown.kind)}${shown.dated === null ? nothing : html` · ${writeDay(locale, shown.dated)}`}
      </div>`,
    html`${links}`,
  ]
}
