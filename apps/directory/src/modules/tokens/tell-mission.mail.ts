import type { Clock } from '@parley/kernel'
import { href, writeMoment } from '@parley/web'
import type { Database } from '../../platform/database/database.ts'
import type { Post } from '../../platform/mail/post.ts'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { hears, type Listener } from '../../platform/outbox/outbox.ts'
import { findMission } from '../community/index.ts'
import { TokenIssued, TokenSuspended } from './events.ts'
import { text } from './locales/index.ts'
import { ourTokensRoute } from './routes.ts'
import type { FingerprintOfSnapshots } from './needs.ts'
import type { TokensTables } from './tables.ts'
import { rowToToken } from './token.ts'

export interface TellMissionNeeds {
  readonly database: Database
  readonly post: Post
  readonly clock: Clock
  readonly origin: URL
  readonly fingerprint: FingerprintOfSnapshots
}

/** A new token may not have been wanted: the Mission's own address is told. */
export function tellMissionOfToken(needs: TellMissionNeeds): Listener {
  return hears(TokenIssued, 'tokens.tell-mission', (told, delivery) => tell(needs, 'issued', told, delivery))
}

/** A suspended token is told to its Mission at once, with the reason. */
export function tellMissionOfSuspension(needs: TellMissionNeeds): Listener {
  return hears(TokenSuspended, 'tokens.tell-mission-of-suspension', (told, delivery) =>
    tell(needs, 'suspended', told, delivery),
  )
}

async function tell(
  { database, post, clock, origin, fingerprint }: TellMissionNeeds,
  what: 'issued' | 'suspended',
  told: { readonly token: string },
  delivery: string,
): Promise<void> {
  const found = await database.transaction({ role: 'worker' }, async (tx) => {
    const row = await tx
      .withTables<TokensTables>()
      .selectFrom('tokens.token')
      .selectAll()
      .where('id', '=', told.token)
      .executeTakeFirst()
    const token = row && rowToToken(row)
    const mission = token && (await findMission(tx, token.state))
    return token && mission && { token, mission, key: await fingerprint.find(tx) }
  })
  if (!found) return
  const { token, mission, key } = found
  const { language } = mission
  const t = text(language)
  const until = writeMoment(language, token.suspended?.until ?? clock.now(), 'date-time')
  const why = token.suspended ? [t('mail.suspended.why', { reason: token.suspended.because })] : []
  const forSnapshots = what === 'issued' && token.scopes.includes('snapshot:read') && key
  await sendNotice(post, delivery, {
    to: mission.email,
    subject: t(`mail.${what}.subject`),
    paragraphs: [
      t(`mail.${what}.body`, { name: token.name, until }),
      ...(what === 'suspended' ? why : []),
      ...(forSnapshots ? [t('mail.issued.fingerprint', { fingerprint: key })] : []),
      t(`mail.${what}.next`),
      new URL(href(language, ourTokensRoute), origin).href,
    ],
    language,
    at: clock.now(),
  })
}
