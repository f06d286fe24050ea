import { type Locale, ok, type StateCode } from '@parley/kernel'
import { chip, empty, href, html, type Html, moment, select, table, textField } from '@parley/web'
import { type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import type { Community } from './community.ts'
import { text } from './locales/index.ts'
import { listParticipating } from './participation.ts'
import { stateRoute, statesRoute } from './routes.ts'
import type { State } from './states.ts'

/** POC-02, POC-05: all members by name, with whether they take part; there is no other order. */
export function statesPage(community: Community): DirectoryPage {
  return page({
    route: statesRoute,
    verb: 'community.states.read',
    read: async (scope) => {
      const { locale, query, tx } = scope
      const t = text(locale)
      const wanted = {
        q: query.get('q') ?? '',
        group: query.get('group') ?? '',
        part: query.get('part') ?? '',
      }
      const since = await listParticipating(tx)
      const found = community
        .searchStates(wanted.q, locale)
        .filter((state) => wanted.group === '' || state.group === wanted.group)
        .filter((state) => wanted.part === '' || since.has(state.code) === (wanted.part === 'yes'))
      const view = formView(scope, { values: wanted, errors: [] })
      const all = { value: '', label: t('states.all') }
      const body = html`<h1>${t('states.title')}</h1>
        <p class="lede">${t('states.lede', { count: community.states.length, participating: since.size })}</p>
        <form method="get" class="filter" role="search">
          ${textField(view, { name: 'q', label: t('states.search'), type: 'search' })}
          ${select(view, {
            name: 'group',
            label: t('states.group'),
            options: [
              all,
              ...groupsOf(community).map((group) => ({
                value: group,
                label: community.groupName(group, locale),
              })),
            ],
          })}
          ${select(view, {
            name: 'part',
            label: t('states.participation'),
            options: [
              all,
              { value: 'yes', label: t('states.filter-participating') },
              { value: 'no', label: t('states.not-participating') },
            ],
          })}
          <button class="button main">${t('states.show')}</button>
        </form>
        ${
          found.length === 0
            ? empty(t('states.none'))
            : html`<h2>${t('states.found', { count: found.length })}</h2>
                ${table(
                  t('states.title'),
                  [t('states.state'), t('states.group'), t('states.participation')],
                  found.map((state) => [
                    html`<a href="${href(locale, stateRoute, { state: state.code })}"
                      >${state.names[locale]}</a
                    >`,
                    community.groupName(state.group, locale),
                    participationOf(community, locale, state, since),
                  ]),
                )}`
        }`
      return ok({ title: t('states.title'), body })
    },
  })
}

/** RULE-3, RULE-11: since when a State takes part; not taking part is a fact like any other. */
export function participationOf(
  community: Community,
  locale: Locale,
  state: State,
  since: ReadonlyMap<StateCode, Date>,
): Html | string {
  const t = text(locale)
  const date = since.get(state.code)
  if (date) return t.html('states.since', { date: moment(locale, date, 'date') })
  return isOutside(community, state) ? t('states.no-demonstration-data') : t('states.not-participating')
}

/** RULE-11: in a demonstration, nothing is invented about the real States. */
function isOutside(community: Community, state: State): boolean {
  return !state.fictional && community.states.some(({ fictional }) => fictional)
}

/** A word beside the name of a State that does not exist. */
export function fictionalMark(locale: Locale, state: State): Html | '' {
  return state.fictional ? chip(text(locale)('states.fictional')) : ''
}

function groupsOf(community: Community): readonly string[] {
  return [...new Set(community.states.map((state) => state.group))].sort((one, other) =>
    one === 'none' ? 1 : other === 'none' ? -1 : one.localeCompare(other, 'en'),
  )
}
