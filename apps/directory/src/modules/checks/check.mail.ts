import { type CheckCode, directionOf, groupCode, hour, type Locale, groupFingerprint } from '@parley/kernel'
import type { OutgoingMail } from '@parley/mail'
import { href, html, type Html, nothing, writeDuration, writeMonths } from '@parley/web'
import type { Keys } from '../../platform/config/keys.ts'
import { messageId, type Post, subaddress } from '../../platform/mail/post.ts'
import { maySign, type SigningKey } from '../../platform/mail/signing-key.ts'
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
  /** A second language that the message says the same in, below. */
  readonly beside?: Locale | undefined
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
  /** What the messages are signed with; they say so. */
  readonly signingKey?: SigningKey | undefined
}

/**
 * The message of a check, its reminder or its correction: who asks and why, what to do, what happens if nobody answers
 * (nothing). No tracking, no remote content; the same code and answer address in all. In two languages it says all of
 * it twice, each in its own direction, with one code.
 */
function renderCheck(mail: CheckMail, message: CheckToSend, frames: Frames): OutgoingMail {
  const { keys, post, origin, signingKey } = mail
  const { language: locale, beside, use } = message
  const code = codeOf(keys, message.message)
  const first = frames(message)
  const second = beside && frames({ ...message, language: beside })
  const both = second ? [first, second] : [first]
  const linkIn = (frame: Frame) => new URL(href(frame.locale, checkRoute, { code }), origin).href
  const subject = both.map((frame) => frame.subject).join(' / ')
  const plain = both.map((frame) =>
    [frame.opening, linkIn(frame), `${frame.codeLabel} ${isolated(code)}`, frame.closing].join('\n\n'),
  )
  return {
    from: { name: first.operator, address: post.from },
    to: message.to,
    replyTo: subaddress(post.mailbox, mailToken(keys, 'answer', message.message)),
    returnPath: subaddress(post.mailbox, mailToken(keys, 'return', message.message)),
    messageId: messageId(post, mailToken(keys, use, message.message)),
    ...(use !== 'check' ? { inReplyTo: messageId(post, mailToken(keys, 'check', message.message)) } : {}),
    subject,
    text: `${second ? `${second.below}\n\n` : ''}${plain.join('\n* * *\n\n')}`,
    html: html`<!doctype html>
      <html lang="${locale}" dir="${directionOf(locale)}">
        <meta charset="utf-8" /><title>${subject}</title>
        <body>
          ${second ? inItsLanguage(second, html`<p>${second.below}</p>`) : nothing}
          ${both.map((frame, index) => {
            const body = html`${frame.before}
              <p><a href="${linkIn(frame)}">${frame.button}</a></p>
              <p>${frame.codeLabel} <b dir="ltr">${groupCode(code)}</b></p>
              ${frame.after}`
            return index === 0
              ? body
              : html`<hr />
                  ${inItsLanguage(frame, body)}`
          })}
        </body>
      </html>`.toString(),
    language: both.map((frame) => frame.locale).join(', '),
    at: message.at,
    ...(maySign(signingKey, message.at)
      ? { wrap: (entity: Uint8Array) => signingKey.sign(entity, message.at) }
      : {}),
    // RFC 3834: no absence note and no ticket is asked for. It is no list: nothing to subscribe to or to leave.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
  }
}

function inItsLanguage({ locale }: Frame, body: Html): Html {
  return html`<div lang="${locale}" dir="${directionOf(locale)}">${body}</div>`
}

/** Renders one after the other; what they have in common is written once. */
export function openRenderer(mail: CheckMail): (message: CheckToSend) => OutgoingMail {
  const frames = new Map<string, Frame>()
  const frameFor: Frames = (message) => {
    const { language, use, correction, answerWithinHours, checkpoint } = message
    const said = correction && `${correction.reason} ${correction.isAnswered}`
    const isSigned = maySign(mail.signingKey, message.at)
    const key = [language, use, said, answerWithinHours, checkpoint, isSigned].join(' ')
    const frame = frames.get(key) ?? frameOf(mail, message)
    if (frames.size > mostFrames) frames.clear()
    frames.set(key, frame)
    return frame
  }
  return (message) => renderCheck(mail, message, frameFor)
}

/** Six languages, messages, reminders and corrections, at a few checkpoints. */
const mostFrames = 60

type Frames = (message: CheckToSend) => Frame

/** What every message of one language, use and checkpoint has in common. */
interface Frame {
  readonly locale: Locale
  readonly operator: string
  readonly subject: string
  readonly opening: string
  readonly codeLabel: string
  readonly closing: string
  readonly button: string
  /** Stands on top of a message that is in another language first. */
  readonly below: string
  readonly before: Html
  readonly after: Html
}

/** The subject and the greeting of each. */
const openings = {
  check: ['mail.subject', 'mail.greeting'],
  reminder: ['mail.subject.reminder', 'mail.greeting.reminder'],
  correction: ['mail.subject.correction', 'mail.greeting.correction'],
} as const

/** A reminder and a correction start no clock, and say so. */
const asks = {
  check: 'mail.ask',
  reminder: 'mail.ask.reminder',
  correction: 'mail.ask.correction',
} as const

function frameOf({ community, origin, signingKey }: CheckMail, message: Omit<CheckToSend, 'message'>): Frame {
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
    isAnswered ? t('mail.ask.answered') : t(asks[use], { window }),
  ]
  const after = [
    ...(isAnswered ? [t('answer.meaning')] : [t('mail.reply'), t('mail.silence')]),
    t('mail.trust', { host: origin.host }),
    ...(maySign(signingKey, message.at)
      ? [t('mail.signed', { fingerprint: groupFingerprint(signingKey.fingerprint), host: origin.host })]
      : []),
    ...(checkpoint ? [t('mail.checkpoint', { checkpoint })] : []),
    operator,
  ]
  return {
    locale,
    operator,
    subject,
    opening: before.join('\n\n'),
    codeLabel: t('mail.code'),
    closing: `${after.join('\n\n')}\n`,
    button: t('mail.button'),
    below: t('mail.below'),
    before: html`${before.map((line) => html`<p>${line}</p>`)}`,
    after: html`${after.map((line) => html`<p>${line}</p>`)}`,
  }
}

/** The code keeps its order inside text that runs from right to left (Unicode isolates). */
function isolated(code: CheckCode): string {
  return `\u2066${groupCode(code)}\u2069`
}
