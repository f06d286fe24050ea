import { readFileSync } from 'node:fs'
import { isLocale, type Locale, locales } from '@parley/kernel'
import { z } from 'zod'
import { everyone } from '../../platform/session/authority.ts'

/** The interface's languages must all be named; a profile may carry more of them than are switched on. */
const namesSchema = z.record(z.string(), z.string().min(1)).transform((names, context) => {
  const entries = locales.map((locale) => [locale, names[locale]] as const)
  if (entries.some(([, name]) => name === undefined)) context.addIssue('a language has no name')
  return namesIn((locale) => names[locale] ?? '')
})

export type Names = Readonly<Record<Locale, string>>

const days = z.number().int().positive()

/** A kind is called by its id where roles are: it may not be called like one of them. */
const kindId = z
  .string()
  .regex(/^[a-z-]{1,40}$/)
  .refine((id) => !everyone.some((role) => role === id), { error: 'this is the name of a role' })

/** What a document says, in our words, and where it says so: in the mandate unless another document is named. */
const statement = z.object({ text: namesSchema, paragraph: z.string(), document: namesSchema.optional() })

/** What the community agreed on, as of a document and its date; a successor is another profile, not other code. */
const mandate = z.object({
  document: namesSchema,
  asOf: z.iso.date().transform((text) => new Date(text)),
  bodies: z.array(namesSchema),
  purposes: z.array(statement),
  principles: z.array(statement),
  /** What may still be discussed to improve it, step by step. */
  discussed: z.array(statement),
  /** RULE-8: what some propose and nobody agreed to. */
  proposals: z.array(statement),
})

const profileSchema = z.object({
  id: z.string().regex(/^[a-z-]+$/),
  names: namesSchema,
  operator: namesSchema,
  mandate,
  kinds: z.array(z.object({ id: kindId, names: namesSchema })).min(1),
  entriesPerKind: z.number().int().positive(),
  checkEveryMonths: z.number().int().positive(),
  answerWithinHours: z.number().int().positive(),
  remindAfterHours: z.number().int().positive(),
  languages: z.array(z.string()).transform((list) => list.filter(isLocale)),
  observers: z.boolean(),
  retentionDays: z.object({ withdrawnEntry: days, endedAccount: days, session: days, incomingMail: days }),
})

/** The rules of one community: data, not code. */
export type Profile = z.output<typeof profileSchema>
export type Statement = z.output<typeof statement>

export function readProfile(file: URL): Profile {
  return profileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

export function namesIn(name: (locale: Locale) => string): Names {
  const names = locales.map((locale) => [locale, name(locale)] as const)
  return Object.fromEntries(names) as Names
}
