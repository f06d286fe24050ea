import { directionOf, type Locale, ok, refuse } from '@parley/kernel'
import { href, html, type Html, ltr, nothing, writeLanguage, writeNumber } from '@parley/web'
import { type DirectoryPage, page } from '../../../platform/pages/scope.ts'
import { labelIn } from '../cite/letters.ts'
import { text } from '../locales/index.ts'
import { sourceText } from '../read/source-text.ts'
import { turn } from '../read/turn.ts'
import { comparisonHref, comparisonRoute, documentHref, documentsRoute } from '../routes.ts'
import { findPlace, type KeptDocument } from '../store/find-document.ts'
import { listCompared } from '../store/list-compared.ts'
import { headingKinds } from '../structured-document.ts'
import { alignNodes, type Compared, type Pair, pagesOfPairs } from './align.ts'
import { markDifferences } from './mark-differences.ts'

/** CAP-12: two documents side by side, by the numbers of their paragraphs: language versions, or a draft and what it became. */
export const compareDocumentsPage: DirectoryPage = page({
  route: comparisonRoute,
  verb: 'library.read',
  read: async ({ tx, locale, params, query }) => {
    const wanted = (name: string) => [query.get(name) ?? '', locale]
    const one = await findPlace(tx, params.address, wanted('in'))
    const other = await findPlace(tx, query.get('with') ?? params.address, wanted('and'))
    if (!one || !other || one.document.id === other.document.id)
      return refuse({ code: 'library/unknown-document', kind: 'absent' })
    const both = [one.document, other.document] as const
    const pairs = alignNodes(await listCompared(tx, both[0].id), await listCompared(tx, both[1].id))
    const pages = pagesOfPairs(pairs)
    const number = pageAsked(query.get('page'), pages.length)
    const t = text(locale)
    const at = (to: number) =>
      to < 1 || to > pages.length ? undefined : comparisonHref(locale, both[0], both[1], to)
    const body = html`<p class="small"><a href="${href(locale, documentsRoute)}">${t('library.title')}</a></p>
      <h1>${t('compare.title')}</h1>
      <div class="pair">${both.map((document) => nameOf(locale, document))}</div>
      ${both[0].language === both[1].language ? html`<p class="small">${t.html('compare.marks', { less: html`<del>${t('compare.less')}</del>`, more: html`<ins>${t('compare.more')}</ins>` })}</p>` : nothing}
      ${
        pages.length > 1
          ? html`<p class="small">
              ${t('library.page-of', { page: writeNumber(locale, number), pages: writeNumber(locale, pages.length) })}
            </p>`
          : nothing
      }
      ${(pages[number - 1] ?? []).map((pair) => shown(locale, both, pair))}
      ${pairs.length === 0 ? html`<p>${t('compare.nothing')}</p>` : nothing}
      ${turn(locale, { previous: at(number - 1), next: at(number + 1) })}`
    return ok({ title: `${both[0].symbol} · ${both[1].symbol}`, body, width: 'wide' })
  },
})

type Both = readonly [KeptDocument, KeptDocument]

function pageAsked(asked: string | null, pages: number): number {
  const number = Number(asked ?? '1')
  return Number.isInteger(number) && number >= 1 && number <= pages ? number : 1
}

function nameOf(locale: Locale, { symbol, language }: KeptDocument): Html {
  return html`<p>
    <a href="${documentHref(locale, symbol, language)}">${ltr(symbol)}</a><br />
    <span class="small">${writeLanguage(locale, language)}</span>
  </p>`
}

function shown(locale: Locale, [one, other]: Both, pair: Pair): Html {
  const isSame = one.language === other.language
  const marked =
    isSame && pair.one && pair.other
      ? markDifferences(pair.one.text, pair.other.text, one.language)
      : ([pair.one && sourceText(pair.one.text), pair.other && sourceText(pair.other.text)] as const)
  return html`<div class="pair">
    ${side(locale, one, pair.one, marked[0])} ${side(locale, other, pair.other, marked[1])}
  </div>`
}

function side(
  locale: Locale,
  { symbol, language }: KeptDocument,
  node: Compared | undefined,
  marked: Html | undefined,
): Html {
  if (!node || !marked) {
    const lacking = text(locale).html('compare.lacking', { symbol: ltr(symbol) })
    return html`<p class="small">${lacking}</p>`
  }
  const { kind, label, address } = node
  const direction = directionOf(language)
  if (headingKinds.includes(kind))
    return html`<h2 class="source" lang="${language}" dir="${direction}">${marked}</h2>`
  const printed = label === null || kind === 'preamble' ? '¶' : labelIn(language, kind, label)
  const whole = `${symbol}/${address}`
  return html`<div class="place" lang="${language}" dir="${direction}">
    <a href="${documentHref(locale, whole, language)}" aria-label="${whole}">${printed}</a>
    <p>${marked}</p>
  </div>`
}
