import { parseStateCode, refuse } from '@parley/kernel'
import { type Action, done } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { actAs } from '../../platform/database/acting.ts'
import type { PresentedLink } from './dispute-change.ts'
import { decideLink, linkUnknown } from './domain/decide-change.ts'
import { AddressAnswered } from './events.ts'
import { isOurLink, linkDigest, parseLink } from './links.ts'
import { entrySubject } from './on-behalf.ts'
import type { DirectoryTables } from './tables.ts'

/** A new address answers the message that was sent to it: it counts like an answer to a check. */
export function answerAddress(keys: Keys, link: PresentedLink): Action<undefined> {
  return async ({ tx, now }) => {
    const id = parseLink<'address'>(link.id, link.token)
    if (!id || !isOurLink(keys, 'address', id, link.token)) return refuse(linkUnknown)
    // From here on a stranger who presents this link, whoever is signed in: it reaches this address and nothing else.
    await actAs(tx, { role: 'public', key: linkDigest(keys, 'address', id) })
    const rows = tx.withTables<DirectoryTables>()
    const row = await rows
      .selectFrom('directory.verification')
      .select(['entry_id', 'state', 'link_ends_at', 'answered_at'])
      .where('address_id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!row) return refuse(linkUnknown)
    const open = decideLink({ used: row.answered_at, endsAt: row.link_ends_at }, now)
    if (!open.ok) return open
    await rows
      .updateTable('directory.verification')
      .set({ answered_at: now })
      .where('address_id', '=', id)
      .execute()
    const { entry_id: entry, state } = row
    const act = {
      verb: 'entry.address-answered',
      subject: entrySubject(entry),
      state: parseStateCode(state),
    }
    return done(undefined, [act], [AddressAnswered({ entry, state, address: id, at: now.toISOString() })])
  }
}
