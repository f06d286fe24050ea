import { parseStateCode } from '@parley/kernel'
import { href } from '@parley/web'
import { sendNotice } from '../../../platform/mail/send-notice.ts'
import { findMission } from '../../community/index.ts'
import type { LetterNeeds } from '../letters.ts'
import { text } from '../locales/index.ts'
import { proposalsRoute } from '../routes.ts'
import { isFirstOfDay } from './offers.ts'

/** The Mission is told that something was offered to its State, once a day at most and without what it says. */
export function tellMissionOfOffer({ database, community, post, clock, origin }: LetterNeeds) {
  return async (
    { offer, state: code }: { readonly offer: string; readonly state: string },
    delivery: string,
  ): Promise<void> => {
    const state = parseStateCode(code)
    if (!state) throw new Error('An event names no State')
    const now = clock.now()
    const mission = await database.transaction({ role: 'worker' }, async (tx) =>
      (await isFirstOfDay(tx, now, offer, state)) ? findMission(tx, state) : undefined,
    )
    if (!mission) return
    const { language } = mission
    const t = text(language)
    await sendNotice(post, delivery, {
      to: mission.email,
      subject: t('offered.subject'),
      paragraphs: [
        t('added.dear', { name: community.stateName(state, language) }),
        t('offered.what'),
        new URL(href(language, proposalsRoute), origin).href,
      ],
      language,
      at: now,
    })
  }
}
