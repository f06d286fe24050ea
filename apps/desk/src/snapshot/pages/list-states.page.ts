import { ok } from '@parley/kernel'
import { empty, href, html, type Html, linkButton, nothing, table, textField } from '@parley/web'
import { formView, page } from '../../door/scope.ts'
import { text } from '../../locales/index.ts'
import { changesRoute, listedStateRoute, loadRoute, offlineRoute } from '../../routes.ts'
import { findEntries, kindIn, listedStates, stateIn } from '../names.ts'
import { changesNotice } from './changes-notice.ts'
import { copyFacts } from './copy-facts.ts'

/** The directory without any connection: its States, and which copy of it this is. */
export const listStatesPage = page({
  route: offlineRoute,
  read: async (scope) => {
    const { locale, directory, query } = scope
    const t = text(locale)
    const copy = await directory.current()
    const title = t('offline.title')
    if (!copy) {
      const body = html`<h1>${title}</h1>
        ${empty(t('offline.none'))} ${linkButton(href(locale, loadRoute), t('offline.load'), 'main')}`
      return ok({ title, width: 'narrow', body })
    }
    const { snapshot } = copy
    const typed = query.get('q') ?? ''
    const view = formView(scope, { values: { q: typed }, errors: [] })
    const found = new Set(findEntries(snapshot, typed))
    const byState = Map.groupBy(
      snapshot.entries.filter((entry) => found.has(entry)),
      ({ state }) => state,
    )
    const rows = listedStates(snapshot, locale).flatMap((code) => {
      const kinds = new Set(byState.get(code)?.map(({ kind }) => kindIn(snapshot, kind, locale)))
      const link = html`<a href="${hereOf(scope, code)}">${stateIn(snapshot, code, locale)}</a>`
      return kinds.size === 0 ? [] : [[link, [...kinds].join(' · ')]]
    })
    const body = html`<h1>${title}</h1>
      <p class="lede">${t('offline.lede')}</p>
      ${changesNotice(scope)}
      <form method="get" class="filter" role="search" action="${href(locale, offlineRoute)}">
        ${writing(query)} ${textField(view, { name: 'q', label: t('offline.search'), type: 'search' })}
        <button class="button main">${t('cases.show')}</button>
      </form>
      ${
        rows.length > 0
          ? table(t('offline.states'), [t('office.state'), t('office.kind')], rows)
          : empty(t('offline.none-found'))
      }
      <h2>${t('offline.copy')}</h2>
      ${copyFacts(scope, copy)}
      <p class="row">
        ${linkButton(href(locale, loadRoute), t('offline.load'))}
        ${linkButton(href(locale, changesRoute), t('changes.title'))}
      </p>`
    return ok({ title, body })
  },
})

/** What is being written stays in the address while somebody is looked for. */
function writing(query: URLSearchParams): Html {
  const kind = query.get('write')
  return kind === null ? nothing : html`<input type="hidden" name="write" value="${kind}" />`
}

function hereOf(
  { locale, query }: { readonly locale: Parameters<typeof href>[0]; readonly query: URLSearchParams },
  state: string,
): string {
  const kind = query.get('write')
  const search = kind === null ? '' : `?${new URLSearchParams({ write: kind })}`
  return `${href(locale, listedStateRoute, { state })}${search}`
}
