import { type Clock, parseId, parseStateCode } from '@parley/kernel'
import type { Database } from '../../platform/database/database.ts'
import type { Post } from '../../platform/mail/post.ts'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { type Community, findMission } from '../community/index.ts'
import { text } from './locales/index.ts'
import { findEntry } from './store/entries.ts'

export interface TellMissionNeeds {
  readonly database: Database
  readonly community: Community
  readonly post: Post
  readonly clock: Clock
}

/** RULE-9: a Mission is told at once that the directory manager wrote an entry for its State; no contents travel. */
export function tellMissionOnBehalf({ database, community, post, clock }: TellMissionNeeds) {
  return async (
    told: { readonly entry: string; readonly state: string },
    delivery: string,
  ): Promise<void> => {
    const [id, state] = [parseId<'entry'>(told.entry), parseStateCode(told.state)]
    if (!id || !state) throw new Error('An event names no entry or no State')
    const { mission, entry } = await database.transaction({ role: 'worker' }, async (tx) => ({
      mission: await findMission(tx, state),
      entry: await findEntry(tx, id),
    }))
    if (!mission) return
    const { language } = mission
    const t = text(language)
    const values = {
      state: community.stateName(state, language),
      kind: entry ? community.kindName(entry.kind, language) : t('entry.withdrawn'),
    }
    await sendNotice(post, delivery, {
      to: mission.email,
      subject: t('notice.subject'),
      paragraphs: [t('notice.body', values), t('notice.confirm')],
      language,
      at: clock.now(),
    })
  }
}
