import { ok } from '@parley/kernel'
import { href, html, linkButton, select } from '@parley/web'
import { type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import type { Community } from '../community/index.ts'
import { linesTable } from './lines.ts'
import { listActs } from './list-acts.ts'
import { text } from './locales/index.ts'
import { checkpointRoute, historyRoute, ourHistoryRoute } from './routes.ts'

/** Everything that happened: for the manager, and for an auditor without what was written. */
export function historyPage(community: Community): DirectoryPage {
  return page({
    route: historyRoute,
    verb: 'history.read',
    read: async (scope) => {
      const { locale, tx, query } = scope
      const t = text(locale)
      const about = community.findState(query.get('state') ?? '')
      const found = await listActs(tx, { state: about?.code, before: query.get('before') ?? '' })
      const view = formView(scope, { values: { state: about?.code ?? '' }, errors: [] })
      const states = community.searchStates('', locale)
      const older = (before: string) =>
        `${href(locale, historyRoute)}?${new URLSearchParams({ ...(about && { state: about.code }), before })}`
      const body = html`<h1>${t('history.title')}</h1>
        <p class="lede">${t('history.lede')}</p>
        <form method="get" class="filter">
          ${select(view, {
            name: 'state',
            label: t('lines.state'),
            options: [
              { value: '', label: t('history.all-states') },
              ...states.map((state) => ({ value: state.code, label: state.names[locale] })),
            ],
          })}
          <button class="button main">${t('history.show')}</button>
        </form>
        ${linesTable(scope, found, older, community, 'of all States')}
        <p>${linkButton(href(locale, checkpointRoute), t('checkpoint.title'))}</p>`
      return ok({ title: t('history.title'), body })
    },
  })
}

/** RULE-9: what happened in a State's own matters, and what the manager read or changed of them. */
export function ourHistoryPage(community: Community): DirectoryPage {
  return page({
    route: ourHistoryRoute,
    verb: 'history.read-own',
    read: async (scope) => {
      const { locale, tx, query, actor } = scope
      const t = text(locale)
      const found = await listActs(tx, { state: stateOf(actor), before: query.get('before') ?? '' })
      const older = (before: string) => `${href(locale, ourHistoryRoute)}?${new URLSearchParams({ before })}`
      const body = html`<h1>${t('our-history.title')}</h1>
        <p class="lede">${t('our-history.lede')}</p>
        ${linesTable(scope, found, older, community, 'of one State')}
        <p>${linkButton(href(locale, checkpointRoute), t('checkpoint.title'))}</p>`
      return ok({ title: t('our-history.title'), body })
    },
  })
}
