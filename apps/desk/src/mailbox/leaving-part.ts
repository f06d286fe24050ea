import type { Locale } from '@parley/kernel'
import { actButton, hidden, href, html, type Html, ltr, moment, notice } from '@parley/web'
import { text } from '../locales/index.ts'
import { settleRoute } from '../routes.ts'
import type { Leaving, MailIndex } from './mail-index.ts'

/** A message of which nobody wrote down what became of it: somebody who knows says so, and it is never sent by itself. */
export function leavingPart(locale: Locale, { sending }: Pick<MailIndex, 'sending'>, leaving: Leaving): Html {
  const t = text(locale)
  const to = ltr(leaving.content.address ?? '–')
  if (sending.has(leaving.n)) return notice(html`${t('send.now')} ${to}`)
  const settled = (outcome: 'sent' | 'not-sent') =>
    actButton(
      href(locale, settleRoute, { line: String(leaving.n) }),
      t(`send.settle.${outcome}`),
      'plain',
      hidden('outcome', outcome),
    )
  return notice(
    html`<p>${t('send.unknown')} ${to}, ${moment(locale, leaving.at)}</p>
      <p>${t('send.unknown.how')}</p>
      <div class="row">${settled('sent')} ${settled('not-sent')}</div>`,
    'warn',
  )
}
