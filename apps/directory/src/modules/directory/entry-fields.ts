import { latinDigits, ok, type Result, refuse, type StateCode } from '@parley/kernel'
import { type Body, line, optionalLine, optionalParagraphs, several, tick } from '@parley/web'
import { z } from 'zod'
import { parseEmailAddress } from './domain/e-mail-address.ts'
import { type AddressContent, cardOnlyFields, type EntryContent } from './domain/entry.ts'
import { parseLanguage } from './domain/languages.ts'
import { timeZones } from './domain/office-hours.ts'
import { parseTelephone } from './domain/telephone.ts'

/** The places of the form: three addresses and three numbers, three languages to choose besides those typed. */
export const places = [1, 2, 3] as const
export type Place = (typeof places)[number]

const email = optionalLine(300)
  .transform((text) => (text === undefined ? undefined : (parseEmailAddress(text) ?? null)))
  .refine((address) => address !== null, { error: 'directory/email-invalid' })
  .transform((address) => address ?? undefined)

const telephone = optionalLine(60)

const extension = optionalLine(20)
  .transform((text) => (text === undefined ? undefined : latinDigits(text).replace(/\s/g, '')))
  .refine((text) => text === undefined || /^[0-9*#]{1,10}$/.test(text), {
    error: 'directory/extension-invalid',
  })

/** `08:30`, also written 8:30, 8.30 or 8, in any digits. */
const hour = optionalLine(8)
  .transform((text) => {
    if (text === undefined) return undefined
    const [, hours = '', minutes = '00'] = /^(\d{1,2})(?:[:.٫h](\d{2}))?$/.exec(latinDigits(text)) ?? []
    const valid = hours !== '' && Number(hours) < 24 && Number(minutes) < 60
    return valid ? `${hours.padStart(2, '0')}:${minutes}` : null
  })
  .refine((time) => time !== null, { error: 'directory/hour-invalid' })
  .transform((time) => time ?? undefined)

const website = optionalLine(500).refine((text) => text === undefined || isWebsite(text), {
  error: 'directory/website-invalid',
})

const language = optionalLine(60)
  .transform((text) => (text === undefined ? undefined : (parseLanguage(text) ?? null)))
  .refine((tag) => tag !== null, { error: 'directory/language-unknown' })
  .transform((tag) => tag ?? undefined)

const moreLanguages = optionalLine(300)
  .transform((text = '') => text.split(/[,;،、]/).filter((part) => part.trim() !== ''))
  .transform((names) => names.map((name) => parseLanguage(name) ?? null))
  .refine((tags) => !tags.includes(null), { error: 'directory/language-unknown' })
  .transform((tags) => tags.filter((tag) => tag !== null))

const address = { label: optionalLine(80), extension }
const name = optionalLine(300)
const words = optionalParagraphs(2000)

/** The fields of an entry as they are typed. Only the name must be there (RULE-2). */
export const entryFields = z.object({
  language: z.string().min(1),
  holder: z.enum(['entity', 'representative']).default('entity'),
  entityName: line(300),
  entityNameEnglish: name,
  description: words,
  descriptionEnglish: words,
  personName: name,
  personTitle: name,
  personTitleEnglish: name,
  nationalRole: words,
  nationalRoleEnglish: words,
  email1: email,
  email2: email,
  email3: email,
  email1Label: address.label,
  email2Label: address.label,
  email3Label: address.label,
  phone1: telephone,
  phone2: telephone,
  phone3: telephone,
  phone1Label: address.label,
  phone2Label: address.label,
  phone3Label: address.label,
  phone1Extension: extension,
  phone2Extension: extension,
  phone3Extension: extension,
  urgent: optionalLine(1),
  language1: language,
  language2: language,
  language3: language,
  languageMore: moreLanguages,
  timeZone: optionalLine(60).refine((zone) => zone === undefined || timeZones.includes(zone), {
    error: 'field/invalid',
  }),
  opens: hour,
  closes: hour,
  days: several(z.coerce.number().int().min(1).max(7)),
  always: tick,
  certProfile: website,
  alsoNominated: several(z.string().regex(/^[A-Z0-9-]{2,20}$/)),
  cardOnly: several(z.string()),
})

