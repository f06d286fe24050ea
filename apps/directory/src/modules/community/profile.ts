import { readFileSync } from 'node:fs'
import { type Languages, locales } from '@parley/kernel'
import { z } from 'zod'
import { everyone } from '../../platform/session/authority.ts'
import { mandate } from './mandate.ts'
import { findUnnamed, namesSchema } from './names.ts'
import { refuseProblems } from './wrong-profile.ts'

const positive = z.number().int().positive()
const days = positive

/** A kind is called by its id where roles are: it may not be called like one of them. */
const kindId = z
  .string()
  .regex(/^[a-z-]{1,40}$/)
  .refine((id) => !everyone.some((role) => role === id), { error: 'this is the name of a role' })

const kinds = z
  .array(z.strictObject({ id: kindId, names: namesSchema }))
  .min(1)
  .refine(areDistinct, { error: 'two have the same id' })

const groups = z
  .array(z.strictObject({ id: z.string().min(1), names: namesSchema }))
  .refine(areDistinct, { error: 'two have the same id' })

const languages = z
  .array(z.enum(locales))
  .min(1)
  .refine((list) => new Set(list).size === list.length, { error: 'a language stands there twice' })
  .transform(([first = 'en', ...others]): Languages => [first, ...others])

/** What is kept, and for how many days. */
const retentionDays = z.strictObject({
  withdrawnEntry: days,
  endedAccount: days,
  session: days,
  /** Addresses that a check was sent to, after its round. */
  checkAddress: days,
  results: days,
  followUpNotes: days,
  /** What the history says of an export or a reading, beside the fact. */
  readingLines: days,
  incomingMail: days,
  backup: days,
})

const profileSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z-]+$/),
    names: namesSchema,
    operator: namesSchema,
    /** Who the community's documents are by, as bibliographies name them. */
    author: namesSchema,
    mandate,
    /** Who names the points of contact of a member, and by what kind of letter. */
    nominatingAuthority: namesSchema,
    letter: namesSchema,
    kinds,
    groups,
    entriesPerKind: positive,
    checkEveryMonths: positive,
    answerWithinHours: positive,
    remindAfterHours: positive,
    languages,
    observers: z.boolean(),
    /** Whether the members themselves are invented; each is then marked as such. */
    fictional: z.boolean().default(false),
    retentionDays,
    /** Two managers for what one alone must not do, once there are so many; a request lapses by itself. */
    dualControl: z.strictObject({
      on: z.boolean(),
      fromManagers: positive.min(2),
      lapsesAfterDays: positive,
    }),
  })
  .refine(({ remindAfterHours, answerWithinHours }) => remindAfterHours < answerWithinHours, {
    path: ['remindAfterHours'],
    error: 'a reminder comes before the time to answer is over',
  })

/** The rules of one community: data, not code. */
export type Profile = z.output<typeof profileSchema>
export type { Statement } from './mandate.ts'

/** Reads `profile.json`. Throws `WrongProfile` with one line per field that is wrong. */
export function readProfile(file: URL, id: string): Profile {
  const inFile = (problem: string) => `${id}/profile.json: ${problem}`
  const raw = readJson(file, inFile)
  const read = profileSchema.safeParse(raw)
  if (!read.success) {
    refuseProblems(read.error.issues.map((issue) => inFile(`${issue.path.join('.')}: ${issue.message}`)))
    throw read.error
  }
  refuseProblems([
    ...(read.data.id === id ? [] : [inFile(`id: the folder is called ${id}`)]),
    ...findUnnamed(raw, read.data.languages).map(inFile),
  ])
  return read.data
}

export function readJson(file: URL, inFile: (problem: string) => string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (fault) {
    refuseProblems([inFile(fault instanceof Error ? fault.message : 'cannot be read')])
    return undefined
  }
}

function areDistinct(list: readonly { readonly id: string }[]): boolean {
  return new Set(list.map(({ id }) => id)).size === list.length
}
