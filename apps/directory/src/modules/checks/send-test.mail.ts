import { type Clock, isLocale, newId, parseId } from '@parley/kernel'
import type { OutgoingMail } from '@parley/mail'
import type { Performer } from '../../platform/action.ts'
import type { Post } from '../../platform/mail/post.ts'
import { findAccount } from '../accounts/index.ts'
import { type CheckMail, openRenderer } from './check.mail.ts'
import { text } from './locales/index.ts'
import { known } from './store.ts'

interface TestNeeds extends CheckMail {
  readonly performer: Performer
  readonly post: Post
  readonly clock: Clock
}

/** A test message to the manager who asked for it: marked as one, and of no check, so that its code answers nothing. */
export function sendTest(needs: TestNeeds) {
  const { performer, post, clock, community } = needs
  const render = openRenderer(needs)
  return async (asked: {
    readonly message: string
    readonly account: string
    readonly language: string
    /** Empty where the message is in one language. */
    readonly beside: string
  }): Promise<void> => {
    const id = known(parseId<'account'>(asked.account))
    const account = await performer.database.transaction({ role: 'worker' }, (tx) => findAccount(tx, id))
    if (!account) return
    const language = isLocale(asked.language) ? asked.language : 'en'
    const now = clock.now()
    const mail = render({
      message: known(parseId<'message'>(asked.message)),
      check: newId(),
      use: 'check',
      to: account.email,
      language,
      beside: isLocale(asked.beside) ? asked.beside : undefined,
      answerWithinHours: community.profile.answerWithinHours,
      attempts: 0,
      triedAt: now,
      at: now,
    })
    const outcome = await post.outbound.send(marked(mail, text(language)('mail.test')))
    if (outcome.kind === 'later') throw new Error('The relay wants the test message later')
  }
}

function marked(mail: OutgoingMail, mark: string): OutgoingMail {
  return {
    ...mail,
    subject: `${mark} ${mail.subject}`,
    text: `${mark}\n\n${mail.text}`,
    ...(mail.html === undefined ? {} : { html: mail.html.replace('<body>', `<body><p><b>${mark}</b></p>`) }),
  }
}
