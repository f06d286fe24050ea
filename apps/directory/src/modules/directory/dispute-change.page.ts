import { ok, refuse } from '@parley/kernel'
import { errorSummary, href, html, notice, type View } from '@parley/web'
import { z } from 'zod'
import type { Keys } from '../../platform/config/keys.ts'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { disputeChange } from './dispute-change.ts'
import { linkUnknown } from './domain/decide-change.ts'
import { parseLink } from './links.ts'
import { text } from './locales/index.ts'
import { disputeRoute } from './routes.ts'

const verb = 'directory.change.dispute'

/** Behind the link of a warning. Mail scanners follow links: opening it writes nothing and is the same for each link. */
export function disputePage(): DirectoryPage {
  return page({
    route: disputeRoute,
    verb,
    read: async (scope, state) => {
      const { locale, params } = scope
      const t = text(locale)
      if (!parseLink(params.change, params.token)) return refuse(linkUnknown)
      const body = html`<h1>${t('dispute.title')}</h1>
        ${errorSummary(formView(scope, state))}
        <p class="lede">${t('dispute.lede')}</p>
        <form class="card" method="post" action="${href(locale, disputeRoute, params)}">
          <section><button class="button stop">${t('dispute.button')}</button></section>
          <section class="small">${t('dispute.meaning')}</section>
        </form>`
      return ok({ title: t('dispute.title'), body, width: 'narrow' })
    },
  })
}

export function disputeForm(keys: Keys, on: DirectoryPage): DirectoryForm {
  return form({
    route: disputeRoute,
    verb,
    fields: z.object({}),
    on,
    act: (scope) => disputeChange(keys, { id: scope.params.change, token: scope.params.token })(scope),
    next: ({ locale }): View => {
      const t = text(locale)
      const body = html`<h1>${t('dispute.title')}</h1>
        ${notice(t('dispute.done'))}
        <p>${t('dispute.next')}</p>`
      return { title: t('dispute.title'), body, width: 'narrow' }
    },
  })
}
