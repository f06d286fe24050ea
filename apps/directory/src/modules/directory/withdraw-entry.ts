import { refuse } from '@parley/kernel'
import { type Action, done } from '../../platform/action.ts'
import type { Profile } from '../community/index.ts'
import { findAuthorship } from './authorship.ts'
import { changedMeanwhile } from './domain/decide.ts'
import type { Entry, EntryId } from './domain/entry.ts'
import { EntryWithdrawn } from './events.ts'
import { refuseFrozen } from './frozen.ts'
import { authorshipEvents, authorshipOf, entrySubject } from './on-behalf.ts'
import { findEntry } from './store/entries.ts'
import { layDown } from './store/withdrawn.ts'

export interface EntryWithdrawal {
  readonly entry: EntryId
  readonly noteVerbale?: string | undefined
}

/** The entry disappears at once; its content waits for the retention period and is then erased. */
export function withdrawEntry(profile: Profile, withdrawal: EntryWithdrawal): Action<Entry> {
  return async (scope) => {
    const { tx, now } = scope
    const entry = await findEntry(tx, withdrawal.entry)
    if (!entry) return refuse({ code: 'directory/entry-absent', kind: 'absent' })
    const authorship = await findAuthorship(scope, entry, 'withdraw', withdrawal.noteVerbale)
    if (!authorship.ok) return authorship
    const frozen = await refuseFrozen(tx, entry.state)
    if (!frozen.ok) return frozen
    const gone = await layDown(tx, now, entry, {
      reason: 'withdrawn',
      keepDays: profile.retentionDays.withdrawnEntry,
    })
    if (!gone) return refuse(changedMeanwhile)
    const act = {
      verb: 'entry.withdrawn',
      subject: entrySubject(entry.id),
      state: entry.state,
      content: { kind: entry.kind, ...authorshipOf(authorship.value) },
    }
    const whose = { entry: entry.id, state: entry.state }
    return done(entry, [act], [EntryWithdrawn(whose), ...authorshipEvents(authorship.value, whose)])
  }
}
