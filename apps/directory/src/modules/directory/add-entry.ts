import { ok, type Result, type StateCode } from '@parley/kernel'
import { type Action, type ActionScope, done } from '../../platform/action.ts'
import type { Profile } from '../community/index.ts'
import { findAuthorship } from './authorship.ts'
import { type Authorship, decideAddition } from './domain/decide.ts'
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

/** Whether a State may nominate this now: on whose word, and with which content. */
export async function weighAddition(
  scope: Pick<ActionScope, 'tx' | 'actor'>,
  profile: Profile,
  addition: EntryAddition,
): Promise<Result<{ readonly authorship: Authorship; readonly content: EntryContent }>> {
  const { tx } = scope
  const { state, kind, noteVerbale } = addition
  const authorship = await findAuthorship(scope, { state, kind }, 'add', noteVerbale)
  if (!authorship.ok) return authorship
  const frozen = await refuseFrozen(tx, state)
  if (!frozen.ok) return frozen
  const content = decideAddition(addition.content, kind, await countLive(tx, state, kind), profile)
  return content.ok ? ok({ authorship: authorship.value, content: content.value }) : content
}

/** A State nominates (POC-07, POC-08): the new entry is live at once. */
export function addEntry(profile: Profile, addition: EntryAddition): Action<Entry> {
  return async (scope) => {
    const { tx, now, actor } = scope
    const { state, kind } = addition
    const weighed = await weighAddition(scope, profile, addition)
    if (!weighed.ok) return weighed
    const { authorship, content } = weighed.value
    const onBehalf = authorshipOf(authorship)
    const entry = await insertEntry(tx, now, { state, kind, content, ...onBehalf })
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
      [EntryAdded({ ...whose, by }), ...personNamed(entry), ...authorshipEvents(authorship, whose)],
    )
  }
}
