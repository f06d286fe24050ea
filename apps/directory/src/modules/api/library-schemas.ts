import { z } from '@hono/zod-openapi'
import { locales } from '@parley/kernel'
import { addressees, stepStates, verbs } from '../library/index.ts'

// Strict: what is not declared is in no answer.

const wholeAddress = z.string().openapi({
  description: 'The permanent address: symbol and place, as in `/documents/{address}`.',
  example: 'A/78/265/annex/39',
})

const verb = z.enum(verbs)
const addressee = z.enum(addressees)

const nextStep = z
  .strictObject({
    symbol: z.string(),
    address: wholeAddress,
    kind: z.enum(['operative', 'next-step']),
    language: z.string().openapi({ description: 'Of the text (BCP 47).' }),
    text: z.string().openapi({ description: 'The paragraph, as it was extracted.' }),
    isDamaged: z.boolean().openapi({ description: 'The extraction is damaged: compare with the original.' }),
    acts: z
      .array(z.strictObject({ verb, addressee: addressee.optional() }))
      .openapi({ description: 'Read from the text; the first is what it is known by.' }),
    due: z.strictObject({
      sessions: z.array(z.int()).openapi({ description: 'Numbers of sessions, as printed.' }),
      dates: z.array(z.string()).openapi({ description: 'Years, months or days, ISO 8601.' }),
    }),
    isOverdue: z.boolean().openapi({ description: 'Open though its last date has passed.' }),
    state: z.enum(stepStates),
    evidence: z.url().optional(),
    carriedOnBy: z.array(wholeAddress),
  })
  .openapi('NextStep')

const more = z.boolean().openapi({ description: 'Whether another page follows.' })

export const nextStepList = z
  .strictObject({ steps: z.array(nextStep), all: z.int(), more })
  .openapi('NextStepList')

const language = z
  .enum(locales)
  .optional()
  .openapi({ description: 'Preferred language of texts; another one where the document is not there in it.' })

const page = z
  .string()
  .regex(/^[1-9]\d{0,3}$/)
  .optional()
  .openapi({ description: 'Of 50 each; 1 if absent.', example: '1' })

// No database keeps U+0000 as text.
const symbol = z
  .string()
  .regex(/^[^\0]{1,100}$/)
  .optional()
  .openapi({ description: 'A symbol.' })

export const nextStepsQuery = z.strictObject({
  language,
  document: symbol,
  verb: verb.optional(),
  addressee: addressee.optional(),
  state: z.enum(stepStates).optional(),
  due: z.iso.date().optional().openapi({ description: 'Due on that day or before.' }),
  session: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .optional()
    .openapi({ description: 'Due at the session of that number or an earlier one.' }),
  overdue: z.enum(['yes']).optional(),
  page,
})

const stateCodes = z.array(z.string()).openapi({ description: 'Codes of States, in the order printed.' })

const workingPaper = z
  .strictObject({
    symbol: z.string(),
    address: wholeAddress,
    order: z.int().openapi({ description: 'Place in the list as printed, from 1.' }),
    language: z.string(),
    title: z.string(),
    joint: z
      .boolean()
      .openapi({ description: 'Printed as from several States, whether it names them or not.' }),
    submitters: stateCodes,
    coSponsors: stateCodes,
    notStates: z
      .array(z.string())
      .openapi({ description: 'Printed where the name of a State is expected, and the name of none.' }),
    related: z.array(wholeAddress),
    isDamaged: z.boolean(),
  })
  .openapi('WorkingPaper')

export const workingPaperList = z
  .strictObject({ papers: z.array(workingPaper), all: z.int(), more })
  .openapi('WorkingPaperList')

export const workingPapersQuery = z.strictObject({
  language,
  submitter: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .openapi({ description: 'A State that stands behind it, as a co-sponsor as well.' }),
  kind: z.enum(['single', 'joint']).optional(),
  page,
})
