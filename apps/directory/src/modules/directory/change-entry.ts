import { ok, refuse, type Result } from '@parley/kernel'
import { type Action, type ActionScope, done } from '../../platform/action.ts'
import type { Actor } from '../../platform/session/actor.ts'
import type { Profile } from '../community/index.ts'
import { findToWrite } from './authorship.ts'
import { type Authorship, changedMeanwhile, decideChange } from './domain/decide.ts'
import { describeChange } from './domain/describe.ts'
import type { Entry, EntryContent, EntryId } from './domain/entry.ts'
import { EntryChanged } from './events.ts'
import { personNamed } from './named-person.ts'
import { noteReplacement, replacedAddresses } from './note-replacement.ts'
import { authorshipEvents, authorshipOf, entrySubject } from './on-behalf.ts'
import { updateEntry } from './store/entries.ts'
import { listKnown } from './store/known.ts'

export interface EntryChange {
  readonly entry: EntryId
  /** The version that the editor began with. */
  readonly version: number
  readonly content: EntryContent
  readonly noteVerbale?: string | undefined
}

/** Whether this change may be made now: of which entry, on whose word, and with which content. */
export async function weighChange(
  scope: Pick<ActionScope, 'tx' | 'actor'>,
  profile: Profile,
  change: EntryChange,
): Promise<
  Result<{ readonly before: Entry; readonly authorship: Authorship; readonly content: EntryContent }>
> {
  const found = await findToWrite(scope, change, 'change')
  if (!found.ok) return found
  const { entry: before, authorship } = found.value
  const content = decideChange(before, change.version, change.content, profile)
  return content.ok ? ok({ before, authorship, content: content.value }) : content
}

/** POC-11: a State changes its entry at any time; a POC that of its own kind. Live at once. */
export function changeEntry(profile: Profile, change: EntryChange): Action<Entry> {
  return async (scope) => {
    const { tx, now, actor } = scope
    const weighed = await weighChange(scope, profile, change)
    if (!weighed.ok) return weighed
    const { before, authorship, content } = weighed.value
    const onBehalf = markAfter(before, authorship, actor)
    const known = await listKnown(tx, before.addresses)
    const entry = await updateEntry(tx, now, before, { content, ...onBehalf })
    if (!entry) return refuse(changedMeanwhile)
    const replaced = await noteReplacement({ tx, now }, profile, replacedAddresses(before, entry, known))
    const act = {
      verb: 'entry.changed',
      subject: entrySubject(entry.id),
      state: entry.state,
      content: { ...describeChange(before, entry, entry.version), ...authorshipOf(authorship) },
    }
    const whose = { entry: entry.id, state: entry.state }
    return done(
      entry,
      [act],
      [
        EntryChanged(whose),
        ...replaced,
        ...personNamed(entry, before),
        ...authorshipEvents(authorship, whose),
      ],
    )
  }
}

/** A Mission that writes the entry itself has seen and confirmed it; a POC's change leaves the mark. */
function markAfter(before: Entry, authorship: Authorship, actor: Actor): Pick<Entry, 'onBehalfReference'> {
  if (authorship.by === 'manager') return authorshipOf(authorship)
  return actor.role === 'mission' ? {} : { onBehalfReference: before.onBehalfReference }
}
