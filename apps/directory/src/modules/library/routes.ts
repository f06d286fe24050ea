import type { Locale } from '@parley/kernel'
import { href, route } from '@parley/web'

export const documentsRoute = route('/documents')
/** A symbol, and a place below it: `/documents/A/78/265/annex-A/8`. */
export const documentRoute = route('/documents/:address+')
/** A whole document as a file: `/document-files/akoma-ntoso/A/78/265`. */
export const documentFileRoute = route('/document-files/:form/:address+')
export const concordanceRoute = route('/concordance')
export const quotingRoute = route('/concordance/:symbol+')

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
