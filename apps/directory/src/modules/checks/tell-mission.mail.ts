import { type Clock, parseId, parseStateCode } from '@parley/kernel'
import type { Performer } from '../../platform/action.ts'
import type { Post } from '../../platform/mail/post.ts'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { type Community, findMission } from '../community/index.ts'
import { findEntry } from '../directory/index.ts'
import { text } from './locales/index.ts'
import { findCheck, findRound, known } from './store.ts'

export interface TellMissionNeeds {
  readonly performer: Performer
  readonly community: Community
  readonly post: Post
  readonly clock: Clock
}

/** Tells a Mission what was said of a check of its State: from elsewhere, that something is wrong, not so, another entry. */
export function tellMission(
  { performer, community, post, clock }: TellMissionNeeds,
  subject: 'elsewhere' | 'remark' | 'denied' | 'instead',
) {
  return async (
    told: { readonly check: string; readonly state: string },
    delivery: string,
  ): Promise<void> => {
    const state = known(parseStateCode(told.state))
    const facts = await performer.database.transaction({ role: 'worker' }, async (tx) => {
      const check = known(await findCheck(tx, known(parseId<'check'>(told.check))))
      const round = known(await findRound(tx, check.round))
      const instead = check.instead && (await findEntry(tx, check.instead))
      const entry = await findEntry(tx, check.entry)
      return { mission: await findMission(tx, state), check, round, entry, instead }
    })
    const { mission, check, round, entry, instead } = facts
    if (!mission) return
    const { language } = mission
    const t = text(language)
    const values = {
      number: round.number,
      entry: entry?.entityName.original ?? t('entry.withdrawn'),
      kind: community.kindName(check.kind, language),
      instead: instead?.entityName.original ?? t('entry.withdrawn'),
    }
    await sendNotice(post, delivery, {
      to: mission.email,
      subject: t(`${subject}.subject`),
      paragraphs: [t(`${subject}.body`, values)],
      language,
      at: clock.now(),
    })
  }
}
