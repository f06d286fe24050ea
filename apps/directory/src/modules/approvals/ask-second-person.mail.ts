import type { Clock } from '@parley/kernel'
import { href, writeMoment } from '@parley/web'
import type { Database } from '../../platform/database/database.ts'
import { findRequestOfState } from '../../platform/dual-control/requests.ts'
import { ourApprovalRoute, SecondPersonAsked } from '../../platform/dual-control/two-person-rule.ts'
import type { Post } from '../../platform/mail/post.ts'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { hears, type Listener } from '../../platform/outbox/outbox.ts'
import { listAddressees } from '../accounts/index.ts'
import { text } from './locales/index.ts'

/** Tells the others who act for the Mission that something waits for one of them; what it is stands on the page alone. */
export function mailSecondPersonAsked(needs: {
  readonly database: Database
  readonly origin: URL
  readonly post: Post
  readonly clock: Clock
}): Listener {
  const { database, origin, post, clock } = needs
  return hears(SecondPersonAsked, 'approvals.mail-second-person', async ({ request: id }, delivery) => {
    const now = clock.now()
    const asked = await database.transaction({ role: 'worker' }, async (tx) => {
      const request = await findRequestOfState(tx, now, id)
      if (request?.state === undefined || request.status !== 'waiting') return undefined
      return { request, people: await listAddressees(tx, request.state, ['mission']) }
    })
    if (!asked) return
    const { request, people } = asked
    for (const { account, name, email, language } of people) {
      if (account === request.askedBy) continue
      const t = text(language)
      await sendNotice(post, `${delivery}.${account}`, {
        at: now,
        to: email,
        language,
        subject: t('mail.ours.subject'),
        paragraphs: [
          t('mail.dear', { name }),
          t('mail.ours.what', {
            name: request.askerName,
            date: writeMoment(language, request.lapsesAt, 'date'),
          }),
          new URL(href(language, ourApprovalRoute, { request: id }), origin).href,
        ],
      })
    }
  })
}
