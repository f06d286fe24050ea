import { type Clock, parseStateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Database } from '../../platform/database/database.ts'
import type { Post } from '../../platform/mail/post.ts'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { hears, type Listener } from '../../platform/outbox/outbox.ts'
import type { Community } from './community.ts'
import { decisionKinds } from './decisions.ts'
import { DecisionTaken } from './events.ts'
import { text } from './locales/index.ts'
import { findMission } from './mission.ts'
import type { CommunityTables } from './tables.ts'

/** A Mission is told what the directory manager decided about its State, and why; then its address goes from the row. */
export function tellMissionOfDecision(needs: {
  readonly database: Database
  readonly community: Community
  readonly post: Post
  readonly clock: Clock
}): Listener {
  const { database, community, post, clock } = needs
  return hears(DecisionTaken, 'community.tell-mission', async ({ decision: id }, delivery) => {
    const found = await database.transaction({ role: 'worker' }, async (tx) => {
      const row = await tx
        .withTables<CommunityTables>()
        .selectFrom('community.decision')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      const state = parseStateCode(row?.state ?? '')
      return row && state && { row, state, mission: await findMission(tx, state) }
    })
    const what = decisionKinds.find((each) => each === found?.row.what)
    if (!found || !what) return
    const { row, state, mission } = found
    const language = mission?.language ?? community.findState(state)?.missionLanguage ?? 'en'
    const t = text(language)
    for (const [position, to] of row.addresses.entries()) {
      await sendNotice(post, `${delivery}.${position}`, {
        at: clock.now(),
        to,
        language,
        subject: t(`mail.${what}.subject`),
        paragraphs: [
          t(`mail.${what}.what`, { state: community.stateName(state, language) }),
          what === 'mission-changed'
            ? t('mail.reference', { reference: row.reason })
            : t('mail.reason', { reason: row.reason }),
          t('mail.not-expected'),
        ],
      })
    }
    await database.transaction({ role: 'worker' }, (tx) =>
      tx
        .withTables<CommunityTables>()
        .updateTable('community.decision')
        .set({ addresses: sql`'{}'` })
        .where('id', '=', id)
        .execute(),
    )
  })
}
