import { type Locale, ok } from '@parley/kernel'
import { href, html, type Html, table } from '@parley/web'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import type { Community } from './community.ts'
import { text } from './locales/index.ts'
import type { Profile } from './profile.ts'
import { type PublicContact, writeTo } from './public-contact.ts'
import { privacyRoute, weaknessRoute } from './routes.ts'

/** What is kept of people, for how long and who sees it; the figures are the profile's. */
export function privacyPage({ profile }: Community, contact: PublicContact): DirectoryPage {
  return page({
    route: privacyRoute,
    verb: 'community.public.read',
    read: async ({ locale }) => {
      const t = text(locale)
      const body = html`<h1>${t('privacy.title')}</h1>
        <p class="lede">${t('privacy.lede')}</p>
        <p>
          ${t.html('privacy.responsible', { operator: profile.operator[locale], email: writeTo(contact) })}
        </p>
        <h2>${t('privacy.kept')}</h2>
        ${list([
          t('privacy.kept-entries'),
          t('privacy.kept-users'),
          t('privacy.kept-missions'),
          t('privacy.kept-checks'),
          t('privacy.kept-forms'),
          t('privacy.kept-history'),
        ])}
        <h2>${t('privacy.how-long')}</h2>
        ${retention(locale, profile)}
        <p>${t('privacy.rest')}</p>
        <h2>${t('privacy.sees')}</h2>
        ${list([
          t('privacy.sees-entries'),
          t('privacy.sees-results'),
          t('privacy.sees-users'),
          t('privacy.sees-public'),
        ])}
        <h2>${t('privacy.promises')}</h2>
        ${list([t('privacy.rule-1'), t('privacy.rule-3'), t('privacy.rule-9'), t('privacy.rule-12')])}
        <h2>${t('privacy.rights')}</h2>
        ${list([t('privacy.rights-named'), t('privacy.rights-user')])}
        <h2>${t('privacy.browser')}</h2>
        <p>${t('privacy.browser-text')}</p>
        <p><a href="${href(locale, weaknessRoute)}">${t('weakness.title')}</a></p>`
      return ok({ title: t('privacy.title'), body, width: 'narrow' })
    },
  })
}

/** A figure that a profile gains needs its sentence, or this does not compile. */
function retention(locale: Locale, { retentionDays }: Profile): Html {
  const t = text(locale)
  const kept = Object.keys(retentionDays).filter((name) => isRetention(retentionDays, name))
  return table(
    t('privacy.how-long'),
    [t('privacy.what'), t('privacy.period')],
    kept.map((name) => [t(`privacy.retention.${name}`), t('privacy.days', { count: retentionDays[name] })]),
  )
}

function isRetention<Days extends object>(days: Days, name: string): name is keyof Days & string {
  return Object.hasOwn(days, name)
}

function list(items: readonly string[]): Html {
  return html`<ul>
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`
}
