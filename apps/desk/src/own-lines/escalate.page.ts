import { ok } from '@parley/kernel'
import { errorSummary, href, html, line, optionalParagraphs, textField } from '@parley/web'
import { z } from 'zod'
import { caseUnknown } from '../cases/case-unknown.ts'
import { caseLink } from '../cases/pages/case-rows.ts'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { caseRoute, escalateRoute } from '../routes.ts'

/** POC-22: a case that was brought to higher officials. Of the own record alone, whoever asks for a copy of it. */
export const escalatePage = page({
  route: escalateRoute,
  read: async (scope, typed) => {
    const { locale, cases, params } = scope
    const each = cases.find(params.id)
    if (!each) return caseUnknown
    const t = text(locale)
    const view = formView(scope, typed)
    const body = html`<h1>${t('escalate.title')}</h1>
      <p class="lede">${caseLink(scope, each)}</p>
      <p>${t('escalate.why')}</p>
      ${errorSummary(view)}
      <form method="post" action="${href(locale, escalateRoute, { id: each.id })}">
        ${textField(view, { name: 'office', label: t('escalate.office'), help: t('escalate.office.help'), autocomplete: 'off', required: true })}
        ${textField(view, { name: 'note', label: t('escalate.note'), rows: 6, autocomplete: 'off' })}
        <p class="small">${t('line.for-good')}</p>
        <button class="button main">${t('incoming.act')}</button>
      </form>`
    return ok({ title: t('escalate.title'), width: 'narrow', body })
  },
})

export const escalateForm = form({
  route: escalateRoute,
  on: escalatePage,
  fields: z.object({ office: line(300), note: optionalParagraphs(20_000) }),
  act: async ({ cases, params, record, now, user }, { office, note }) => {
    if (!cases.find(params.id)) return caseUnknown
    const entry = { at: now, by: user.name, case: params.id }
    const content = { office, ...(note !== undefined && { note }) }
    return record.append({ ...entry, what: 'case.escalated', content })
  },
  next: ({ locale, params: { id } }) => href(locale, caseRoute, { id }),
})
