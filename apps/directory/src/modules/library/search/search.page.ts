import { directionOf, isLocale, type Locale, ok } from '@parley/kernel'
import { chip, empty, href, html, type Html, ltr, nothing, notice, writeNumber } from '@parley/web'
import { type DirectoryPage, page } from '../../../platform/pages/scope.ts'
import { citeAs } from '../export/cite-as.ts'
import { text } from '../locales/index.ts'
import { sourceText } from '../read/source-text.ts'
import { listPageOf, turn } from '../read/turn.ts'
import { documentHref, documentsRoute, searchRoute } from '../routes.ts'
import { addressOf } from '../read/links.ts'
import { findPlace } from '../store/find-document.ts'
import { mostTyped, type Term } from './asked.ts'
import { excerpt } from './excerpt.ts'
import { hasFilter, mostOfTerm, type Searched } from './find-passages.ts'
import type { ShownPassage } from './read-passages.ts'
import { searchParagraphs } from './search-paragraphs.ts'
import { searchForm } from './search-form.ts'
import { searchAddress, wantedIn, type Wanted } from './wanted.ts'

const resultsOfPage = 10

/** CAP-12: paragraphs of all documents by their words, the most telling first. */
export const searchPage: DirectoryPage = page({
  route: searchRoute,
  verb: 'library.read',
  read: async (scope) => {
    const { tx, locale, query } = scope
    const t = text(locale)
    const wanted = wantedIn(query)
    const at = listPageOf(query, resultsOfPage)
    const searched = await searchParagraphs(tx, wanted.text, locale, { ...wanted, ...at })
    const { terms, typed, paragraphs: read } = searched
    const direct = terms.length > 0 ? await findPlace(tx, typed.toUpperCase(), [locale]) : undefined
    const shown = read.slice(0, resultsOfPage)
    const tokens = new Set(terms.flatMap(({ readings }) => readings.flatMap(tokensIn)))
    const next = read.length > resultsOfPage ? searchAddress(locale, wanted, at.number + 1) : undefined
    const previous = at.number > 1 ? searchAddress(locale, wanted, at.number - 1) : undefined
    const title = typed === '' ? t('search.title') : t('search.title-for', { text: typed.slice(0, 80) })
    const body = html`<p class="small"><a href="${href(locale, documentsRoute)}">${t('library.title')}</a></p>
      <h1>${t('search.title')}</h1>
      ${searchForm(scope, wanted)}
      ${wanted.text.length > mostTyped ? notice(t('search.cut', { letters: writeNumber(locale, mostTyped) }), 'warn') : nothing}
      ${direct ? directLink(locale, addressOf(direct.document.symbol, direct.place)) : nothing}
      ${remarks(locale, terms, searched)}
      ${
        typed === ''
          ? empty(t('search.empty'))
          : shown.length === 0
            ? nothingFound(locale, wanted, terms)
            : html`<ol class="plain" start="${at.from + 1}">
                ${shown.map((each) => html`<li>${result(locale, each, tokens)}</li>`)}
              </ol>`
      }
      ${turn(locale, { previous, next })}`
    return ok({ title, body, width: 'narrow' })
  },
})

function directLink(locale: Locale, address: string): Html {
  return notice(
    html`<a href="${documentHref(locale, address)}">${text(locale)('search.open')} ${ltr(address)}</a>`,
  )
}

function result(
  locale: Locale,
  { symbol, address, language, title, text: own, isDamaged }: ShownPassage,
  tokens: ReadonlySet<string>,
): Html {
  const known = isLocale(language) ? language : locale
  const pieces = excerpt(own, known, tokens)
  return html`<h2>
      <a href="${documentHref(locale, addressOf(symbol, address), language)}"
        >${citeAs(symbol, address, locale)}</a
      >
    </h2>
    <p lang="${language}" dir="${directionOf(language)}">
      ${pieces.map((piece) => {
        const shown = sourceText(piece.text)
        return piece.isFound ? html`<mark>${shown}</mark>` : shown
      })}
    </p>
    <p class="small">
      <bdi lang="${language}" dir="${directionOf(language)}">${title.slice(0, 160)}</bdi>
      ${isDamaged ? chip(text(locale)('library.damaged-short'), 'warn') : nothing}
    </p>`
}

/** What was left out, and what could not be looked through whole. */
function remarks(locale: Locale, terms: readonly Term[], { counts, found }: Searched): Html {
  const t = text(locale)
  const quoted = (fits: (count: number) => boolean) =>
    [...new Set(terms.filter((_, index) => fits(counts[index] ?? 0)).map(({ typed }) => `“${typed}”`))].join(
      ' ',
    )
  const many = quoted((count) => count > mostOfTerm)
  const none = found.length === 0 ? '' : quoted((count) => count === 0)
  return html`${many === '' ? nothing : html`<p class="small">${t('search.many', { words: many, count: writeNumber(locale, mostOfTerm) })}</p>`}
  ${none === '' ? nothing : html`<p class="small">${t('search.without', { words: none })}</p>`}`
}

function nothingFound(locale: Locale, wanted: Wanted, terms: readonly Term[]): Html {
  const t = text(locale)
  const phrases = terms.filter(({ isPhrase }) => isPhrase)
  const bare = { text: wanted.text.replace(/["“”„«»「」『』]/gu, ' ') }
  return html`${empty(t('search.nothing'))}
    <ul>
      ${hasFilter(wanted) ? html`<li><a href="${searchAddress(locale, { text: wanted.text })}">${t('search.try-everywhere')}</a></li>` : nothing}
      ${phrases.length > 0 ? html`<li><a href="${searchAddress(locale, { ...wanted, ...bare })}">${t('search.try-words')}</a></li>` : nothing}
      <li>${t('search.try-other')}</li>
      <li>${t('search.try-language')}</li>
      <li><a href="${href(locale, documentsRoute)}">${t('search.try-list')}</a></li>
    </ul>`
}

function tokensIn({ token, phrase }: Term['readings'][number]): readonly string[] {
  return phrase === null ? [token] : phrase.trim().split(' ')
}
