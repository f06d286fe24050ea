import { canonical, type Json } from '@parley/kernel'
import { z } from 'zod'
import type { ActContent } from '../../../platform/history/record.ts'
import { cardOnlyFields, type EntryContent } from './entry.ts'

/** The fields of an entry as people know them: names of the form, of the history and of its sentences. */
export const fieldNames = [
  'language',
  'holder',
  'entityName',
  'entityNameEnglish',
  'description',
  'descriptionEnglish',
  'personName',
  'personTitle',
  'personTitleEnglish',
  'nationalRole',
  'nationalRoleEnglish',
  'emails',
  'phones',
  'workingLanguages',
  'timeZone',
  'hours',
  'days',
  'always',
  'certProfile',
  'alsoNominated',
  'cardOnly',
] as const
export type FieldName = (typeof fieldNames)[number]

/** The content as the history keeps it, under the subject's erasable key. */
export function describe(content: EntryContent): Readonly<Record<FieldName, Json>> {
  const { availability } = content
  const addresses = (channel: 'email' | 'phone') =>
    content.addresses
      .filter((address) => address.channel === channel)
      .map(({ value, label, extension, urgent, cardOnly }) => ({
        value,
        label: label ?? null,
        extension: extension ?? null,
        urgent,
        cardOnly,
      }))
  return {
    language: content.language,
    holder: content.holder,
    entityName: content.entityName.original,
    entityNameEnglish: content.entityName.english ?? null,
    description: content.description.original ?? null,
    descriptionEnglish: content.description.english ?? null,
    personName: content.personName ?? null,
    personTitle: content.personTitle.original ?? null,
    personTitleEnglish: content.personTitle.english ?? null,
    nationalRole: content.nationalRole.original ?? null,
    nationalRoleEnglish: content.nationalRole.english ?? null,
    emails: addresses('email'),
    phones: addresses('phone'),
    workingLanguages: content.workingLanguages,
    timeZone: availability.timeZone ?? null,
    hours: [availability.opens ?? null, availability.closes ?? null],
    days: availability.days,
    always: availability.always,
    certProfile: content.certProfile ?? null,
    alsoNominated: content.alsoNominated ?? [],
    cardOnly: content.cardOnly,
  }
}

/** What a change did, for the history: the names of the fields, and their values before and after. */
export function describeChange(before: EntryContent, after: EntryContent, version: number): ActContent {
  const [was, is] = [describe(before), describe(after)]
  const changed = fieldNames.filter((field) => canonical(was[field]) !== canonical(is[field]))
  const of = (content: Readonly<Record<FieldName, Json>>) =>
    Object.fromEntries(changed.map((field) => [field, content[field]]))
  return { version, changed, before: of(was), after: of(is) }
}

const text = z
  .string()
  .nullable()
  .transform((value) => value ?? undefined)
const addresses = z.array(
  z.object({ value: z.string(), label: text, extension: text, urgent: z.boolean(), cardOnly: z.boolean() }),
)

const description = z.object({
  language: z.string(),
  holder: z.enum(['entity', 'representative']),
  entityName: z.string(),
  entityNameEnglish: text,
  description: text,
  descriptionEnglish: text,
  personName: text,
  personTitle: text,
  personTitleEnglish: text,
  nationalRole: text,
  nationalRoleEnglish: text,
  emails: addresses,
  phones: addresses,
  workingLanguages: z.array(z.string()),
  timeZone: text,
  hours: z.tuple([text, text]),
  days: z.array(z.number()),
  always: z.boolean(),
  certProfile: text,
  // Absent in what was written before it was asked.
  alsoNominated: z.array(z.string()).default([]),
  cardOnly: z.array(z.enum(cardOnlyFields)),
})

/** The content that `describe` wrote; anything else is a fault. */
export function readDescription(json: Json): EntryContent {
  const { emails, phones, hours, timeZone, days, always, ...rest } = description.parse(json)
  const [opens, closes] = hours
  return {
    ...rest,
    entityName: { original: rest.entityName, english: rest.entityNameEnglish },
    description: { original: rest.description, english: rest.descriptionEnglish },
    personTitle: { original: rest.personTitle, english: rest.personTitleEnglish },
    nationalRole: { original: rest.nationalRole, english: rest.nationalRoleEnglish },
    addresses: [
      ...emails.map((address) => ({ channel: 'email' as const, ...address })),
      ...phones.map((address) => ({ channel: 'phone' as const, ...address })),
    ],
    availability: { timeZone, opens, closes, days, always },
  }
}
