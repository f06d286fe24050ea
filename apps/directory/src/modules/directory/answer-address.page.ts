import { ok, refuse } from '@parley/kernel'
import { errorSummary, href, html, notice, type View } from '@parley/web'
import { z } from 'zod'
import type { Keys } from '../../platform/config/keys.ts'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { answerAddress } from './answer-address.ts'
import { linkUnknown } from './domain/decide-change.ts'
import { parseLink } from './links.ts'
import { text } from './locales/index.ts'
import { verifyRoute } from './routes.ts'

const verb = 'directory.address.answer'

/** Behind the link of the message to a new address; opening it writes nothing and is the same for each link. */
export function answerAddressPage(): DirectoryPage {
  return page({
    route: verifyRoute,
    verb,
    read: async (scope, state) => {
      const { locale, params } = scope
      const t = text(locale)
      if (!parseLink(params.address, params.token)) return refuse(linkUnknown)
      const body = html`<h1>${t('verify.title')}</h1>
        ${errorSummary(formView(scope, state))}
        <p class="lede">${t('verify.lede')}</p>
        <form class="card" method="post" action="${href(locale, verifyRoute, params)}">
          <section><button class="button main">${t('verify.button')}</button></section>
          <section class="small">${t('verify.meaning')}</section>
        </form>`
      return ok({ title: t('verify.title'), body, width: 'narrow' })
    },
  })
}

export function answerAddressForm(keys: Keys, on: DirectoryPage): DirectoryForm {
  return form({
    route: verifyRoute,
    verb,
    fields: z.object({}),
    on,
    act: (scope) => answerAddress(keys, { id: scope.params.address, token: scope.params.token })(scope),
    next: ({ locale }): View => {
      const t = text(locale)
      const body = html`<h1>${t('verify.title')}</h1>
        ${notice(t('verify.done'))}`
      return { title: t('verify.title'), body, width: 'narrow' }
    },
  })
}
