import { parseId } from '@parley/kernel'
import { href } from '@parley/web'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { findMission } from '../community/index.ts'
import { isDisputed } from './domain/former-value.ts'
import { type LetterNeeds, namesIn } from './letters.ts'
import { text } from './locales/index.ts'
import { decideChangeRoute } from './routes.ts'
import { findChange, showDisputed } from './store/changes.ts'
import { findEntry } from './store/entries.ts'

/** A disputed change stands on the card with both values, and the Mission, which alone decides, is called; again each week. */
export function callForDispute(needs: LetterNeeds, time: 'first' | 'again') {
  const { database, community, post, clock, origin } = needs
  return async (told: { readonly change: string }, delivery: string): Promise<void> => {
    const id = parseId<'change'>(told.change)
    if (!id) throw new Error('An event names no change')
    const found = await database.transaction({ role: 'worker' }, async (tx) => {
      if (time === 'first') await showDisputed(tx, id)
      const change = await findChange(tx, id)
      if (time === 'again' && !(change && isDisputed(change))) return undefined
      const entry = change && (await findEntry(tx, change.entry))
      return entry && { entry, mission: await findMission(tx, entry.state) }
    })
    if (!found?.mission) return
    const { entry, mission } = found
    const { language } = mission
    const t = text(language)
    await sendNotice(post, delivery, {
      to: mission.email,
      subject: t('disputed.subject'),
      paragraphs: [
        t('disputed.what', namesIn(community, entry, language)),
        ...(time === 'again'
          ? [t('disputed.again', { count: community.profile.retentionDays.withdrawnEntry })]
          : []),
        t('disputed.decide'),
        new URL(href(language, decideChangeRoute, { entry: entry.id, change: id }), origin).href,
      ],
      language,
      at: clock.now(),
    })
  }
}
