import { parseStateCode } from '@parley/kernel'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { listAddressees } from '../accounts/index.ts'
import type { LetterNeeds } from './letters.ts'
import { text } from './locales/index.ts'

/** Who may write the entries of a State, or no longer may, is told. */
export function tellDelegate({ database, community, post, clock }: LetterNeeds) {
  return async (
    told: { readonly state: string; readonly account: string; readonly what: 'given' | 'ended' },
    delivery: string,
  ): Promise<void> => {
    const state = parseStateCode(told.state)
    if (!state) throw new Error('An event names no State')
    const users = await database.transaction({ role: 'worker' }, (tx) => listAddressees(tx, state))
    const user = users.find(({ account }) => account === told.account)
    if (!user) return
    const { name, email, language } = user
    const t = text(language)
    await sendNotice(post, delivery, {
      to: email,
      subject: t('delegated.subject'),
      paragraphs: [
        t('added.dear', { name }),
        t(`delegated.${told.what}`, { state: community.stateName(state, language) }),
      ],
      language,
      at: clock.now(),
    })
  }
}
