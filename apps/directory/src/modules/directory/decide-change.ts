import { ok, refuse, type Result } from '@parley/kernel'
import { type Action, type ActionScope, done } from '../../platform/action.ts'
import type { ActContent } from '../../platform/history/record.ts'
import type { Profile } from '../community/index.ts'
import { changedMeanwhile, decideChange, notYours } from './domain/decide.ts'
import { decideOutcome, withFormer } from './domain/decide-change.ts'
import { describeChange } from './domain/describe.ts'
import type { Entry } from './domain/entry.ts'
import {
  type ChangeId,
  type ContactChange,
  formerAddresses,
  formerKeys,
  type Outcome,
} from './domain/former-value.ts'
import { ChangeDecided, EntryChanged } from './events.ts'
import { refuseFrozen } from './frozen.ts'
import { entrySubject } from './on-behalf.ts'
import { decideChangeRow, findChange } from './store/changes.ts'
import { findEntry, updateEntry } from './store/entries.ts'
import { deleteKey, insertKey } from './store/keys.ts'

/** The Mission, and nobody else, says what holds: the new, the new with the old in wrong hands, or the old. */
export function decideAboutChange(
  profile: Profile,
  id: ChangeId,
  wanted: Outcome,
  version: number,
): Action<undefined> {
  return async (scope) => {
    const { tx, now, actor } = scope
    const change = await findChange(tx, id)
    const entry = change && (await findEntry(tx, change.entry))
    if (!entry) return refuse({ code: 'directory/change-absent', kind: 'absent' })
    if (actor.role !== 'mission' || actor.state !== entry.state) return refuse(notYours)
    const frozen = await refuseFrozen(tx, entry.state)
    if (!frozen.ok) return frozen
    const outcome = decideOutcome(change, wanted)
    if (!outcome.ok) return outcome
    const restored = await (wanted === 'restored' ? restore(scope, profile, entry, change, version) : ok({}))
    if (!restored.ok) return restored
    if (!(await decideChangeRow(tx, now, change, outcome.value))) return refuse(changedMeanwhile)
    const whose = { entry: entry.id, state: entry.state }
    const act = {
      verb: `entry.change-${outcome.value}`,
      subject: entrySubject(entry.id),
      state: entry.state,
      content: restored.value,
    }
    return done(
      undefined,
      [act],
      [EntryChanged(whose), ChangeDecided({ ...whose, change: id, outcome: outcome.value })],
    )
  }
}

/** Puts the old back in its place, under the ids it had. The new is gone without a warning of its own: the Mission said so. */
async function restore(
  { tx, now }: ActionScope,
  profile: Profile,
  entry: Entry,
  change: ContactChange,
  version: number,
): Promise<Result<ActContent>> {
  const former = formerAddresses(change.former)
  const content = decideChange(entry, version, withFormer(entry, change.successors, former), profile)
  if (!content.ok) return content
  const { onBehalfReference } = entry
  const after = await updateEntry(tx, now, entry, { content: content.value, onBehalfReference }, former)
  if (!after) return refuse(changedMeanwhile)
  const keys = formerKeys(change.former)
  for (const key of keys) {
    await deleteKey(tx, entry.id, key.scheme)
    await insertKey(tx, now, entry, key)
  }
  const described = describeChange(entry, after, after.version)
  return ok(keys.length === 0 ? described : { ...described, changed: keys.map(({ scheme }) => scheme) })
}
