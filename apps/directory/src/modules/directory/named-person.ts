import type { DomainEvent } from '../../platform/outbox/event.ts'
import type { Entry } from './domain/entry.ts'
import { PersonNamed } from './events.ts'

/** POC-08: a person whom an entry did not name before is told. */
export function personNamed(entry: Entry, before?: Entry): readonly DomainEvent[] {
  return entry.personName === undefined || entry.personName === before?.personName
    ? []
    : [PersonNamed({ entry: entry.id, state: entry.state })]
}
