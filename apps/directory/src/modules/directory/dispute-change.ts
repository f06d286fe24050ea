import { parseStateCode, refuse } from '@parley/kernel'
import { type Action, done } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { actAs } from '../../platform/database/acting.ts'
import { decideLink, linkUnknown } from './domain/decide-change.ts'
import { ChangeDisputed } from './events.ts'
import { isOurLink, linkDigest, parseLink } from './links.ts'
import { entrySubject } from './on-behalf.ts'
import type { DirectoryTables } from './tables.ts'

export interface PresentedLink {
  readonly id: string
  readonly token: string
}

/** "This change is not right": whoever holds the link of a warning says so, once, within fourteen days. */
export function disputeChange(keys: Keys, link: PresentedLink): Action<undefined> {
  return async ({ tx, now }) => {
    const id = parseLink<'change'>(link.id, link.token)
    if (!id || !isOurLink(keys, 'change', id, link.token)) return refuse(linkUnknown)
    // From here on a stranger who presents this link, whoever is signed in: it reaches this change and nothing else.
    await actAs(tx, { role: 'public', key: linkDigest(keys, 'change', id) })
    const changes = tx.withTables<DirectoryTables>()
    const row = await changes
      .selectFrom('directory.contact_change')
      .select(['entry_id', 'state', 'link_ends_at', 'disputed_at', 'decided_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!row) return refuse(linkUnknown)
    const open = decideLink({ used: row.disputed_at ?? row.decided_at, endsAt: row.link_ends_at }, now)
    if (!open.ok) return open
    await changes
      .updateTable('directory.contact_change')
      .set({ disputed_at: now })
      .where('id', '=', id)
      .execute()
    const state = parseStateCode(row.state)
    const act = { verb: 'entry.change-disputed', subject: entrySubject(row.entry_id), state }
    return done(undefined, [act], [ChangeDisputed({ entry: row.entry_id, state: row.state, change: id })])
  }
}
