import { refuse } from '@parley/kernel'
import { type Action, done } from '../../platform/action.ts'
import { changedMeanwhile, decideAuthorship } from './domain/decide.ts'
import type { EntryId } from './domain/entry.ts'
import { EntryChanged } from './events.ts'
import { refuseFrozen } from './frozen.ts'
import { entrySubject } from './on-behalf.ts'
import { clearOnBehalf, findEntry } from './store/entries.ts'

/** The Mission confirms what the directory manager entered on its note verbale: the card's mark goes. */
export function confirmEntry(id: EntryId): Action<void> {
  return async ({ tx, now, actor }) => {
    const entry = await findEntry(tx, id)
    if (!entry) return refuse({ code: 'directory/entry-absent', kind: 'absent' })
    const authorship = decideAuthorship(actor, entry, 'withdraw', undefined)
    if (!authorship.ok) return authorship
    const frozen = await refuseFrozen(tx, entry.state)
    if (!frozen.ok) return frozen
    if (!(await clearOnBehalf(tx, now, entry))) return refuse(changedMeanwhile)
    const act = { verb: 'entry.confirmed', subject: entrySubject(id), state: entry.state }
    return done(undefined, [act], [EntryChanged({ entry: id, state: entry.state })])
  }
}
