import { ok } from '@parley/kernel'
import { html } from '@parley/web'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import { text } from './locales/index.ts'
import { type PublicContact, writeTo } from './public-contact.ts'
import { accessibilityRoute } from './routes.ts'

export function accessibilityPage(contact: PublicContact): DirectoryPage {
  return page({
    route: accessibilityRoute,
    verb: 'community.public.read',
    read: async ({ locale }) => {
      const t = text(locale)
      const body = html`<h1>${t('accessibility.title')}</h1>
        <p class="lede">${t('accessibility.lede')}</p>
        <h2>${t('accessibility.standard')}</h2>
        <p>${t('accessibility.standard-text')}</p>
        <h2>${t('accessibility.means')}</h2>
        <ul>
          <li>${t('accessibility.scripts')}</li>
          <li>${t('accessibility.keyboard')}</li>
          <li>${t('accessibility.zoom')}</li>
          <li>${t('accessibility.direction')}</li>
          <li>${t('accessibility.paper')}</li>
        </ul>
        <h2>${t('accessibility.limits')}</h2>
        <p>${t('accessibility.limits-text')}</p>
        <h2>${t('accessibility.report')}</h2>
        <p>${t.html('accessibility.report-text', { email: writeTo(contact) })}</p>`
      return ok({ title: t('accessibility.title'), body, width: 'narrow' })
    },
  })
}
