import { parseId, parseStateCode } from '@parley/kernel'
import {
  type Address,
  type AddressContent,
  cardOnlyFields,
  type Entry,
  isSameAddress,
} from '../domain/entry.ts'
import type { AddressRow, EntryRow } from '../tables.ts'
import { foldedColumns } from './folded.ts'

/** What is read of an entry: what a search compares is long, and stays in the database. */
export const entryColumns = [
  'id',
  'state',
  'kind',
  'language',
  'holder',
  'entity_name',
  'entity_name_en',
  'entity_description',
  'entity_description_en',
  'person_name',
  'person_title',
  'person_title_en',
  'national_role',
  'national_role_en',
  'working_languages',
  'time_zone',
  'office_opens',
  'office_closes',
  'office_days',
  'always_reachable',
  'cert_profile',
  'also_nominated',
  'card_only',
  'on_behalf_reference',
  'version',
  'created_at',
  'changed_at',
] as const satisfies readonly (keyof EntryRow)[]

export type ReadEntryRow = Pick<EntryRow, (typeof entryColumns)[number]>

/** Rows were written by this module: one that cannot be read is a fault. */
export function rowToEntry(row: ReadEntryRow, addresses: readonly Address[]): Entry {
  const id = parseId<'entry'>(row.id)
  const state = parseStateCode(row.state)
  if (!id || !state) throw new Error('An entry has no id or no State')
  return {
    id,
    state,
    kind: row.kind,
    language: row.language,
    holder: row.holder === 'representative' ? 'representative' : 'entity',
    entityName: { original: row.entity_name, english: row.entity_name_en ?? undefined },
    description: wording(row.entity_description, row.entity_description_en),
    personName: row.person_name ?? undefined,
    personTitle: wording(row.person_title, row.person_title_en),
    nationalRole: wording(row.national_role, row.national_role_en),
    addresses,
    workingLanguages: row.working_languages,
    availability: {
      timeZone: row.time_zone ?? undefined,
      opens: row.office_opens ?? undefined,
      closes: row.office_closes ?? undefined,
      days: row.office_days,
      always: row.always_reachable,
    },
    certProfile: row.cert_profile ?? undefined,
    alsoNominated: row.also_nominated,
    cardOnly: cardOnlyFields.filter((field) => row.card_only.includes(field)),
    onBehalfReference: row.on_behalf_reference ?? undefined,
    version: row.version,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  }
}

export function entryToRow(entry: Entry): EntryRow {
  return {
    id: entry.id,
    state: entry.state,
    kind: entry.kind,
    language: entry.language,
    holder: entry.holder,
    entity_name: entry.entityName.original,
    entity_name_en: entry.entityName.english ?? null,
    entity_description: entry.description.original ?? null,
    entity_description_en: entry.description.english ?? null,
    person_name: entry.personName ?? null,
    person_title: entry.personTitle.original ?? null,
    person_title_en: entry.personTitle.english ?? null,
    national_role: entry.nationalRole.original ?? null,
    national_role_en: entry.nationalRole.english ?? null,
    working_languages: entry.workingLanguages,
    time_zone: entry.availability.timeZone ?? null,
    office_opens: entry.availability.opens ?? null,
    office_closes: entry.availability.closes ?? null,
    office_days: entry.availability.days,
    always_reachable: entry.availability.always,
    cert_profile: entry.certProfile ?? null,
    also_nominated: entry.alsoNominated ?? [],
    card_only: entry.cardOnly,
    ...foldedColumns(entry),
    on_behalf_reference: entry.onBehalfReference ?? null,
    version: entry.version,
    created_at: entry.createdAt,
    changed_at: entry.changedAt,
  }
}

export function rowToAddress(row: AddressRow): Address {
  const id = parseId<'address'>(row.id)
  if (!id) throw new Error('An address has no id')
  return {
    id,
    channel: row.channel === 'email' ? 'email' : 'phone',
    value: row.value,
    label: row.label ?? undefined,
    extension: row.extension ?? undefined,
    urgent: row.urgent,
    cardOnly: row.card_only,
    changedAt: row.changed_at,
  }
}

export function addressToRow(entry: Entry, address: Address, position: number): AddressRow {
  return {
    id: address.id,
    entry_id: entry.id,
    state: entry.state,
    channel: address.channel,
    value: address.value,
    label: address.label ?? null,
    extension: address.extension ?? null,
    urgent: address.urgent,
    card_only: address.cardOnly,
    position,
    changed_at: address.changedAt,
  }
}

/** The addresses as they are now: one whose value stays keeps its id and date. */
export function addressesAfter(
  before: readonly Address[],
  content: readonly AddressContent[],
  fresh: () => Pick<Address, 'id' | 'changedAt'>,
): readonly Address[] {
  return content.map((wanted) => {
    const same = before.find((address) => isSameAddress(address, wanted))
    return { ...wanted, ...(same ? { id: same.id, changedAt: same.changedAt } : fresh()) }
  })
}

function wording(original: string | null, english: string | null) {
  return { original: original ?? undefined, english: english ?? undefined }
}
