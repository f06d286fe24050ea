import { type Clock, minute, parseId, parseStateCode, type StateCode } from '@parley/kernel'
import { type Action, asDuty, done, type Performer } from '../../platform/action.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import { listParticipating, type Profile } from '../community/index.ts'
import { readDescription } from './domain/describe.ts'
import type { Entry } from './domain/entry.ts'
import { readKeyDescriptions } from './domain/key.ts'
import { EntryAdded, EntryWithdrawn } from './events.ts'
import { entrySubject } from './on-behalf.ts'
import { insertEntry, listEntries } from './store/entries.ts'
import { insertKey } from './store/keys.ts'
import { eraseWithdrawn, type LaidDown, layDown, listLeft } from './store/withdrawn.ts'

/** POC-05: what to do when a State has left. No page shows its entries since that moment; now they are withdrawn. */
export function withdrawWithState(profile: Profile, performer: Performer, clock: Clock) {
  return async (state: StateCode): Promise<void> => {
    const entries = await performer.database.transaction({ role: 'worker' }, async (tx) =>
      (await listParticipating(tx)).has(state) ? [] : listEntries(tx, { state }),
    )
    for (const entry of entries)
      await performer.perform(asDuty('follow-participation', clock.now()), withdrawLeft(profile, entry))
  }
}

function withdrawLeft(profile: Profile, entry: Entry): Action<void> {
  return async ({ tx, now }) => {
    const keepDays = profile.retentionDays.withdrawnEntry
    const gone = await layDown(tx, now, entry, { reason: 'left', keepDays })
    if (!gone) throw new Error('An entry changed while its State left: it will be tried again')
    const { id, state, kind } = entry
    const act = {
      verb: 'entry.withdrawn',
      subject: entrySubject(id),
      state,
      content: { kind, because: 'left' },
    }
    return done(undefined, [act], [EntryWithdrawn({ entry: id, state })])
  }
}

/** A State that comes back within the retention period finds its entries as it left them. */
export function restoreWithStateDuty(performer: Performer): Duty {
  return {
    name: 'restore-with-state',
    every: minute,
    run: async (now) => {
      const back = await performer.database.transaction({ role: 'worker' }, async (tx) =>
        listLeft(tx, [...(await listParticipating(tx)).keys()]),
      )
      for (const laidDown of back)
        await performer.perform(asDuty('follow-participation', now), restoreLeft(laidDown))
    },
  }
}

function restoreLeft({ id: text, state: code, kind, content }: LaidDown): Action<void> {
  return async ({ tx, now }) => {
    const [id, state] = [parseId<'entry'>(text), parseStateCode(code)]
    if (!id || !state) throw new Error('A withdrawn entry has no id or no State')
    await eraseWithdrawn(tx, id)
    const entry = await insertEntry(tx, now, { id, state, kind, content: readDescription(content) })
    for (const key of readKeyDescriptions(content)) await insertKey(tx, now, entry, key)
    const act = { verb: 'entry.restored', subject: entrySubject(id), state }
    return done(undefined, [act], [EntryAdded({ entry: id, state, by: '' })])
  }
}
