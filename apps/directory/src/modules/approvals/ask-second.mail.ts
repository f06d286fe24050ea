import type { Clock } from '@parley/kernel'
import { href, writeMoment } from '@parley/web'
import type { Database, Tx } from '../../platform/database/database.ts'
import { ApprovalAsked } from '../../platform/dual-control/dual-control.ts'
import { findRequest, type Request } from '../../platform/dual-control/requests.ts'
import { SecondPersonAsked } from '../../platform/dual-control/two-person-rule.ts'
import type { Post } from '../../platform/mail/post.ts'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { hears, type Listener } from '../../platform/outbox/outbox.ts'
import { listAddressees, listManagers } from '../accounts/index.ts'
import { type Circle, managers, ofState } from './circle.ts'
import { text } from './locales/index.ts'

interface Needs {
  readonly database: Database
  readonly origin: URL
  readonly post: Post
  readonly clock: Clock
}

/** Tells the other managers that something waits for one of them. */
export function mailApprovalAsked(needs: Needs): Listener {
  return hears(ApprovalAsked, 'approvals.mail-managers', ({ request }, delivery) =>
    tellOthers(needs, managers, request, delivery, listManagers),
  )
}

/** Tells the others who act for the Mission that something waits for one of them. */
export function mailSecondPersonAsked(needs: Needs): Listener {
  return hears(SecondPersonAsked, 'approvals.mail-second-person', ({ request }, delivery) =>
    tellOthers(needs, ofState, request, delivery, async (tx, { state }) =>
      state ? listAddressees(tx, state, ['mission']) : [],
    ),
  )
}

/** Whoever may decide is told, but for the one who asked; what it is stands on the page alone. */
async function tellOthers(
  { database, origin, post, clock }: Needs,
  { whose, says, routes }: Circle,
  id: string,
  delivery: string,
  listDeciding: (tx: Tx, request: Request) => ReturnType<typeof listAddressees>,
): Promise<void> {
  const now = clock.now()
  const asked = await database.transaction({ role: 'worker' }, async (tx) => {
    const request = await findRequest(tx, now, id, whose)
    return request?.status === 'waiting' ? { request, people: await listDeciding(tx, request) } : undefined
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
      subject: t(says.mail.subject),
      paragraphs: [
        t('mail.dear', { name }),
        t(says.mail.what, {
          name: request.askerName,
          date: writeMoment(language, request.lapsesAt, 'date'),
        }),
        new URL(href(language, routes.request, { request: id }), origin).href,
      ],
    })
  }
}
