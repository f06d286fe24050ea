import { ok, refuse, type Result, groupFingerprint } from '@parley/kernel'
import { type Action, type ActionScope, done, unchanged } from '../../platform/action.ts'
import type { Profile } from '../community/index.ts'
import { findToWrite } from './authorship.ts'
import { type Authorship, changedMeanwhile } from './domain/decide.ts'
import type { Entry, EntryId } from './domain/entry.ts'
import { formerKey } from './domain/former-value.ts'
import { type KeyContent, type KeyScheme } from './domain/key.ts'
import { EntryChanged, KeyAdded } from './events.ts'
import { noteReplacement } from './note-replacement.ts'
import { authorshipEvents, authorshipOf, entrySubject } from './on-behalf.ts'
import { updateEntry } from './store/entries.ts'
import { deleteKey, insertKey, listKeysOf } from './store/keys.ts'

type Retention = Pick<Profile, 'retentionDays'>

export interface WhoseKey {
  readonly entry: EntryId
  readonly noteVerbale?: string | undefined
}

/** POC-09: the public key of an entry, live at once; it takes the place of the one of its scheme. */
export function setKey(profile: Retention, whose: WhoseKey, key: KeyContent): Action<Entry> {
  return changeKey(profile, whose, key.scheme, key)
}

/** What it was stands on the card for a while; its State is warned as of any former value. */
export function removeKey(profile: Retention, whose: WhoseKey, scheme: KeyScheme): Action<Entry> {
  return changeKey(profile, whose, scheme, undefined)
}

/** The history keeps fingerprints, which name a key and say nothing more. */
function changeKey(
  profile: Retention,
  whose: WhoseKey,
  scheme: KeyScheme,
  key: KeyContent | undefined,
): Action<Entry> {
  return async (scope) => {
    const { tx, now, actor } = scope
    const found = await findToWrite(scope, whose, 'change')
    if (!found.ok) return found
    const { entry, authorship } = found.value
    const before = (await listKeysOf(tx, entry)).find((each) => each.scheme === scheme)
    if (isSame(before, key)) return unchanged(entry)
    const marked = await markOnBehalf(scope, entry, authorship)
    if (!marked.ok) return marked
    const stays = before !== undefined && before.fingerprint === key?.fingerprint
    await deleteKey(tx, entry.id, scheme)
    const set = key && (await insertKey(tx, now, entry, stays ? { ...key, addedAt: before.addedAt } : key))
    const gone = before && !stays ? [formerKey(before)] : []
    const came =
      set && !stays ? [{ id: set, what: 'key', value: groupFingerprint(key.fingerprint) } as const] : []
    const replaced = await noteReplacement(scope, profile, { entry, gone, came })
    const act = {
      verb: key ? 'entry.key-set' : 'entry.key-removed',
      subject: entrySubject(entry.id),
      state: entry.state,
      content: {
        changed: [scheme],
        before: { [scheme]: before?.fingerprint ?? null },
        after: { [scheme]: key?.fingerprint ?? null },
        ...authorshipOf(authorship),
      },
    }
    const told = { entry: entry.id, state: entry.state }
    const by = 'account' in actor ? actor.account : ''
    const added = key && !stays ? [KeyAdded({ ...told, scheme, by })] : []
    return done(
      entry,
      [act],
      [EntryChanged(told), ...added, ...replaced, ...authorshipEvents(authorship, told)],
    )
  }
}

function isSame(before: KeyContent | undefined, after: KeyContent | undefined): boolean {
  return before?.armored === after?.armored && before?.cardOnly === after?.cardOnly
}

/** What the directory manager writes, the State confirms: the mark is the entry's. */
async function markOnBehalf(
  { tx, now }: ActionScope,
  entry: Entry,
  authorship: Authorship,
): Promise<Result<Entry>> {
  if (authorship.by === 'state') return ok(entry)
  const marked = await updateEntry(tx, now, entry, { content: entry, ...authorshipOf(authorship) })
  return marked ? ok(marked) : refuse(changedMeanwhile)
}
