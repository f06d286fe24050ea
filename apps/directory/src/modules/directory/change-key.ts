import { type Refusal, refuse, type Result } from '@parley/kernel'
import { type Action, type ActionScope, done, unchanged } from '../../platform/action.ts'
import type { Profile } from '../community/index.ts'
import { findAuthorship } from './authorship.ts'
import { type Authorship, changedMeanwhile } from './domain/decide.ts'
import type { Entry, EntryId } from './domain/entry.ts'
import { formerKey } from './domain/former-value.ts'
import type { KeyContent, KeyScheme } from './domain/key.ts'
import { EntryChanged } from './events.ts'
import { refuseFrozen } from './frozen.ts'
import { noteReplacement } from './note-replacement.ts'
import { authorshipEvents, authorshipOf, entrySubject } from './on-behalf.ts'
import { findEntry, updateEntry } from './store/entries.ts'
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
    const { tx, now } = scope
    const entry = await findEntry(tx, whose.entry)
    if (!entry) return refuse(absent)
    const authorship = await findAuthorship(scope, entry, 'change', whose.noteVerbale)
    if (!authorship.ok) return authorship
    const frozen = await refuseFrozen(tx, entry.state)
    if (!frozen.ok) return frozen
    const before = (await listKeysOf(tx, entry)).find((each) => each.scheme === scheme)
    if (isSame(before, key)) return unchanged(entry)
    const marked = await markOnBehalf(scope, entry, authorship.value)
    if (!marked.ok) return marked
    await deleteKey(tx, entry.id, scheme)
    if (key) await insertKey(tx, now, entry, key)
    const gone = before && before.fingerprint !== key?.fingerprint ? [formerKey(before)] : []
    const replaced = await noteReplacement(scope, profile, { entry, gone, came: [] })
    const act = {
      verb: key ? 'entry.key-set' : 'entry.key-removed',
      subject: entrySubject(entry.id),
      state: entry.state,
      content: {
        changed: [scheme],
        before: { [scheme]: before?.fingerprint ?? null },
        after: { [scheme]: key?.fingerprint ?? null },
        ...authorshipOf(authorship.value),
      },
    }
    const told = { entry: entry.id, state: entry.state }
    return done(entry, [act], [EntryChanged(told), ...replaced, ...authorshipEvents(authorship.value, told)])
  }
}

const absent: Refusal = { code: 'directory/entry-absent', kind: 'absent' }

function isSame(before: KeyContent | undefined, after: KeyContent | undefined): boolean {
  return before?.armored === after?.armored && before?.cardOnly === after?.cardOnly
}

/** What the directory manager writes, the State confirms: the mark is the entry's. */
async function markOnBehalf(
  { tx, now }: ActionScope,
  entry: Entry,
  authorship: Authorship,
): Promise<Result<Entry>> {
  if (authorship.by === 'state') return { ok: true, value: entry }
  const marked = await updateEntry(tx, now, entry, { content: entry, ...authorshipOf(authorship) })
  return marked ? { ok: true, value: marked } : refuse(changedMeanwhile)
}
