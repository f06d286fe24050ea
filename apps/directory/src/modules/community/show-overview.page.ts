import { ok } from '@parley/kernel'
import { html } from '@parley/web'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import type { Community } from './community.ts'
import { text } from './locales/index.ts'
import { countParticipating } from './participation.ts'
import { overviewRoute } from './routes.ts'

/** POC-16: what anyone may know. No entry, no name. */
export function overviewPage({ profile }: Community): DirectoryPage {
  return page({
    route: overviewRoute,
    verb: 'community.overview.read',
    read: async ({ locale, tx }) => {
      const t = text(locale)
      const body = html`<h1>${t('overview.title')}</h1>
        <p class="lede">
          ${t('overview.lede', { name: profile.names[locale], operator: profile.operator[locale] })}
        </p>
        <p>${t('overview.purpose')}</p>
        <p>${t('overview.participating', { count: await countParticipating(tx) })}</p>`
      return ok({ title: profile.names[locale], body, width: 'narrow' })
    },
  })
}
