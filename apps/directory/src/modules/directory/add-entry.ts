import type { StateCode } from '@parley/kernel'
import { type Action, done } from '../../platform/action.ts'
import type { Profile } from '../community/index.ts'
import { findAuthorship } from './authorship.ts'
import { decideAddition } from './domain/decide.ts'
import { describe } from './domain/describe.ts'
import type { Entry, EntryContent } from './domain/entry.ts'
import { EntryAdded } from './events.ts'
import { refuseFrozen } from './frozen.ts'
import { personNamed } from './named-person.ts'
import { authorshipEvents, authorshipOf, entrySubject } from './on-behalf.ts'
import { countLive, insertEntry } from './store/entries.ts'

export interface EntryAddition {
  readonly state: StateCode
  readonly kind: string
  readonly content: EntryContent
  /** The reference of the note verbale, where the directory manager acts for the State. */
  readonly noteVerbale?: string | undefined
}

/** A State nominates (POC-07, POC-08): the new entry is live at once. */
export function addEntry(profile: Profile, addition: EntryAddition): Action<Entry> {
  return async (scope) => {
    const { tx, now, actor } = scope
    const { state, kind, noteVerbale } = addition
    const authorship = await findAuthorship(scope, { state, kind }, 'add', noteVerbale)
    if (!authorship.ok) return authorship
    const frozen = await refuseFrozen(tx, state)
    if (!frozen.ok) return frozen
    const content = decideAddition(addition.content, kind, await countLive(tx, state, kind), profile)
    if (!content.ok) return content
    const onBehalf = authorshipOf(authorship.value)
    const entry = await insertEntry(tx, now, { state, kind, content: content.value, ...onBehalf })
    const act = {
      verb: 'entry.added',
      subject: entrySubject(entry.id),
      state,
      content: { ...describe(entry), kind, version: entry.version, ...onBehalf },
    }
    const whose = { entry: entry.id, state }
    const by = 'account' in actor ? actor.account : ''
    return done(
      entry,
      [act],
      [EntryAdded({ ...whose, by }), ...personNamed(entry), ...authorshipEvents(authorship.value, whose)],
    )
  }
}
