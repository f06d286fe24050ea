import { after, day, hour } from '@parley/kernel'
import { type Action, asDuty, done, type Performer } from '../../platform/action.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import { eraseInput, eraseRequests, listLapsed, type Request } from '../../platform/dual-control/requests.ts'

const keepFor = 30 * day

/** What nobody decided in time loses what it asked for; that it lapsed, the history says. */
export function lapseRequestsDuty(performer: Performer): Duty {
  return {
    name: 'lapse-requests',
    every: hour,
    erases: true,
    run: async (now) => {
      const due = await performer.database.transaction({ role: 'worker' }, (tx) => listLapsed(tx, now))
      for (const request of due) await performer.perform(asDuty('lapse-requests', now), lapse(request))
    },
  }
}

function lapse(request: Request): Action<undefined> {
  return async ({ tx }) => {
    await eraseInput(tx, request)
    const { whose, id, state, act, askedBy } = request
    const verb = `${whose === 'state' ? 'two-person' : 'dual-control'}.lapsed`
    return done(undefined, [{ verb, subject: `dual-control:${id}`, state, content: { act, askedBy } }])
  }
}

/** A month after it was over, nothing is left of a request but its lines of the history. */
export function eraseRequestsDuty({ database }: Performer): Duty {
  return {
    name: 'erase-requests',
    every: day,
    erases: true,
    run: (now) => database.transaction({ role: 'worker' }, (tx) => eraseRequests(tx, after(now, -keepFor))),
  }
}
