import { directionOf, locales, ok, refuse } from '@parley/kernel'
import {
  errorSummary,
  href,
  html,
  line,
  linkButton,
  ltr,
  optionalLine,
  select,
  textField,
  writeLanguage,
} from '@parley/web'
import { z } from 'zod'
import {
  type DirectoryForm,
  type DirectoryPage,
  form,
  formView,
  page,
} from '../../../platform/pages/scope.ts'
import { text } from '../locales/index.ts'
import { sourceText } from '../read/source-text.ts'
import { annotateRoute, annotationRoute, documentHref, inVersion } from '../routes.ts'
import { findPlace } from '../store/find-document.ts'
import { findParagraph } from '../store/find-paragraph.ts'
import { annotate } from './annotate.ts'

const verb = 'library.annotate'
const mostLetters = { text: 400, printed: 200 }
/** Of a long paragraph its beginning is enough to know it by. */
const mostShown = 1500

const fields = z.object({
  text: line(mostLetters.text),
  textLanguage: z.enum(locales),
  printed: optionalLine(mostLetters.printed),
})

/** The paragraph, and what there is to say beside it. */
export const annotatePage: DirectoryPage = page({
  route: annotateRoute,
  verb,
  read: async (scope, state) => {
    const { tx, locale, params, query } = scope
    const found = await findPlace(tx, params.address, [query.get('in') ?? locale])
    const paragraph = found && (await findParagraph(tx, found.document.id, found.place))
    if (!found || !paragraph || found.place === '')
      return refuse({ code: 'library/unknown-document', kind: 'absent' })
    const { symbol, language } = found.document
    const address = `${symbol}/${found.place}`
    const t = text(locale)
    const view = formView(scope, state)
    const body = html`<h1>${t('annotation.make-title')}</h1>
      <p class="lede">${ltr(address)} · ${writeLanguage(locale, language)}</p>
      ${errorSummary(view)}
      <blockquote lang="${language}" dir="${directionOf(language)}">
        ${sourceText(Array.from(paragraph.text).slice(0, mostShown).join(''))}
      </blockquote>
      <p>${t('annotation.stays')}</p>
      <form method="post" action="${inVersion(locale, annotateRoute, address, language)}">
        ${textField(view, { name: 'text', label: t('annotation.text'), rows: 4, required: true })}
        ${select(view, {
          name: 'textLanguage',
          label: t('annotation.text-language'),
          value: locale,
          options: locales.map((each) => ({ value: each, label: writeLanguage(locale, each) })),
        })}
        ${textField(view, {
          name: 'printed',
          label: t('annotation.printed'),
          help: t('annotation.printed-help'),
          language,
        })}
        <p class="row">
          <button class="button main">${t('annotation.make')}</button>
          ${linkButton(documentHref(locale, address, language), t('annotation.back'))}
        </p>
      </form>`
    return ok({ title: t('annotation.make-title'), body, width: 'narrow' })
  },
})

export const annotateForm: DirectoryForm = form({
  route: annotateRoute,
  verb,
  fields,
  on: annotatePage,
  act: (scope, typed) => {
    const { locale, params, query } = scope
    return annotate(scope, { ...typed, address: params.address, language: query.get('in') ?? locale })
  },
  next: ({ locale }, annotation) => href(locale, annotationRoute, { annotation }),
})
