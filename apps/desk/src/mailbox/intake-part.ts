import type { Locale } from '@parley/kernel'
import { actButton, href, html, type Html, linkButton, moment, notice } from '@parley/web'
import { text } from '../locales/index.ts'
import { lookRoute, mailSettingsRoute } from '../routes.ts'
import type { IntakeStatus } from './intake.ts'
import type { MailSettings } from './mail-settings.ts'

/** Whether mail is fetched, when it was last looked for, and what stands in the way. */
export function intakePart(
  locale: Locale,
  status: IntakeStatus | undefined,
  settings: MailSettings | undefined,
): Html {
  const t = text(locale)
  const setUp = linkButton(href(locale, mailSettingsRoute), t('post.title'))
  if (!settings?.imap || !status)
    return html`<p>${t('intake.none')}</p>
      <p>${setUp}</p>`
  const { fault, lookedAt, reachedAt, isLooking } = status
  const reached = reachedAt
    ? html`${t('intake.reached')} ${moment(locale, reachedAt, 'second')}`
    : t('intake.never')
  return html`${
      fault
        ? notice(html`${t(`intake.${fault}`)} ${lookedAt ? moment(locale, lookedAt, 'second') : ''}`, 'warn')
        : ''
    }
    <p>${isLooking ? t('intake.looking') : reached}</p>
    <div class="row">${actButton(href(locale, lookRoute), t('intake.look'))} ${setUp}</div>`
}
