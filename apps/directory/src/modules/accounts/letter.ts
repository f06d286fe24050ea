import type { Locale } from '@parley/kernel'
import type { OutgoingMail } from '@parley/mail'
import { messageId, type Post } from '../../platform/mail/post.ts'

/** A short mail in one language: paragraphs, one under the other. It asks for no answer. */
export interface Letter {
  readonly to: string
  readonly language: Locale
  readonly subject: string
  readonly paragraphs: readonly string[]
}

/**
 * Hands a letter to the relay. `token` is the same at every try, and so is the Message-ID. Thrown where the relay
 * cannot take it now: the outbox tries again. A letter that is refused for good is over.
 */
export async function sendLetter(post: Post, token: string, at: Date, letter: Letter): Promise<void> {
  const mail: OutgoingMail = {
    from: { name: 'Parley', address: post.from },
    to: letter.to,
    returnPath: post.mailbox,
    messageId: messageId(post, token),
    subject: letter.subject,
    text: `${letter.paragraphs.join('\n\n')}\n`,
    language: letter.language,
    at,
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
  const outcome = await post.outbound.send(mail)
  if (outcome.kind === 'later') throw new MailNotTaken()
}

class MailNotTaken extends Error {
  override readonly name = 'MailNotTaken'
}
