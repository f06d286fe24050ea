import type { Locale } from '@parley/kernel'
import { messageId, type Post } from './post.ts'

export interface Notice {
  readonly to: string
  readonly subject: string
  /** The sender's name is put below them. */
  readonly paragraphs: readonly string[]
  readonly language: Locale
  readonly at: Date
}

/**
 * Sends a notice from an outbox listener. The Message-ID comes from the delivery, so that a repeated try is the
 * same message. Throws when the relay wants it later: the outbox tells the listener again.
 */
export async function sendNotice(post: Post, delivery: string, notice: Notice): Promise<void> {
  const sender = post.sender[notice.language]
  const outcome = await post.outbound.send({
    from: { name: sender, address: post.from },
    to: notice.to,
    returnPath: post.mailbox,
    messageId: messageId(post, delivery),
    subject: notice.subject,
    text: `${[...notice.paragraphs, sender].join('\n\n')}\n`,
    language: notice.language,
    at: notice.at,
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  if (outcome.kind === 'later') throw new NoticeDelayed()
}

class NoticeDelayed extends Error {
  override readonly name = 'NoticeDelayed'
}
