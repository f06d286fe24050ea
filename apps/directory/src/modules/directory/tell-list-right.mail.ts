import { parseId, parseStateCode } from '@parley/kernel'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { listAddressees } from '../accounts/index.ts'
import type { LetterNeeds } from './letters.ts'
import { text } from './locales/index.ts'

/** A person is told that the Mission gave the right to the whole list, or took it back. */
export function tellListRight({ database, post, clock }: LetterNeeds) {
  return async (
    told: { readonly account: string; readonly state: string; readonly given: 'yes' | 'no' },
    delivery: string,
  ): Promise<void> => {
    const [account, state] = [parseId<'account'>(told.account), parseStateCode(told.state)]
    if (!account || !state) throw new Error('An event names no account or no State')
    const people = await database.transaction({ role: 'worker' }, (tx) => listAddressees(tx, state))
    const person = people.find((each) => each.account === account)
    if (!person) return
    const t = text(person.language)
    await sendNotice(post, delivery, {
      to: person.email,
      subject: t('notice.list-right.subject'),
      paragraphs: [t(told.given === 'yes' ? 'notice.list-right.given' : 'notice.list-right.ended')],
      language: person.language,
      at: clock.now(),
    })
  }
}
