import { hour, type Locale, ok } from '@parley/kernel'
import { href, html, linkButton, type Route, writeDuration, writeMonths } from '@parley/web'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import type { Community } from './community.ts'
import { text } from './locales/index.ts'
import { type PublicContact, writeTo } from './public-contact.ts'
import { joinRoute, privacyRoute } from './routes.ts'

/** The page of all letters, and the address of the one that asks for access. */
export interface LettersToPrint {
  readonly route: Route<'/letters'>
  readonly access: (locale: Locale) => string
}

/** POC-05, POC-15: how access is asked for, by a letter of the Mission. The page collects nothing. */
export function howToJoinPage(
  { profile }: Community,
  contact: PublicContact,
  letters: LettersToPrint,
): DirectoryPage {
  return page({
    route: joinRoute,
    verb: 'community.public.read',
    read: async ({ locale }) => {
      const t = text(locale)
      const interval = writeMonths(locale, profile.checkEveryMonths)
      const window = writeDuration(locale, profile.answerWithinHours * hour)
      const body = html`<h1>${t('join.title')}</h1>
        <p class="lede">${t('join.lede')}</p>
        <h2>${t('join.who')}</h2>
        <p>${t('join.who-text')}</p>
        <h2>${t('join.steps')}</h2>
        <ol class="steps">
          ${(['letter', 'verified', 'access', 'nominations'] as const).map(
            (step) =>
              html`<li>
                <strong>${t(`join.${step}`)}</strong>
                <p>${t(`join.${step}-text`)}</p>
              </li>`,
          )}
        </ol>
        <p>${linkButton(letters.access(locale), t('join.print'), 'main')}</p>
        <p>${t.html('overview.contact-text', { email: writeTo(contact) })}</p>
        <h2>${t('join.needed')}</h2>
        <p>${t('join.needed-text')}</p>
        <h2>${t('join.then')}</h2>
        <p>${t('join.then-text', { interval, window })}</p>
        <h2>${t('join.data')}</h2>
        <p>${t('join.data-text')} <a href="${href(locale, privacyRoute)}">${t('privacy.title')}</a></p>
        <h2>${t('join.leave')}</h2>
        <p>${t('join.leave-text', { count: profile.retentionDays.withdrawnEntry })}</p>
        <p><a href="${href(locale, letters.route)}">${t('join.letters')}</a></p>`
      return ok({ title: t('join.title'), body, width: 'narrow' })
    },
  })
}
