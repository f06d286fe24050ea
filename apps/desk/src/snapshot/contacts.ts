import { isLocale, type Locale } from '@parley/kernel'
import type { Snapshot, SnapshotEntry } from '@parley/protocol/snapshot'

/** An office that a message can be written to. */
export interface Contact {
  /** Of its entry. */
  readonly id: string
  readonly state: string
  readonly kind: string
  readonly entity: string
  /** What a message to it is written in, beside the writer's own. */
  readonly language: Locale
  /** The one to try first before the others. */
  readonly emails: readonly string[]
  /** Whether there is an OpenPGP key to encrypt to. */
  readonly hasKey: boolean
}

/** The offices of a State, in the order of the directory. */
export function contactsOf({ entries }: Snapshot, state: string): readonly Contact[] {
  return entries.filter((entry) => entry.state === state).map(contactOf)
}

export function findContact({ entries }: Snapshot, id: string): Contact | undefined {
  const entry = entries.find((each) => each.id === id)
  return entry && contactOf(entry)
}

/** Where a message to this very office goes first; nothing is guessed for one of another name. */
export function addressOf(
  snapshot: Snapshot,
  { state, kind, entity }: Pick<Contact, 'state' | 'kind' | 'entity'>,
): string | undefined {
  const office = contactsOf(snapshot, state).find((each) => each.kind === kind && each.entity === entity)
  return office?.emails[0]
}

function contactOf(entry: SnapshotEntry): Contact {
  const { id, state, kind, addresses, workingLanguages } = entry
  const mailboxes = addresses.filter(({ channel }) => channel === 'email')
  return {
    id,
    state,
    kind,
    entity: nameOfEntry(entry),
    language: languageOf(workingLanguages),
    emails: mailboxes
      .toSorted((one, other) => Number(other.urgent) - Number(one.urgent))
      .map(({ value }) => value),
    hasKey: fitKeys(entry).length > 0,
  }
}

/** As the State wrote it; of a representative without an entity, the person. */
export function nameOfEntry({ entityName, personName }: SnapshotEntry): string {
  return entityName?.text ?? personName ?? ''
}

/** The first working language among the six, else English. */
function languageOf(workingLanguages: readonly string[]): Locale {
  const primary = workingLanguages.map((tag) => tag.toLowerCase().split('-')[0] ?? '')
  return primary.find(isLocale) ?? 'en'
}

/**
 * The OpenPGP keys (armor) of whoever has this address, as `@parley/protocol/openpgp` takes them: to verify what came
 * from it and to encrypt what goes to it. A disputed key is nobody's until its State has decided.
 */
export function keysOf({ entries }: Snapshot, address: string): readonly string[] {
  const wanted = address.trim().toLowerCase()
  return entries
    .filter(({ addresses }) => addresses.some(({ value }) => value.toLowerCase() === wanted))
    .flatMap((entry) => fitKeys(entry).map(({ armored }) => armored))
}

function fitKeys({ keys }: SnapshotEntry) {
  return keys.filter(({ scheme, disputed }) => scheme === 'openpgp' && !disputed)
}
