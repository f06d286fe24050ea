import { type CheckCode, directionOf, groupCode, hour, type Locale, locales } from '@parley/kernel'
import type { OutgoingMail } from '@parley/mail'
import { href, html, writeDuration, writeMonths } from '@parley/web'
import type { Keys } from '../../platform/config/keys.ts'
import { messageId, type Post, subaddress } from '../../platform/mail/post.ts'
import type { Community } from '../community/index.ts'
import type { CheckId, MessageId } from './domain/check.ts'
import { text } from './locales/index.ts'
import { checkRoute } from './routes.ts'
import { codeOf, mailToken } from './tokens.ts'

export interface CheckToSend {
  readonly message: MessageId
  readonly check: CheckId
  readonly use: 'check' | 'reminder'
  readonly to: string
  readonly language: Locale
  readonly answerWithinHours: number
  readonly attempts: number
  readonly queuedAt: Date
  readonly at: Date
  /** Where the history stands: a copy of it leaves the house with every message. */
  readonly checkpoint?: string | undefined
}

export interface CheckMail {
  readonly keys: Keys
  readonly community: Community
  readonly post: Pick<Post, 'from' | 'mailbox'>
  readonly origin: URL
}

/**
 * The message of a check, or its reminder: who asks and why, what to do, what happens if nobody answers (nothing).
 * No tracking, no remote content; the same code and answer address in both.
 */
export function renderCheck(
  { keys, community, post, origin }: CheckMail,
  message: CheckToSend,
): OutgoingMail {
  const { language: locale, use } = message
  const t = text(locale)
  const code = codeOf(keys, message.message)
  const link = new URL(href(locale, checkRoute, { code }), origin).href
  const directory = community.profile.names[locale]
  const operator = community.profile.operator[locale]
  const interval = writeMonths(locale, community.profile.checkEveryMonths)
  const window = writeDuration(locale, message.answerWithinHours * hour)
  const subject = t(use === 'check' ? 'mail.subject' : 'mail.subject.reminder', { directory })
  const before = [t('mail.why', { directory, operator, interval }), t('mail.ask', { window })]
  const after = [t('mail.reply'), t('mail.silence'), t('mail.trust', { host: origin.host })]
  const { checkpoint } = message
  if (checkpoint) after.push(t('mail.checkpoint', { checkpoint }))
  const greeting = t(use === 'check' ? 'mail.greeting' : 'mail.greeting.reminder')
  return {
    from: { name: operator, address: post.from },
    to: message.to,
    replyTo: subaddress(post.mailbox, mailToken(keys, 'answer', message.message)),
    returnPath: subaddress(post.mailbox, mailToken(keys, 'return', message.message)),
    messageId: messageId(post, mailToken(keys, use, message.message)),
    ...(use === 'reminder' ? { inReplyTo: messageId(post, mailToken(keys, 'check', message.message)) } : {}),
    subject,
    text:
      [greeting, ...before, link, `${t('mail.code')} ${isolated(code)}`, ...after, operator].join('\n\n') +
      '\n',
    html: html`<!doctype html>
      <html lang="${locale}" dir="${directionOf(locale)}">
        <meta charset="utf-8" /><title>${subject}</title>
        <body>
          <p>${greeting}</p>
          ${before.map((line) => html`<p>${line}</p>`)}
          <p><a href="${link}">${t('mail.button')}</a></p>
          <p>${t('mail.code')} <b dir="ltr">${groupCode(code)}</b></p>
          ${after.map((line) => html`<p>${line}</p>`)}
          <p>${operator}</p>
        </body>
      </html>`.toString(),
    language: locale,
    at: message.at,
  }
}

/** The code keeps its order inside text that runs from right to left (Unicode isolates). */
function isolated(code: CheckCode): string {
  return `\u2066${groupCode(code)}\u2069`
}

/** For the preview before a round: the same message in every language, to the manager's own address. */
export function previewCheck(
  mail: CheckMail,
  message: Omit<CheckToSend, 'language'>,
): readonly OutgoingMail[] {
  return locales.map((language) => renderCheck(mail, { ...message, language }))
}
