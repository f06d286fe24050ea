import { refuse } from '@parley/kernel'
import { type Action, done } from '../../platform/action.ts'
import type { Profile } from '../community/index.ts'
import { findToWrite } from './authorship.ts'
import { changedMeanwhile } from './domain/decide.ts'
import type { Entry, EntryId } from './domain/entry.ts'
import { EntryWithdrawn } from './events.ts'
import { authorshipEvents, authorshipOf, entrySubject } from './on-behalf.ts'
import { layDown } from './store/withdrawn.ts'

export interface EntryWithdrawal {
  readonly entry: EntryId
  readonly noteVerbale?: string | undefined
}

/** The entry disappears at once; its content waits for the retention period and is then erased. */
export function withdrawEntry(profile: Profile, withdrawal: EntryWithdrawal): Action<Entry> {
  return async (scope) => {
    const { tx, now } = scope
    const found = await findToWrite(scope, withdrawal, 'withdraw')
    if (!found.ok) return found
    const { entry, authorship } = found.value
    const gone = await layDown(tx, now, entry, {
      reason: 'withdrawn',
      keepDays: profile.retentionDays.withdrawnEntry,
    })
    if (!gone) return refuse(changedMeanwhile)
    const act = {
      verb: 'entry.withdrawn',
      subject: entrySubject(entry.id),
      state: entry.state,
      content: { kind: entry.kind, ...authorshipOf(authorship) },
    }
    const whose = { entry: entry.id, state: entry.state }
    return done(entry, [act], [EntryWithdrawn(whose), ...authorshipEvents(authorship, whose)])
  }
}
