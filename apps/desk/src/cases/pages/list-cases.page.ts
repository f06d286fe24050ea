import { ok } from '@parley/kernel'
import { empty, href, html, select, textField } from '@parley/web'
import { formView, page } from '../../door/scope.ts'
import { text } from '../../locales/index.ts'
import { stateName } from '../../office/members.ts'
import { casesRoute } from '../../routes.ts'
import { caseTable } from './case-rows.ts'

const most = 100

/** Every case, searched in all that was written in it. */
export const listCasesPage = page({
  route: casesRoute,
  read: async (scope) => {
    const { locale, cases, query, desk } = scope
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
      .filter(({ isOpen }) => typed.shown === '' || isOpen === (typed.shown === 'open'))
    const states = [...new Set(all.map(({ counterpart }) => counterpart.state))].map((state) => ({
      value: state,
      label: stateName(desk.members, state, locale),
    }))
    const shown = ['open', 'closed'] as const
    const body = html`<h1>${t('cases.title')}</h1>
      <form method="get" class="filter" role="search" action="${href(locale, casesRoute)}">
        ${textField(view, { name: 'q', label: t('cases.search'), type: 'search' })}
        ${select(view, { name: 'state', label: t('office.state'), options: [{ value: '', label: t('cases.every') }, ...states] })}
        ${select(view, { name: 'shown', label: t('case.state'), options: [{ value: '', label: t('cases.every') }, ...shown.map((value) => ({ value, label: t(`case.${value}`) }))] })}
        <button class="button main">${t('cases.show')}</button>
      </form>
      ${found.length > 0 ? caseTable(scope, t('cases.found', { number: found.length }), found.slice(0, most)) : empty(t(all.length > 0 ? 'cases.none-found' : 'cases.none'))}`
    return ok({ title: t('cases.title'), body })
  },
})
