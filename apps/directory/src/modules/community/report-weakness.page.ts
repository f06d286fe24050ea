import { ok } from '@parley/kernel'
import { html } from '@parley/web'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import { text } from './locales/index.ts'
import { type PublicContact, writeTo } from './public-contact.ts'
import { weaknessRoute } from './routes.ts'

/** The policy that security.txt names: how to report a weakness, and what to leave alone. */
export function weaknessPage(contact: PublicContact): DirectoryPage {
  return page({
    route: weaknessRoute,
    verb: 'community.public.read',
    read: async ({ locale }) => {
      const t = text(locale)
      const body = html`<h1>${t('weakness.title')}</h1>
        <p class="lede">${t('weakness.lede')}</p>
        <h2>${t('weakness.how')}</h2>
        <p>${t.html('weakness.how-text', { email: writeTo(contact) })}</p>
        <h2>${t('weakness.please')}</h2>
        <ul>
          <li>${t('weakness.data')}</li>
          <li>${t('weakness.load')}</li>
          <li>${t('weakness.silence')}</li>
        </ul>`
      return ok({ title: t('weakness.title'), body, width: 'narrow' })
    },
  })
}
