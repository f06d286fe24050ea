import { type Locale, locales } from '@parley/kernel'
import { href, html, type Html, select, textField, writeLanguage } from '@parley/web'
import { type DirectoryScope, formView } from '../../../platform/pages/scope.ts'
import { text } from '../locales/index.ts'
import { kindName } from '../read/words.ts'
import { searchRoute } from '../routes.ts'
import { documentKinds } from '../structured-document.ts'
import { hasFilter } from './find-passages.ts'
import type { Wanted } from './wanted.ts'

/** The box alone, above lists and documents. */
export function searchBox(locale: Locale, typed = ''): Html {
  const t = text(locale)
  return html`<form method="get" action="${href(locale, searchRoute)}" role="search">
    ${boxOf(typed, t('search.label'), t('search.button'))}
  </form>`
}

/** The box with what narrows the search folded away below it. Everything stands in the address. */
export function searchForm(scope: Pick<DirectoryScope, 'locale' | 'texts' | 'actor'>, wanted: Wanted): Html {
  const { locale } = scope
  const t = text(locale)
  const { language = '', kind = '', year } = wanted
  const values = { language, kind, year: year === undefined ? '' : String(year) }
  const view = formView(scope, { values, errors: [] })
  const any = { value: '', label: t('search.any') }
  const languages = locales.map((value) => ({ value, label: writeLanguage(locale, value) }))
  const kinds = documentKinds.map((value) => ({ value, label: kindName(locale, value) }))
  return html`<form method="get" action="${href(locale, searchRoute)}" role="search">
    ${boxOf(wanted.text.toWellFormed(), t('search.label'), t('search.button'))}
    <details ${hasFilter(wanted) ? html` open` : ''}>
      <summary>${t('search.narrow')}</summary>
      <div class="filter">
        ${select(view, { name: 'language', label: t('library.language'), options: [any, ...languages] })}
        ${select(view, { name: 'kind', label: t('library.kind'), options: [any, ...kinds] })}
        ${textField(view, { name: 'year', label: t('search.year'), inputmode: 'numeric', size: 'short' })}
        <button class="button">${t('search.button')}</button>
      </div>
    </details>
  </form>`
}

function boxOf(typed: string, label: string, button: string): Html {
  return html`<div class="search">
    <input type="search" name="q" aria-label="${label}" value="${typed}" dir="auto" />
    <button class="button main">${button}</button>
  </div>`
}
