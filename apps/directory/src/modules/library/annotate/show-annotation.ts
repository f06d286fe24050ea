import { directionOf, type Locale } from '@parley/kernel'
import { href, html, type Html, moment, nothing, written } from '@parley/web'
import { text } from '../locales/index.ts'
import { annotationRoute } from '../routes.ts'
import type { Annotation } from '../store/annotations.ts'

/** The words that it is about, and what is said of them; each in its own language. */
export function annotationText({ language, printed, text: said, textLanguage }: Annotation): Html {
  return html`${
    printed === null ? nothing : html`<q>${written(printed, language, directionOf(language))}</q> – `
  }${written(said, textLanguage, directionOf(textLanguage))}`
}

/** Beside a paragraph: that it is no part of the document, and a link to it. */
export function besideParagraph(locale: Locale, annotation: Annotation): Html {
  return html`<p class="small said" lang="${locale}" dir="${directionOf(locale)}">
    <a href="${href(locale, annotationRoute, { annotation: annotation.id })}"
      >${text(locale)('annotation.beside')}</a
    >
    ${annotationText(annotation)}
  </p>`
}

/** Since when it stands there, and until when it stood there. */
export function annotationDays(locale: Locale, { madeAt, withdrawnAt }: Annotation): Html {
  if (withdrawnAt === null) return moment(locale, madeAt, 'date')
  return html`${moment(locale, madeAt, 'date')} – ${moment(locale, withdrawnAt, 'date')}
  (${text(locale)('annotation.is-withdrawn')})`
}
