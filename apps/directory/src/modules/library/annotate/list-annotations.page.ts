import { ok, refuse } from '@parley/kernel'
import { href, html, ltr, table, writeLanguage } from '@parley/web'
import { type DirectoryPage, page } from '../../../platform/pages/scope.ts'
import { text } from '../locales/index.ts'
import { listPageOf, turnList } from '../read/turn.ts'
import { annotationRoute, annotationsRoute, documentHref, inVersion } from '../routes.ts'
import { listAnnotations } from '../store/annotations.ts'
import { findPlace } from '../store/find-document.ts'
import { annotationDays, annotationText } from './show-annotation.ts'

const size = 20

/** CAP-12: what is said beside the paragraphs of a document, also what was withdrawn. */
export const annotationsPage: DirectoryPage = page({
  route: annotationsRoute,
  verb: 'library.read',
  read: async ({ tx, locale, params, query }) => {
    const asked = query.get('in')
    const found = await findPlace(tx, params.address, [...(asked === null ? [] : [asked]), locale])
    if (!found) return refuse({ code: 'library/unknown-document', kind: 'absent' })
    const { symbol, language } = found.document
    const at = listPageOf(query, size)
    const annotations = await listAnnotations(tx, { symbol, language }, at)
    const t = text(locale)
    const title = t('annotation.all', { symbol })
    const rows = annotations.slice(0, size).map((annotation) => {
      const { id, address } = annotation
      return [
        html`<a href="${documentHref(locale, `${symbol}/${address}`, language)}">${ltr(address)}</a>`,
        annotationText(annotation),
        html`<a href="${href(locale, annotationRoute, { annotation: id })}"
          >${annotationDays(locale, annotation)}</a
        >`,
      ]
    })
    const columns = [t('annotation.beside-what'), t('annotation.title'), t('library.dated')]
    const body = html`<h1>${title}</h1>
      <p class="lede">
        <a href="${documentHref(locale, symbol, language)}">${ltr(symbol)}</a> ·
        ${writeLanguage(locale, language)}
      </p>
      <p>${t('annotation.stays')}</p>
      ${rows.length === 0 ? html`<p class="empty">${t('annotation.none')}</p>` : table(title, columns, rows)}
      ${turnList(locale, inVersion(locale, annotationsRoute, symbol, language), at, annotations.length > size)}`
    return ok({ title, body })
  },
})
