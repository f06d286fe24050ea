import { z } from 'zod'
import { namesSchema } from './names.ts'

/** What a document says, in our words, and where it says so: in the mandate unless another document is named. */
const statement = z.strictObject({
  text: namesSchema,
  paragraph: z.string(),
  document: namesSchema.optional(),
})

/** What the community agreed on, as of a document and its date; a successor is another profile, not other code. */
export const mandate = z.strictObject({
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

export type Statement = z.output<typeof statement>