export type EntryInput = z.output<typeof entryFields>

/** What was typed as the content of an entry of this State; a number without country code is one of its own. */
export function contentOf(input: EntryInput, state: StateCode): Result<EntryContent> {
  const addresses: AddressContent[] = []
  for (const place of places) {
    const value = input[`email${place}`]
    if (value === undefined) continue
    const cardOnly = input.cardOnly.includes(`email${place}`)
    addresses.push({ channel: 'email', value, label: input[`email${place}Label`], urgent: false, cardOnly })
  }
  for (const place of places) {
    const typed = input[`phone${place}`]
    if (typed === undefined) continue
    const value = parseTelephone(typed, state)
    if (value === undefined)
      return refuse({ code: 'directory/number-invalid', kind: 'invalid', field: `phone${place}` })
    addresses.push({
      channel: 'phone',
      value,
      label: input[`phone${place}Label`],
      extension: input[`phone${place}Extension`],
      urgent: input.urgent === String(place),
      cardOnly: input.cardOnly.includes(`phone${place}`),
    })
  }
  const languages = [input.language1, input.language2, input.language3, ...input.languageMore]
  return ok({
    language: input.language,
    holder: input.holder,
    entityName: { original: input.entityName, english: input.entityNameEnglish },
    description: { original: input.description, english: input.descriptionEnglish },
    personName: input.personName,
    personTitle: { original: input.personTitle, english: input.personTitleEnglish },
    nationalRole: { original: input.nationalRole, english: input.nationalRoleEnglish },
    addresses,
    workingLanguages: [...new Set(languages.filter((tag) => tag !== undefined))],
    availability: {
      timeZone: input.timeZone,
      opens: input.opens,
      closes: input.closes,
      days: [1, 2, 3, 4, 5, 6, 7].filter((each) => input.days.includes(each)),
      always: input.always,
    },
    certProfile: input.certProfile,
    alsoNominated: input.alsoNominated,
    cardOnly: cardOnlyFields.filter((field) => input.cardOnly.includes(field)),
  })
}

/** An entry as it stands in the form before anything is typed. */
export function bodyOfEntry(entry: EntryContent): Body {
  const fields = new Map<string, string | readonly string[] | undefined>()
  const cardOnly: string[] = [...entry.cardOnly]
  for (const channel of ['email', 'phone'] as const) {
    const addresses = entry.addresses.filter((each) => each.channel === channel)
    for (const [position, each] of addresses.entries()) {
      const box = `${channel}${position + 1}`
      fields.set(box, each.value).set(`${box}Label`, each.label).set(`${box}Extension`, each.extension)
      if (each.cardOnly) cardOnly.push(box)
      if (each.urgent) fields.set('urgent', String(position + 1))
    }
  }
  const [language1, language2, language3, ...more] = entry.workingLanguages
  const { availability } = entry
  const all = {
    ...Object.fromEntries(fields),
    language: entry.language,
    holder: entry.holder,
    entityName: entry.entityName.original,
    entityNameEnglish: entry.entityName.english,
    description: entry.description.original,
    descriptionEnglish: entry.description.english,
    personName: entry.personName,
    personTitle: entry.personTitle.original,
    personTitleEnglish: entry.personTitle.english,
    nationalRole: entry.nationalRole.original,
    nationalRoleEnglish: entry.nationalRole.english,
    language1,
    language2,
    language3,
    languageMore: more.join(', '),
    timeZone: availability.timeZone,
    opens: availability.opens,
    closes: availability.closes,
    days: availability.days.map(String),
    always: availability.always ? 'yes' : undefined,
    certProfile: entry.certProfile,
    alsoNominated: entry.alsoNominated,
    cardOnly,
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])),
  )
}

function isWebsite(text: string): boolean {
  return !/[\p{Cc}\p{Cf}]/u.test(text) && /^https?:$/.test(URL.parse(text)?.protocol ?? '')
}
