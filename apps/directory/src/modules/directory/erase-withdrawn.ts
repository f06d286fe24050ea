import { after, day, hour, parseStateCode, type StateCode } from '@parley/kernel'
import { type Action, asDuty, done, type Performer } from '../../platform/action.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import type { Erasers } from '../../platform/history/repeat-erasures.ts'
import { eraseContentsBefore, eraseSubject } from '../../platform/history/erase.ts'
import type { Profile } from '../community/index.ts'
import { eraseCardCounts } from './card-limit.ts'
import { entrySubject } from './on-behalf.ts'
import { eraseChanges } from './store/changes.ts'
import { eraseGone } from './store/gone.ts'
import { eraseEverywhere, eraseWithdrawn, listToErase } from './store/withdrawn.ts'

/**
 * After the retention period nothing is left of a withdrawn entry but the lines of the history, and nothing of
 * former values: what the history kept of them goes as well.
 */
export function eraseWithdrawnDuty(profile: Profile, performer: Performer): Duty {
  const keepFor = profile.retentionDays.withdrawnEntry * day
  return {
    name: 'erase-withdrawn',
    every: hour,
    erases: true,
    run: async (now) => {
      const due = await performer.database.transaction({ role: 'worker' }, async (tx) => {
        await eraseContentsBefore(tx, 'entry', after(now, -keepFor))
        await eraseChanges(tx, now)
        await eraseCardCounts(tx, now)
        await eraseGone(tx, after(now, -keepFor))
        return listToErase(tx, now)
      })
      for (const { id, state } of due) {
        await performer.perform(asDuty('erase-withdrawn', now), eraseEntry(id, parseStateCode(state)))
      }
    },
  }
}

/** An entry that was erased since is erased again, also where an older database still has it among the live ones. */
export const directoryErasers: Erasers = {
  entry: async ({ tx, now }, id) => {
    const state = parseStateCode((await eraseEverywhere(tx, now, id)) ?? '')
    return state ? [{ verb: 'entry.erased', subject: entrySubject(id), state }] : []
  },
}

function eraseEntry(id: string, state: StateCode | undefined): Action<void> {
  return async ({ tx }) => {
    await eraseWithdrawn(tx, id)
    await eraseSubject(tx, entrySubject(id))
    return done(undefined, [{ verb: 'entry.erased', subject: entrySubject(id), state }])
  }
}
