import { after, day, hour, parseStateCode } from '@parley/kernel'
import { type Action, asDuty, done, type Performer, unchanged } from '../../platform/action.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import type { Profile } from '../community/index.ts'
import { DisputeWaits } from './events.ts'
import { entrySubject } from './on-behalf.ts'
import { eraseFormer, listWaiting, noteReminded, type WaitingDispute } from './store/changes.ts'

const remindEvery = 7 * day

/**
 * A dispute waits for its Mission, which is reminded each week. After the retention period what the change took away
 * is erased, as any former value is; that it is disputed stays, until the Mission decides (ADR 22).
 */
export function watchDisputesDuty(
  { retentionDays }: Pick<Profile, 'retentionDays'>,
  performer: Performer,
): Duty {
  return {
    name: 'watch-disputes',
    every: hour,
    erases: true,
    run: async (now) => {
      const before = after(now, -remindEvery)
      const waiting = await performer.database.transaction({ role: 'worker' }, (tx) =>
        listWaiting(tx, before),
      )
      const keptSince = after(now, -retentionDays.withdrawnEntry * day)
      for (const dispute of waiting) {
        const isOver = dispute.disputedAt !== undefined && dispute.disputedAt <= keptSince
        const act = isOver ? eraseWhatWent(dispute) : remind(dispute, before)
        await performer.perform(asDuty('watch-disputes', now), act)
      }
    },
  }
}

function remind(dispute: WaitingDispute, before: Date): Action<void> {
  return async ({ tx, now }) => {
    if (!(await noteReminded(tx, now, dispute, before))) return unchanged(undefined)
    const { id: change, entry } = dispute
    const state = stateOf(dispute)
    const act = { verb: 'entry.dispute-reminded', subject: entrySubject(entry), state }
    return done(undefined, [act], [DisputeWaits({ entry, state, change })])
  }
}

function eraseWhatWent(dispute: WaitingDispute): Action<void> {
  return async ({ tx }) => {
    if (!(await eraseFormer(tx, dispute))) return unchanged(undefined)
    const act = { verb: 'entry.former-erased', subject: entrySubject(dispute.entry), state: stateOf(dispute) }
    return done(undefined, [act])
  }
}

function stateOf({ state: code }: WaitingDispute) {
  const state = parseStateCode(code)
  if (!state) throw new Error('A change has no State')
  return state
}
