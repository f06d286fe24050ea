import { type Locale, ok, parseId, refuse, type Result } from '@parley/kernel'
import { href, optionalLine } from '@parley/web'
import { z } from 'zod'
import type { ActionScope } from '../../platform/action.ts'
import { recordViewing } from '../../platform/history/record-viewing.ts'
import { stateOf } from '../../platform/session/actor.ts'
import { findAuthorship } from './authorship.ts'
import type { CardOnPage } from './domain/card.ts'
import type { Entry } from './domain/entry.ts'
import { text } from './locales/index.ts'
import { entrySubject } from './on-behalf.ts'
import { mayReadState, readsEntries } from './readers.ts'
import { entryRoute } from './routes.ts'
import { findCardOnPage } from './store/card.ts'
import { findEntry } from './store/entries.ts'

/** The reference of the note verbale; asked of the directory manager, ignored from anybody else. */
export const noteVerbaleSchema = optionalLine(120)

export function noteVerbaleField(locale: Locale) {
  const t = text(locale)
  return { name: 'noteVerbale', label: t('field.noteVerbale'), help: t('help.noteVerbale'), required: true }
}

/** The entry whose page for writing is opened, by whoever may write it. What the manager opens is a line (RULE-9). */
export async function openedToWrite(
  scope: ActionScope,
  id: string,
  act: 'change' | 'withdraw',
): Promise<Result<Entry>> {
  const found = await entryAt(scope, id)
  if (!found.ok) return found
  const authorship = await findAuthorship(scope, found.value, act, 'asked for below')
  if (!authorship.ok) return authorship
  const { state } = found.value
  await recordViewing(scope, { verb: 'entry.viewed', subject: entrySubject(found.value.id), state })
  return found
}

/** The card that was saved, with what may be worth a second look. */
export function savedEntry(locale: Locale, entry: Entry): string {
  return `${href(locale, entryRoute, { entry: entry.id })}?saved=yes`
}

/** What stands in an address for an entry. */
export function entryParameter({ params }: { readonly params: unknown }): string {
  return z.object({ entry: z.string() }).parse(params).entry
}

const absent = refuse({ code: 'directory/entry-absent', kind: 'absent' })

/** The entry that an address of a page names, if the actor may read it. */
export async function entryAt(
  { tx, actor }: Pick<ActionScope, 'tx' | 'actor'>,
  id: string,
): Promise<Result<Entry>> {
  const parsed = parseId<'entry'>(id)
  const entry = parsed && (await findEntry(tx, parsed))
  const readable = entry !== undefined && (await mayReadState(tx, actor, entry.state))
  return readable ? ok(entry) : absent
}

/** Its whole contact card, likewise; for the page of the card alone. */
export async function cardAt(
  { tx, now, actor }: Pick<ActionScope, 'tx' | 'now' | 'actor'>,
  id: string,
): Promise<Result<CardOnPage>> {
  const entry = readsEntries(actor) ? parseId<'entry'>(id) : undefined
  const card = entry && (await findCardOnPage(tx, now, entry, stateOf(actor)))
  return card ? ok(card) : absent
}
