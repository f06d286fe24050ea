import { ok, refuse } from '@parley/kernel'
import { type FormView, href, html, linkButton } from '@parley/web'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import { type Community, type PublicContact, writeTo } from '../community/index.ts'
import { findKnown, missionOf } from './known.ts'
import { isLetterName, letterFields } from './letters.ts'
import { text } from './locales/index.ts'
import { letterRoute, lettersRoute } from './routes.ts'

/** POC-15: a letter to print, blank for anybody and filled in for a Mission with what is known of its own State. */
export function letterPage(community: Community, contact: PublicContact): DirectoryPage {
  return page({
    route: letterRoute,
    verb: 'letters.read',
    read: async (scope) => {
      const { locale, params } = scope
      const { letter } = params
      if (!isLetterName(letter)) return refuse({ code: 'letters/unknown', kind: 'absent' })
      const t = text(locale)
      const known = await findKnown(scope, community, letter)
      const view: FormView = { locale, form: { values: known, errors: [] }, texts: [], paper: true }
      const operator = community.profile.operator[locale]
      const body = html`<div class="unprinted">
          <p>${t(missionOf(scope) ? 'letter.how-known' : 'letter.how')}</p>
          ${linkButton(href(locale, lettersRoute), t('letters.all'))}
        </div>
        <article class="paper">
          <p class="small">${t.html('letter.to', { operator, email: writeTo(contact) })}</p>
          <h1>${t(`${letter}.title`)}</h1>
          <p>${t(`${letter}.asks`, { operator })}</p>
          ${letterFields(view, community, letter)}
          <div class="signed">
            <div>${t('letter.date')}</div>
            <div>${t('letter.stamp')}</div>
          </div>
          <p class="small">${t('letter.own-words')}</p>
        </article>`
      return ok({ title: t(`${letter}.title`), body, width: 'narrow' })
    },
  })
}
