import { ok } from '@parley/kernel'
import { empty, href, html, linkButton, select, textField } from '@parley/web'
import { formView, page } from '../../door/scope.ts'
import { text } from '../../locales/index.ts'
import { stateName } from '../../office/members.ts'
import { casesRoute, openHandOverRoute } from '../../routes.ts'
import type { Case } from '../case.ts'
import { overdue } from '../clocks.ts'
import { caseTable } from './case-rows.ts'

const most = 100

/** Every case, searched in all that was written in it. */
export const listCasesPage = page({
  route: casesRoute,
  read: async (scope) => {
    const { locale, cases, query, desk, now } = scope
    const t = text(locale)
    const typed = {
      q: query.get('q') ?? '',
      state: query.get('state') ?? '',
      shown: query.get('shown') ?? '',
    }
    const view = formView(scope, { values: typed, errors: [] })
    const all = [...cases.all()].sort((one, other) => other.lastAt.getTime() - one.lastAt.getTime())
    const found = (typed.q.trim() === '' ? all : cases.search(typed.q))
      .filter(({ counterpart }) => typed.state === '' || counterpart.state === typed.state)
      .filter((each) => isShown(each, typed.shown, now))
    const states = [...new Set(all.map(({ counterpart }) => counterpart.state))].map((state) => ({
      value: state,
      label: stateName(desk.members, state, locale),
    }))
    const body = html`<h1>${t('cases.title')}</h1>
      <form method="get" class="filter" role="search" action="${href(locale, casesRoute)}">
        ${textField(view, { name: 'q', label: t('cases.search'), type: 'search' })}
        ${select(view, { name: 'state', label: t('office.state'), options: [{ value: '', label: t('cases.every') }, ...states] })}
        ${select(view, { name: 'shown', label: t('case.state'), options: [{ value: '', label: t('cases.every') }, ...(['open', 'closed'] as const).map((value) => ({ value, label: t(`case.${value}`) })), { value: 'overdue', label: t('start.overdue') }] })}
        <button class="button main">${t('cases.show')}</button>
      </form>
      ${found.length > 0 ? caseTable(scope, t('cases.found', { number: found.length }), found.slice(0, most)) : empty(t(all.length > 0 ? 'cases.none-found' : 'cases.none'))}
      <p>${linkButton(href(locale, openHandOverRoute), t('within.open.title'))}</p>`
    return ok({ title: t('cases.title'), body })
  },
})

function isShown(each: Case, shown: string, now: Date): boolean {
  switch (shown) {
    case 'open':
      return each.isOpen
    case 'closed':
      return !each.isOpen
    case 'overdue':
      return overdue([each], now).length > 0
    default:
      return true
  }
}
