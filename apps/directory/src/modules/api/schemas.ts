import { z } from '@hono/zod-openapi'
import { locales } from '@parley/kernel'
import { scopes } from '../tokens/index.ts'

// One schema parses, types and documents. Strict: what is not declared is in no answer.

const stateCode = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .openapi({ description: 'Two letters of ISO 3166-1, upper case.', example: 'XA' })

const kind = z
  .string()
  .regex(/^[a-z-]{1,40}$/)
  .openapi({ description: 'A kind of POC, as `getCommunity` lists them.', example: 'technical' })

const languageTag = z.string().openapi({ description: 'BCP 47.', example: 'ar' })

export const names = z
  .strictObject({
    ar: z.string().optional(),
    zh: z.string().optional(),
    en: z.string().optional(),
    fr: z.string().optional(),
    ru: z.string().optional(),
    es: z.string().optional(),
  })
  .openapi('Names', {
    description: 'A name in each language of the community, as `getCommunity` lists them.',
  })

export const wording = z
  .strictObject({
    text: z.string().openapi({ description: 'As its State wrote it.' }),
    language: languageTag,
    english: z.string().optional().openapi({ description: 'Unofficial English translation by that State.' }),
  })
  .openapi('Wording')

const disputed = z.boolean().openapi({
  description:
    'Somebody says that the change to it is not right, and its State has not decided yet: do not rely on it alone.',
})

const changedOn = z.iso.date().optional().openapi({
  description: 'The day on which it came to stand there, as long as the contact card says so.',
})

const addressShape = {
  channel: z.enum(['email', 'phone']),
  value: z.string().openapi({ description: 'An address, or a number in E.164.' }),
  label: z.string().optional(),
  extension: z.string().optional(),
  urgent: z.boolean().openapi({ description: 'The one number for urgent use.' }),
  disputed,
} as const

const address = z.strictObject(addressShape).openapi('Address')
const cardAddress = z.strictObject({ ...addressShape, changedOn }).openapi('CardAddress')

const key = z
  .strictObject({
    scheme: z.enum(['openpgp', 'smime']),
    fingerprint: z.string().openapi({
      description: 'Hexadecimal capitals: of the OpenPGP key, or SHA-256 of the certificate.',
    }),
    armored: z.string().openapi({ description: 'The public half: OpenPGP armor, or PEM.' }),
    names: z.array(z.string()).openapi({ description: 'User ids, or the subject of the certificate.' }),
    issuer: z.string().optional(),
    expiresAt: z.iso.datetime().optional(),
    warnings: z.array(z.enum(['weak', 'not-named', 'new-format', 'signs-only'])),
    disputed,
    changedOn,
  })
  .openapi('Key')

const former = z
  .strictObject({
    what: z.enum(['email', 'phone', 'key']),
    value: z.string().optional().openapi({
      description:
        'An address, a number in E.164, a fingerprint; absent where it was erased while the dispute went on.',
    }),
    extension: z.string().optional(),
    disputed: z.boolean().openapi({
      description: 'The change that replaced it is disputed, and its State has not decided yet.',
    }),
    until: z.iso.date().optional().openapi({ description: 'Shown until then, unless it is disputed.' }),
  })
  .openapi('FormerValue')

const availability = z
  .strictObject({
    timeZone: z.string().optional().openapi({ description: 'An IANA name.', example: 'Asia/Tbilisi' }),
    opens: z.string().optional().openapi({ description: '`HH:MM` in that time zone.' }),
    closes: z.string().optional(),
    days: z.array(z.int()).openapi({ description: '1 is Monday, 7 is Sunday; none means every day.' }),
    always: z.boolean().openapi({ description: 'Reachable at any hour.' }),
  })
  .openapi('Availability')

const entryShape = {
  id: z.uuid(),
  state: stateCode,
  kind,
  language: languageTag.openapi({ description: 'The language that the entry is written in (BCP 47).' }),
  holder: z.enum(['entity', 'representative']),
  entityName: wording.optional(),
  description: wording.optional(),
  personName: z.string().optional(),
  personTitle: wording.optional(),
  nationalRole: wording.optional(),
  addresses: z.array(address),
  workingLanguages: z
    .array(z.string())
    .openapi({ description: 'BCP 47, the preferred one first.', example: ['ar', 'en'] }),
  availability: availability.optional(),
  certProfile: z.string().optional().openapi({ description: 'Address of an RFC 2350 profile.' }),
} as const

export const entry = z.strictObject(entryShape).openapi('Entry', {
  description: 'An entry as lists may show it: what its State marked "card only" is left out.',
})

export const card = z
  .strictObject({
    ...entryShape,
    addresses: z.array(cardAddress),
    keys: z.array(key),
    former: z.array(former).openapi({ description: 'What stood there until lately, or is disputed.' }),
    underReviewSince: z.iso.date().optional().openapi({
      description: 'While it is under review who speaks for the State, its entries stay as they are.',
    }),
    cardOnly: z.array(z.string()).openapi({
      description: 'Names of fields, values of addresses and fingerprints that its State keeps out of lists.',
    }),
    onBehalfReference: z.string().optional().openapi({
      description: 'The note verbale on which the directory manager wrote it, until the State confirms.',
    }),
  })
  .openapi('Card', { description: 'A whole contact card.' })

