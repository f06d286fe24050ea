import { ok, refuse, type Result } from '@parley/kernel'
import { type Action, type ActionScope, done, unchanged } from '../../platform/action.ts'
import type { ActContent } from '../../platform/history/record.ts'
import type { Profile } from '../community/index.ts'
import { changedMeanwhile, decideChange, notYours } from './domain/decide.ts'
import { comingBack, decideOutcome, type Decision, withFormer } from './domain/decide-change.ts'
import { describeChange } from './domain/describe.ts'
import type { Entry } from './domain/entry.ts'
import { type ChangeId, type ContactChange, formerAddresses, formerKeys } from './domain/former-value.ts'
import { ChangeDecided, EntryChanged } from './events.ts'
import { refuseFrozen } from './frozen.ts'
import { entrySubject } from './on-behalf.ts'
import { decideChangeRow, findChange } from './store/changes.ts'
import { findEntry, updateEntry } from './store/entries.ts'
import { deleteKey, insertKey, listKeysOf } from './store/keys.ts'

/** The Mission, and nobody else, says what holds, the new or the old, and which of the old is in wrong hands. */
export function decideAboutChange(
  profile: Profile,
  id: ChangeId,
  wanted: Decision,
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
    const decided = decideOutcome(change, wanted)
    if (!decided.ok) return decided
    const { outcome, compromised } = decided.value
    const restored = await (outcome === 'restored'
      ? restore(scope, profile, entry, { ...change, compromised }, version)
      : ok({}))
    if (!restored.ok) return restored
    if (!(await decideChangeRow(tx, now, change, decided.value))) return refuse(changedMeanwhile)
    const whose = { entry: entry.id, state: entry.state }
    const told = { subject: entrySubject(entry.id), state: entry.state }
    const said = { verb: `entry.change-${outcome}`, ...told, content: restored.value }
    const wrongHands = { verb: 'entry.change-compromised', ...told }
    const [first, ...others] = [
      ...(change.outcome === undefined ? [said] : []),
      ...(compromised.length > change.compromised.length ? [wrongHands] : []),
    ]
    if (!first) return unchanged(undefined)
    return done(
      undefined,
      [first, ...others],
      [EntryChanged(whose), ChangeDecided({ ...whose, change: id, outcome })],
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
  const back = comingBack(change)
  const former = formerAddresses(back)
  const content = decideChange(entry, version, withFormer(entry, change.successors, former), profile)
  if (!content.ok) return content
  const { onBehalfReference } = entry
  const after = await updateEntry(tx, now, entry, { content: content.value, onBehalfReference }, former)
  if (!after) return refuse(changedMeanwhile)
  const keys = formerKeys(back)
  const came = (await listKeysOf(tx, entry)).filter(({ id }) => change.successors.includes(id))
  const schemes = [...new Set([...came, ...keys].map(({ scheme }) => scheme))]
  for (const scheme of schemes) await deleteKey(tx, entry.id, scheme)
  for (const key of keys) await insertKey(tx, now, entry, key)
  const described = describeChange(entry, after, after.version)
  return ok(schemes.length === 0 ? described : { ...described, changed: schemes })
}
