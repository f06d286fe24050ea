import { type Locale, ok } from '@parley/kernel'
import { empty, href, html, type Html, ltr, nothing, table } from '@parley/web'
import { type DirectoryPage, page } from '../../../platform/pages/scope.ts'
import { text } from '../locales/index.ts'
import { concordanceRoute, documentHref, documentsRoute, quotingRoute } from '../routes.ts'
import { type ConcordanceLine, listQuoting, type Quoting, readConcordance } from '../store/cited.ts'
import { addressOf } from './links.ts'
import { listPageOf, turnList } from './turn.ts'

const linesOfPage = 60
/** Documents that are named in a line; all of them stand on the page of the symbol. */
const mostInLine = 3

/** CAP-12: every symbol that is cited anywhere, who cites it, and whether it is in the library. */
export const concordancePage: DirectoryPage = page({
  route: concordanceRoute,
  verb: 'library.read',
  read: async ({ tx, locale, query }) => {
    const t = text(locale)
    const at = listPageOf(query, linesOfPage)
    const found = await readConcordance(tx, at)
    const lines = found.slice(0, linesOfPage).map((line) => lineOf(locale, line))
    const body = html`${toLibrary(locale)}
      <h1>${t('library.concordance')}</h1>
      <p class="lede">${t('library.concordance-lede')}</p>
      ${
        lines.length === 0
          ? empty(t('library.concordance-empty'))
          : table(
              t('library.concordance'),
              [t('library.symbol'), t('library.quoted-in'), t('library.held')],
              lines,
            )
      }
      ${turnList(locale, href(locale, concordanceRoute), at, found.length > linesOfPage)}`
    return ok({ title: t('library.concordance'), body })
  },
})

/** CAP-12: each paragraph that cites a symbol. */
export const quotingPage: DirectoryPage = page({
  route: quotingRoute,
  verb: 'library.read',
  read: async ({ tx, locale, params, query }) => {
    const t = text(locale)
    // No text of the database holds the character null.
    const symbol = params.symbol.replaceAll('\0', '')
    const at = listPageOf(query, linesOfPage)
    const found = await listQuoting(tx, symbol, at)
    const lines = found.slice(0, linesOfPage).map((each) => quotingLine(locale, each))
    const title = t('library.all-quoting', { symbol })
    const path = href(locale, quotingRoute, { symbol })
    const body = html`${toLibrary(locale)}
      <h1>${t.html('library.all-quoting', { symbol: ltr(symbol) })}</h1>
      ${
        lines.length === 0
          ? empty(t('library.quoted-nowhere'))
          : table(title, [t('library.quoted-in'), t('library.named-place')], lines)
      }
      ${turnList(locale, path, at, found.length > linesOfPage)}`
    return ok({ title, body, status: found.length === 0 ? 404 : 200 })
  },
})

function toLibrary(locale: Locale): Html {
  return html`<p class="small">
    <a href="${href(locale, documentsRoute)}">${text(locale)('library.title')}</a>
  </p>`
}

function lineOf(locale: Locale, { symbol, citing, isHeld }: ConcordanceLine): readonly (Html | string)[] {
  const t = text(locale)
  const links = citing
    .slice(0, mostInLine)
    .map((each) => html`<a href="${documentHref(locale, each)}">${ltr(each)}</a> `)
  return [
    html`<a class="symbol" href="${href(locale, quotingRoute, { symbol })}">${ltr(symbol)}</a>`,
    html`${links}${citing.length > mostInLine ? '…' : nothing}`,
    isHeld
      ? html`<a href="${documentHref(locale, symbol)}">${t('library.is-held')}</a>`
      : t('library.is-not-held'),
  ]
}

function quotingLine(locale: Locale, { symbol, address, place }: Quoting): readonly (Html | string)[] {
  const whole = addressOf(symbol, address)
  return [
    html`<a href="${documentHref(locale, whole)}">${ltr(whole)}</a>`,
    place === null ? text(locale)('library.whole') : ltr(place),
  ]
}
