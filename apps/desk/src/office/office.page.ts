import { ok } from '@parley/kernel'
import { errorSummary, href, html } from '@parley/web'
import { z } from 'zod'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { officeRoute, startRoute } from '../routes.ts'
import { askOffice, officeFields, settingsOf } from './office-fields.ts'
import { writeSettings } from './settings.ts'

/** Which office this is, to be changed at any time; what was written before keeps what it said. */
export const officePage = page({
  route: officeRoute,
  read: async (scope, typed) => {
    const { locale, desk, kinds, settings } = scope
    const t = text(locale)
    const view = formView(scope, typed)
    const body = html`<h1>${t('begin.office')}</h1>
      ${errorSummary(view)}
      <form method="post" action="${href(locale, officeRoute)}">
        ${askOffice(view, { members: desk.members, kinds, kept: settings })}
        <button class="button main">${t('office.keep')}</button>
      </form>`
    return ok({ title: t('begin.office'), width: 'narrow', body })
  },
})

export const officeForm = form({
  route: officeRoute,
  on: officePage,
  fields: z.object(officeFields),
  act: async ({ locale, sealed }, office) => writeSettings({ sealed }, settingsOf(office, locale)),
  next: ({ locale }) => href(locale, startRoute),
})
