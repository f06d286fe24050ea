import type { Id, StateCode } from '@parley/kernel'

export type EntryId = Id<'entry'>
export type AddressId = Id<'address'>

/** What a State wrote in the entry's language, with its own unofficial English translation where it gave one. */
export interface Wording {
  readonly original?: string | undefined
  readonly english?: string | undefined
}

export interface AddressContent {
  readonly channel: 'email' | 'phone'
  /** An address as it is written to, or a number in E.164. */
  readonly value: string
  readonly label?: string | undefined
  readonly extension?: string | undefined
  /** The one number of the entry for urgent use. */
  readonly urgent: boolean
  readonly cardOnly: boolean
}

/** An address keeps its id as long as its value stays: what is known of it belongs to the value. */
export interface Address extends AddressContent {
  readonly id: AddressId
  readonly changedAt: Date
}

/** Whether two of them reach the same place, whatever else is said beside them. */
export function isSameAddress(one: AddressContent, other: AddressContent): boolean {
  return one.channel === other.channel && one.value === other.value
}

export interface Availability {
  /** An IANA name, for example `Asia/Tbilisi`. */
  readonly timeZone?: string | undefined
  /** `HH:MM`, in that time zone. */
  readonly opens?: string | undefined
  readonly closes?: string | undefined
  /** 1 is Monday, 7 is Sunday; none means every day. */
  readonly days: readonly number[]
  readonly always: boolean
}

export const cardOnlyFields = [
  'entityName',
  'description',
  'person',
  'nationalRole',
  'workingLanguages',
  'availability',
  'certProfile',
] as const
type CardOnlyField = (typeof cardOnlyFields)[number]

/** What a State says of one point of contact. Only the name and one address or number are needed (RULE-2). */
export interface EntryContent {
  /** The language that the texts are written in: one of the community's. */
  readonly language: string
  readonly holder: 'entity' | 'representative'
  readonly entityName: Wording & { readonly original: string }
  readonly description: Wording
  readonly personName?: string | undefined
  readonly personTitle: Wording
  readonly nationalRole: Wording
  readonly addresses: readonly AddressContent[]
  /** BCP 47, the preferred one first. */
  readonly workingLanguages: readonly string[]
  readonly availability: Availability
  readonly certProfile?: string | undefined
  /** POC-38: codes of the regional organizations in whose directories the State nominated the same POC. */
  readonly alsoNominated?: readonly string[] | undefined
  /** Shown on the contact card, left out of lists, exports and everything else. */
  readonly cardOnly: readonly CardOnlyField[]
}

/** A live entry. The month of its last answer is no part of it: it stands on the contact card alone (RULE-3). */
export interface Entry extends EntryContent {
  readonly id: EntryId
  readonly state: StateCode
  /** One of the profile's kinds. */
  readonly kind: string
  readonly addresses: readonly Address[]
  /** The note verbale on which the directory manager entered it, until the State confirms. */
  readonly onBehalfReference?: string | undefined
  readonly version: number
  readonly createdAt: Date
  readonly changedAt: Date
}

/** What is known of an address, from the lowest rung to the highest. Nothing writes the last before there are exercises. */
export const rungs = ['delivered', 'answered', 'confirmed', 'answered-out-of-hours', 'exercised'] as const
export type Rung = (typeof rungs)[number]

export interface Known {
  readonly rung: Rung
  readonly at: Date
}

/** An entry as a list may show it: nothing that its State marked "card only". */
export function withoutCardOnly(entry: Entry): Entry {
  const hides = (field: CardOnlyField) => entry.cardOnly.includes(field)
  return {
    ...entry,
    entityName: hides('entityName') ? { original: '' } : entry.entityName,
    description: hides('description') ? {} : entry.description,
    personName: hides('person') ? undefined : entry.personName,
    personTitle: hides('person') ? {} : entry.personTitle,
    nationalRole: hides('nationalRole') ? {} : entry.nationalRole,
    workingLanguages: hides('workingLanguages') ? [] : entry.workingLanguages,
    availability: hides('availability') ? { days: [], always: false } : entry.availability,
    certProfile: hides('certProfile') ? undefined : entry.certProfile,
    addresses: entry.addresses.filter((address) => !address.cardOnly),
  }
}
