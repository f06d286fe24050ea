import { refuse, type Result } from '@parley/kernel'
import { type Action, type ActionScope, done } from '../../platform/action.ts'
import type { Profile } from '../community/index.ts'
import { findToWrite } from './authorship.ts'
import { type Authorship, changedMeanwhile } from './domain/decide.ts'
import type { Entry, EntryId } from './domain/entry.ts'
import { EntryWithdrawn } from './events.ts'
import { authorshipEvents, authorshipOf, entrySubject } from './on-behalf.ts'
import { layDown } from './store/withdrawn.ts'

export interface EntryWithdrawal {
  readonly entry: EntryId
  /** Where it was asked for earlier: the version that was seen then. */
  readonly version?: number | undefined
  readonly noteVerbale?: string | undefined
}

/** Whether this entry may be withdrawn now, and on whose word. */
export async function weighWithdrawal(
  scope: Pick<ActionScope, 'tx' | 'actor'>,
  withdrawal: EntryWithdrawal,
): Promise<Result<{ readonly entry: Entry; readonly authorship: Authorship }>> {
  const found = await findToWrite(scope, withdrawal, 'withdraw')
  if (!found.ok) return found
  const { version = found.value.entry.version } = withdrawal
  return version === found.value.entry.version ? found : refuse(changedMeanwhile)
}

/** The entry disappears at once; its content waits for the retention period and is then erased. */
export function withdrawEntry(profile: Profile, withdrawal: EntryWithdrawal): Action<Entry> {
  return async (scope) => {
    const { tx, now } = scope
    const weighed = await weighWithdrawal(scope, withdrawal)
    if (!weighed.ok) return weighed
    const { entry, authorship } = weighed.value
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
