import { after, day, hour, parseStateCode } from '@parley/kernel'
import { type Action, asDuty, done, type Performer, unchanged } from '../../platform/action.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import { expiryOf } from './domain/key.ts'
import { KeyExpires } from './events.ts'
import { entrySubject } from './on-behalf.ts'
import { type ExpiringKey, listExpiring, markTold } from './store/keys.ts'

/** POC-09: the Mission and the POC hear of a key's end 30 days ahead, and again when it has come; each once. */
export function watchKeysDuty(performer: Performer): Duty {
  return {
    name: 'watch-keys',
    every: hour,
    run: async (now) => {
      const due = await performer.database.transaction({ role: 'worker' }, (tx) =>
        listExpiring(tx, after(now, 30 * day)),
      )
      for (const expiring of due) await performer.perform(asDuty('watch-keys', now), tell(expiring))
    },
  }
}

function tell({ key, entry, state: code, told }: ExpiringKey): Action<void> {
  return async ({ tx, now }) => {
    const expiry = expiryOf(key, now)
    const state = parseStateCode(code)
    if (!state) throw new Error('A key has no State')
    if (expiry === undefined || told.includes(expiry)) return unchanged(undefined)
    if (!(await markTold(tx, key, expiry))) return unchanged(undefined)
    const act = { verb: `entry.key-expires-${expiry}`, subject: entrySubject(entry), state }
    return done(undefined, [act], [KeyExpires({ entry, state, scheme: key.scheme, expiry })])
  }
}
