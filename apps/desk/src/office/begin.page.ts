import { ok, refuse } from '@parley/kernel'
import { errorSummary, href, html, line, notice, secret, textField, tick, tickBox } from '@parley/web'
import { z } from 'zod'
import { doorForm, doorPage, formView } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { beginRoute, startRoute } from '../routes.ts'
import { askOffice, officeFields, settingsOf } from './office-fields.ts'
import { writeSettings } from './settings.ts'

/** Which office this is, and its first user; says before it matters that there is no back door. */
export const beginPage = doorPage({
  route: beginRoute,
  stage: 'let-in',
  read: async (scope, form) => {
    const { locale, desk, kinds } = scope
    if (!desk.store.isNew()) return ok({ to: href(locale, startRoute) })
    const t = text(locale)
    const view = formView(scope, form)
    const body = html`<h1>${t('begin.title')}</h1>
      ${errorSummary(view)}
      <form method="post" action="${href(locale, beginRoute)}">
        <h2>${t('begin.office')}</h2>
        <p>${t('begin.office.why')}</p>
        ${askOffice(view, { members: desk.members, kinds })}
        <h2>${t('begin.user')}</h2>
        ${notice(t('begin.no-back-door'), 'warn')}
        ${textField(view, { name: 'name', label: t('user.name'), help: t('user.name.help'), autocomplete: 'username', required: true })}
        ${textField(view, { name: 'passphrase', label: t('user.passphrase'), help: t('user.passphrase.help'), type: 'password', autocomplete: 'new-password', required: true })}
        ${textField(view, { name: 'again', label: t('user.again'), type: 'password', autocomplete: 'new-password', required: true })}
        ${tickBox(view, { name: 'understood', label: t('begin.understood') })}
        <button class="button main">${t('begin.act')}</button>
      </form>`
    return ok({ title: t('begin.title'), width: 'narrow', body })
  },
})

export const beginForm = doorForm({
  route: beginRoute,
  stage: 'let-in',
  on: beginPage,
  fields: z.object({
    ...officeFields,
    name: line(100),
    passphrase: secret(300),
    again: secret(300),
    understood: tick,
  }),
  act: async ({ desk, goOnAs, locale, now }, { name, passphrase, again, understood, ...office }) => {
    if (passphrase !== again)
      return refuse({ code: 'desk/passphrase-differs', kind: 'invalid', field: 'again' })
    if (!understood) return refuse({ code: 'desk/not-understood', kind: 'invalid', field: 'understood' })
    const entered = await desk.store.begin({ name, passphrase })
    if (!entered.ok) return entered
    goOnAs({ desk, user: entered.value.user, seenAt: now })
    return writeSettings(entered.value, settingsOf(office, locale))
  },
  next: ({ locale }) => href(locale, startRoute),
})
