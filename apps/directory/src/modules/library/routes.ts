import type { Locale } from '@parley/kernel'
import { href, route } from '@parley/web'

export const documentsRoute = route('/documents')
export const importDocumentsRoute = route('/documents/import')
export const keepWaitingRoute = route('/documents/import/keep')
export const dropWaitingRoute = route('/documents/import/leave-out')
/** Before the documents: no symbol is this word. */
export const searchRoute = route('/documents/search')
/** A symbol, and a place below it: `/documents/A/78/265/annex-A/8`. */
export const documentRoute = route('/documents/:address+')
/** A whole document as a file: `/document-files/akoma-ntoso/A/78/265`. */
export const documentFileRoute = route('/document-files/:form/:address+')
/** Two documents side by side: `/comparison/A/RES/77/36?in=ar&with=A/C.1/77/L.23/Rev.1&and=zh`. */
export const comparisonRoute = route('/comparison/:address+')
/** What is said beside paragraphs of a document, and the form that says it. */
export const annotationsRoute = route('/document-annotations/:address+')
export const annotateRoute = route('/annotate/:address+')
export const annotationRoute = route('/annotations/:annotation')
export const withdrawAnnotationRoute = route('/annotations/:annotation/withdraw')
export const concordanceRoute = route('/concordance')
export const quotingRoute = route('/concordance/:symbol+')
/** What documents ask for, and what became of it. */
export const trackerRoute = route('/tracker')
export const stepRoute = route('/tracker/:address+')
export const reportRoute = route('/follow-up-report')
export const reportFileRoute = route('/follow-up-report/:form')
/** What States submitted, as documents list it. */
export const papersRoute = route('/working-papers')
export const papersFileRoute = route('/working-papers/list.csv')

/**
 * The permanent address of a document or a paragraph of it; it shows the page on which that stands. `language` is named
 * where it is not the reader’s own that is wanted.
 */
export function documentHref(locale: Locale, address: string, language?: string): string {
  const query = language === undefined ? '' : `?${new URLSearchParams({ in: language })}`
  return `${href(locale, documentRoute, { address })}${query}#${encodeURI(idOf(address))}`
}

/** What an address is on its page: an id has no space. */
export function idOf(address: string): string {
  return address.replace(/\s/gu, '_')
}

interface Version {
  readonly symbol: string
  readonly language: string
}

export function comparisonHref(locale: Locale, one: Version, other: Version, page = 1): string {
  const query = new URLSearchParams({ in: one.language, with: other.symbol, and: other.language })
  if (page > 1) query.set('page', String(page))
  return `${href(locale, comparisonRoute, { address: one.symbol })}?${query}`
}

/** A page about a document or a paragraph in one language. */
export function inVersion(
  locale: Locale,
  to: typeof annotationsRoute | typeof annotateRoute,
  address: string,
  language: string,
): string {
  return `${href(locale, to, { address })}?${new URLSearchParams({ in: language })}`
}
