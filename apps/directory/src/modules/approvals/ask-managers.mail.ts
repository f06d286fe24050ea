import type { Clock } from '@parley/kernel'
import { href, writeMoment } from '@parley/web'
import type { Database } from '../../platform/database/database.ts'
import { approvalRoute, ApprovalAsked } from '../../platform/dual-control/dual-control.ts'
import { findRequest } from '../../platform/dual-control/requests.ts'
import type { Post } from '../../platform/mail/post.ts'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { hears, type Listener } from '../../platform/outbox/outbox.ts'
import { listManagers } from '../accounts/index.ts'
import { text } from './locales/index.ts'

/** Tells the other managers that something waits for one of them; what it is stands on the page alone. */
export function mailApprovalAsked(needs: {
  readonly database: Database
  readonly origin: URL
  readonly post: Post
  readonly clock: Clock
}): Listener {
  const { database, origin, post, clock } = needs
  return hears(ApprovalAsked, 'approvals.mail-managers', async ({ request: id }, delivery) => {
    const now = clock.now()
    const { request, managers } = await database.transaction({ role: 'worker' }, async (tx) => ({
      request: await findRequest(tx, now, id, 'managers'),
      managers: await listManagers(tx),
    }))
    if (request?.status !== 'waiting') return
    for (const { account, name, email, language } of managers) {
      if (account === request.askedBy) continue
      const t = text(language)
      await sendNotice(post, `${delivery}.${account}`, {
        at: now,
        to: email,
        language,
        subject: t('mail.asked.subject'),
        paragraphs: [
          t('mail.dear', { name }),
          t('mail.asked.what', {
            name: request.askerName,
            date: writeMoment(language, request.lapsesAt, 'date'),
          }),
          new URL(href(language, approvalRoute, { request: id }), origin).href,
        ],
      })
    }
  })
}
