import { refuse } from '@parley/kernel'
import { type Action, done, unchanged } from '../../platform/action.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import { pocSince } from '../accounts/index.ts'
import { notYours } from './domain/decide.ts'
import { DelegationChanged } from './events.ts'
import { endDelegation, insertDelegation, listDelegations } from './store/delegations.ts'

/** POC-11: the Mission lets a POC of its State add, change and withdraw entries as it does, or takes that back. */
export function delegateEntries(account: AccountId, what: 'given' | 'ended'): Action<undefined> {
  return async ({ tx, now, actor }) => {
    if (actor.role !== 'mission') return refuse(notYours)
    const { state } = actor
    const since = await pocSince(tx, state, account)
    const standing = (await listDelegations(tx, state)).get(account)
    if (what === 'given') {
      if (since === undefined) return refuse({ code: 'directory/no-such-poc', kind: 'absent' })
      // What was given to an earlier role of the same person is at its end.
      if (standing !== undefined && standing < since) await endDelegation(tx, now, state, account)
    }
    const changed =
      what === 'given'
        ? await insertDelegation(tx, now, state, account)
        : await endDelegation(tx, now, state, account)
    if (!changed) return unchanged(undefined)
    const act = { verb: `delegation.${what}`, subject: `account:${account}`, state }
    return done(undefined, [act], [DelegationChanged({ state, account, what })])
  }
}
