import { readFileSync } from 'node:fs'
import { isLocale, type Locale, parseStateCode, type StateCode } from '@parley/kernel'
import { z } from 'zod'

const stateCode = z.string().transform((text, context): StateCode => {
  const code = parseStateCode(text)
  if (code) return code
  context.addIssue('not a State code')
  return z.NEVER
})

const locale = z.string().transform((text): Locale => (isLocale(text) ? text : 'en'))

const schema = z.object({
  participating: z.array(stateCode),
  missions: z.array(z.object({ state: stateCode, email: z.email(), language: locale })),
  authorities: z.array(z.object({ state: stateCode, name: z.string(), email: z.email() })),
  entries: z.array(
    z.object({
      state: stateCode,
      kind: z.enum(['diplomatic', 'technical']),
      language: z.string(),
      name: z.string(),
      english: z.string().optional(),
      workingLanguages: z.array(z.string()),
      email: z.email().optional(),
      phone: z.string().startsWith('+999'),
      timeZone: z.string(),
      always: z.boolean(),
      person: z.object({ name: z.string(), title: z.string(), titleEnglish: z.string() }).optional(),
      /** How it behaved in the one past round. */
      pastRound: z.enum(['button', 'reply', 'elsewhere', 'late', 'none', 'dead', 'phone']),
    }),
  ),
})

export type FictionalCommunity = z.output<typeof schema>
export type FictionalEntry = FictionalCommunity['entries'][number]

/** RULE-11: the community of the demonstration, invented from end to end. */
export function readFictionalCommunity(): FictionalCommunity {
  const file = new URL('../../../profiles/demonstration/community.json', import.meta.url)
  return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
}
