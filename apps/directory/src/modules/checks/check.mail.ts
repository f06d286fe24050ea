import { type CheckCode, directionOf, groupCode, hour, type Locale } from '@parley/kernel'
import type { OutgoingMail } from '@parley/mail'
import { href, html, type Html, writeDuration, writeMonths } from '@parley/web'
import type { Keys } from '../../platform/config/keys.ts'
import { messageId, type Post, subaddress } from '../../platform/mail/post.ts'
import type { Community } from '../community/index.ts'
import type { CheckId, MessageId } from './domain/check.ts'
import type { Correction } from './domain/correction.ts'
import { text } from './locales/index.ts'
import { checkRoute } from './routes.ts'
import { codeOf, mailToken, type MailUse } from './tokens.ts'

export interface CheckToSend {
  readonly message: MessageId
  readonly check: CheckId
  readonly use: MailUse
  /** What a correction says; of the other uses, nothing. */
  readonly correction?: Correction | undefined
  readonly to: string
  readonly language: Locale
  readonly answerWithinHours: number
  readonly attempts: number
  /** When it was tried for the first time, pauses of its round since then not counted. */
  readonly triedAt: Date
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
 * The message of a check, its reminder or its correction: who asks and why, what to do, what happens if nobody answers (nothing).
 * No tracking, no remote content; the same code and answer address in all.
 */
function renderCheck(mail: CheckMail, message: CheckToSend, frame: Frame): OutgoingMail {
  const { keys, post, origin } = mail
  const { language: locale, use } = message
  const code = codeOf(keys, message.message)
  const link = new URL(href(locale, checkRoute, { code }), origin).href
  return {
    from: { name: frame.operator, address: post.from },
    to: message.to,
    replyTo: subaddress(post.mailbox, mailToken(keys, 'answer', message.message)),
    returnPath: subaddress(post.mailbox, mailToken(keys, 'return', message.message)),
    messageId: messageId(post, mailToken(keys, use, message.message)),
    ...(use !== 'check' ? { inReplyTo: messageId(post, mailToken(keys, 'check', message.message)) } : {}),
    subject: frame.subject,
    text: [frame.opening, link, `${frame.codeLabel} ${isolated(code)}`, frame.closing].join('\n\n'),
    html: html`<!doctype html>
      <html lang="${locale}" dir="${directionOf(locale)}">
        <meta charset="utf-8" /><title>${frame.subject}</title>
        <body>
          ${frame.before}
          <p><a href="${link}">${frame.button}</a></p>
          <p>${frame.codeLabel} <b dir="ltr">${groupCode(code)}</b></p>
          ${frame.after}
        </body>
      </html>`.toString(),
    language: locale,
    at: message.at,
    // RFC 3834: no absence note and no ticket is asked for. It is no list: nothing to subscribe to or to leave.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
  }
}

/** Renders one after the other; what they have in common is written once. */
export function openRenderer(mail: CheckMail): (message: CheckToSend) => OutgoingMail {
  const frames = new Map<string, Frame>()
  return (message) => {
    const { language, use, correction, answerWithinHours, checkpoint } = message
    const said = correction && `${correction.reason} ${correction.isAnswered}`
    const key = [language, use, said, answerWithinHours, checkpoint].join(' ')
    const frame = frames.get(key) ?? frameOf(mail, message)
    if (frames.size > mostFrames) frames.clear()
    frames.set(key, frame)
    return renderCheck(mail, message, frame)
  }
}

/** Six languages, messages, reminders and corrections, at a few checkpoints. */
const mostFrames = 60

/** What every message of one language, use and checkpoint has in common. */
interface Frame {
  readonly operator: string
  readonly subject: string
  readonly opening: string
  readonly codeLabel: string
  readonly closing: string
  readonly button: string
  readonly before: Html
  readonly after: Html
}

/** The subject and the greeting of each. */
const openings = {
  check: ['mail.subject', 'mail.greeting'],
  reminder: ['mail.subject.reminder', 'mail.greeting.reminder'],
  correction: ['mail.subject.correction', 'mail.greeting.correction'],
} as const

function frameOf({ community, origin }: CheckMail, message: Omit<CheckToSend, 'message'>): Frame {
  const { language: locale, use, checkpoint } = message
  const t = text(locale)
  const directory = community.profile.names[locale]
  const operator = community.profile.operator[locale]
  const interval = writeMonths(locale, community.profile.checkEveryMonths)
  const window = writeDuration(locale, message.answerWithinHours * hour)
  const isAnswered = message.correction?.isAnswered === true
  const [titleKey, greetingKey] = openings[use]
  const subject = t(titleKey, { directory })
  const before = [
    t(greetingKey),
    ...(message.correction ? [t(`mail.correction.${message.correction.reason}`)] : []),
    t('mail.why', { directory, operator, interval }),
    isAnswered
      ? t('mail.ask.answered')
      : t(use === 'correction' ? 'mail.ask.correction' : 'mail.ask', { window }),
  ]
  const after = [
    ...(isAnswered ? [t('answer.meaning')] : [t('mail.reply'), t('mail.silence')]),
    t('mail.trust', { host: origin.host }),
    ...(checkpoint ? [t('mail.checkpoint', { checkpoint })] : []),
    operator,
  ]
  return {
    operator,
    subject,
    opening: before.join('\n\n'),
    codeLabel: t('mail.code'),
    closing: `${after.join('\n\n')}\n`,
    button: t('mail.button'),
    before: html`${before.map((line) => html`<p>${line}</p>`)}`,
    after: html`${after.map((line) => html`<p>${line}</p>`)}`,
  }
}

/** The code keeps its order inside text that runs from right to left (Unicode isolates). */
function isolated(code: CheckCode): string {
  return `\u2066${groupCode(code)}\u2069`
}
