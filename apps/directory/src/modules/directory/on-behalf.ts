import type { StateCode } from '@parley/kernel'
import type { DomainEvent } from '../../platform/outbox/event.ts'
import type { Authorship } from './domain/decide.ts'
import type { EntryId } from './domain/entry.ts'
import { EntryChangedOnBehalf } from './events.ts'

/** How the history names an entry. */
export function entrySubject(entry: string): string {
  return `entry:${entry}`
}

/** The mark that a card carries while its State has not confirmed what the directory manager wrote. */
export function authorshipOf(authorship: Authorship): { readonly onBehalfReference?: string } {
  return authorship.by === 'manager' ? { onBehalfReference: authorship.noteVerbale } : {}
}

export function authorshipEvents(
  authorship: Authorship,
  whose: { readonly entry: EntryId; readonly state: StateCode },
): readonly DomainEvent[] {
  return authorship.by === 'manager' ? [EntryChangedOnBehalf(whose)] : []
}
