import { ok, refuse } from '@parley/kernel'
import { errorSummary, href, html, optionalParagraphs, textField } from '@parley/web'
import { z } from 'zod'
import { caseUnknown } from '../cases/case-unknown.ts'
import { caseLink } from '../cases/pages/case-rows.ts'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { caseRoute, noteRoute } from '../routes.ts'

/** A note of the own office on a case: no other side and no third party is given it. */
export const notePage = page({
  route: noteRoute,
  read: async (scope, typed) => {
    const { locale, cases, params } = scope
    const each = cases.find(params.id)
    if (!each) return caseUnknown
    const t = text(locale)
    const view = formView(scope, typed)
    const body = html`<h1>${t('note.title')}</h1>
      <p class="lede">${caseLink(scope, each)}</p>
      ${errorSummary(view)}
      <form method="post" action="${href(locale, noteRoute, { id: each.id })}">
        ${textField(view, { name: 'text', label: t('note.text'), help: t('note.help'), rows: 8, autocomplete: 'off', required: true })}
        <p class="small">${t('line.for-good')}</p>
        <button class="button main">${t('incoming.act')}</button>
      </form>`
    return ok({ title: t('note.title'), width: 'narrow', body })
  },
})

export const noteForm = form({
  route: noteRoute,
  on: notePage,
  fields: z.object({ text: optionalParagraphs(20_000) }),
  act: async ({ cases, params, record, now, user }, { text: said }) => {
    if (!cases.find(params.id)) return caseUnknown
    if (said === undefined) return refuse({ code: 'field/required', kind: 'invalid', field: 'text' })
    const entry = { at: now, by: user.name, case: params.id }
    return record.append({ ...entry, what: 'note.written', content: { text: said } })
  },
  next: ({ locale, params: { id } }) => href(locale, caseRoute, { id }),
})
