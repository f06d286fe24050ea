import { ok, parseId, refuse } from '@parley/kernel'
import { actButton, errorSummary, facts, href, html, ltr, nothing, writeLanguage } from '@parley/web'
import { z } from 'zod'
import {
  type DirectoryForm,
  type DirectoryPage,
  form,
  formView,
  page,
} from '../../../platform/pages/scope.ts'
import { text } from '../locales/index.ts'
import {
  annotationRoute,
  annotationsRoute,
  documentHref,
  inVersion,
  withdrawAnnotationRoute,
} from '../routes.ts'
import { findAnnotation } from '../store/annotations.ts'
import { withdrawAnnotation } from './annotate.ts'
import { annotationDays, annotationText } from './show-annotation.ts'

const unknown = { code: 'library/unknown-annotation', kind: 'absent' } as const

/** One annotation under its own address, with the way to its paragraph; whoever may withdraws it here. */
export const annotationPage: DirectoryPage = page({
  route: annotationRoute,
  verb: 'library.read',
  read: async (scope, state) => {
    const { tx, locale, params, may } = scope
    const id = parseId<'annotation'>(params.annotation)
    const annotation = id && (await findAnnotation(tx, id))
    if (!annotation) return refuse(unknown)
    const { symbol, language, address, withdrawnAt } = annotation
    const t = text(locale)
    const whole = `${symbol}/${address}`
    const isOpen = withdrawnAt === null && may('library.annotate')
    const body = html`<h1>${t('annotation.title')}</h1>
      ${errorSummary(formView(scope, state))}
      <p>${annotationText(annotation)}</p>
      ${facts([
        [
          t('annotation.beside-what'),
          html`<a href="${documentHref(locale, whole, language)}">${ltr(whole)}</a>`,
        ],
        [t('library.language'), writeLanguage(locale, language)],
        [t('library.dated'), annotationDays(locale, annotation)],
      ])}
      <p class="small">${t('annotation.stays')}</p>
      ${
        isOpen
          ? actButton(
              href(locale, withdrawAnnotationRoute, { annotation: annotation.id }),
              t('annotation.withdraw'),
              'stop',
            )
          : nothing
      }
      <p>
        <a href="${inVersion(locale, annotationsRoute, symbol, language)}"
          >${t('annotation.all', { symbol })}</a
        >
      </p>`
    return ok({ title: t('annotation.title'), body, width: 'narrow' })
  },
})

export const withdrawAnnotationForm: DirectoryForm = form({
  route: withdrawAnnotationRoute,
  verb: 'library.annotate',
  fields: z.object({}),
  on: annotationPage,
  act: async (scope) => {
    const id = parseId<'annotation'>(scope.params.annotation)
    return id ? withdrawAnnotation(scope, id) : refuse(unknown)
  },
  next: ({ locale }, annotation) => href(locale, annotationRoute, { annotation }),
})