export const entryList = z
  .strictObject({
    entries: z.array(entry),
    next: z
      .string()
      .optional()
      .openapi({ description: 'The cursor of the next page; absent on the last one.' }),
  })
  .openapi('EntryList')

export const ownEntryList = z.strictObject({ entries: z.array(card) }).openapi('OwnEntryList')

export const state = z
  .strictObject({
    code: stateCode,
    iso3: z.string().openapi({ example: 'XAA' }),
    names,
    status: z.enum(['member', 'observer']),
    group: z.string().openapi({ description: 'Regional group.' }),
    participating: z.boolean(),
    fictional: z.boolean().openapi({ description: 'A State of the demonstration, which does not exist.' }),
  })
  .openapi('State')

export const stateList = z.strictObject({ states: z.array(state) }).openapi('StateList')

export const community = z
  .strictObject({
    id: z.string(),
    names,
    operator: names,
    mandate: z.strictObject({ document: names, asOf: z.iso.date() }),
    kinds: z.array(z.strictObject({ id: z.string(), names })).openapi({ description: 'Kinds of POC.' }),
    languages: z.array(z.enum(locales)),
    entriesPerKind: z.int().openapi({ description: 'The most live entries of a State and kind.' }),
    checkEveryMonths: z.int(),
    answerWithinHours: z.int(),
    participating: z.int().openapi({ description: 'How many States take part.' }),
  })
  .openapi('Community')

export const checkpoint = z
  .strictObject({
    seq: z.int(),
    hash: z.string().openapi({ description: 'SHA-256, hexadecimal.' }),
    at: z.iso.datetime(),
    keyId: z.string(),
    signature: z.string().openapi({ description: 'Ed25519 over the first four lines of `text`.' }),
    text: z.string().openapi({ description: 'The whole checkpoint, as `parley verify-history` reads it.' }),
  })
  .openapi('Checkpoint')

const used = z.strictObject({ used: z.int(), most: z.int() })

export const token = z
  .strictObject({
    state: stateCode,
    name: z.string().openapi({ description: 'The purpose that its Mission wrote down.' }),
    scopes: z.array(z.enum(scopes)),
    expiresAt: z.iso.datetime(),
    hour: z
      .strictObject({ requests: used, states: used, cards: used })
      .openapi({ description: 'What the token has used since its hour began.' }),
  })
  .openapi('Token')

export const problem = z
  .strictObject({
    type: z.url(),
    title: z.string().openapi({ description: 'In the language asked for.' }),
    status: z.int(),
    detail: z.string().openapi({ description: 'What to do, in the language asked for.' }),
    code: z.string().openapi({ example: 'tokens/hour-used' }),
    parameter: z.string().optional().openapi({ description: 'The parameter at fault.' }),
    requestId: z.string(),
  })
  .openapi('Problem', { description: 'RFC 9457.' })

/** What may stand in the address of a list of entries. */
export const entriesQuery = z.strictObject({
  state: stateCode.optional(),
  kind: kind.optional(),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)
    .optional()
    .openapi({ description: 'A working language (BCP 47).', example: 'fr' }),
  text: z
    .string()
    .min(1)
    .max(200)
    // No database keeps U+0000 as text.
    .regex(/^[^\0]*$/)
    .optional()
    .openapi({ description: 'Words of the name, description or national role, original or translation.' }),
  limit: z
    .string()
    .regex(/^([1-9]|[1-9]\d|100)$/)
    .optional()
    .openapi({ description: 'Entries on one page: 1 to 100, 20 if absent.', example: '20' }),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/)
    .optional()
    .openapi({ description: '`next` of the page before, with the same filters and the same token.' }),
})

export const nothingAsked = z.strictObject({})

export const statesQuery = z.strictObject({
  participating: z.enum(['yes', 'no']).optional().openapi({ description: 'Only those that do, or do not.' }),
})

export const entryPath = z.strictObject({ entry: z.uuid().openapi({ description: '`id` of an entry.' }) })
export const snapshotPath = z.strictObject({
  number: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .openapi({ description: '`number` of the current snapshot.', example: '20261127041500' }),
})

export const snapshot = z
  .strictObject({
    number: z.int().openapi({ description: 'Higher than every earlier one.', example: 20261127041500 }),
    issuedAt: z.iso.datetime(),
    validUntil: z.iso.datetime(),
    size: z.int().openapi({ description: 'Of the file, in bytes.' }),
    sha256: z.string().openapi({ description: 'Of the file, hexadecimal.' }),
    publicKey: z.string().openapi({ description: 'Ed25519, 32 bytes, hexadecimal.' }),
    file: z.url(),
    signature: z.url(),
  })
  .openapi('Snapshot')

export const binary = z.string().openapi({ format: 'binary' })

export const statePath = z.strictObject({ state: stateCode })
