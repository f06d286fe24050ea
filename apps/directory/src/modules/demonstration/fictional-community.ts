import { readFileSync } from 'node:fs'
import { languageAmong, type Locale, parseStateCode, type StateCode } from '@parley/kernel'
import { z } from 'zod'
import { type Community, folderOfProfile } from '../community/index.ts'

const stateCode = z.string().transform((text, context): StateCode => {
  const code = parseStateCode(text)
  if (code) return code
  context.addIssue('not a State code')
  return z.NEVER
})

const schema = z.object({
  participating: z.array(stateCode),
  missions: z.array(z.object({ state: stateCode, email: z.email(), language: z.string() })),
  authorities: z.array(z.object({ state: stateCode, name: z.string(), email: z.email() })),
  entries: z.array(
    z.object({
      state: stateCode,
      kind: z.string(),
      language: z.string(),
      name: z.string(),
      english: z.string().optional(),
      workingLanguages: z.array(z.string()),
      email: z.email().optional(),
      phone: z.string().startsWith('+999'),
      timeZone: z.string(),
      always: z.boolean(),
      /** A file of `keys/` with its OpenPGP public key; nobody has the private half. */
      key: z
        .string()
        .regex(/^[\w.@-]+\.asc$/)
        .optional(),
      person: z.object({ name: z.string(), title: z.string(), titleEnglish: z.string() }).optional(),
      /** How it behaved in the one past round. */
      pastRound: z.enum(['button', 'reply', 'elsewhere', 'late', 'none', 'dead', 'phone']),
    }),
  ),
})

type Written = z.output<typeof schema>

export interface FictionalCommunity extends Omit<Written, 'missions'> {
  readonly missions: readonly (Written['missions'][number] & { readonly language: Locale })[]
}
export type FictionalEntry = FictionalCommunity['entries'][number]

/** The public key of an entry that has one. */
export function readFictionalKey({ profile }: Pick<Community, 'profile'>, file: string): string {
  return readFileSync(new URL(`demonstration/keys/${file}`, folderOfProfile(profile.id)), 'utf8')
}

/** RULE-11: the community of the demonstration, invented from end to end; each profile has its own. */
export function readFictionalCommunity({ profile }: Pick<Community, 'profile'>): FictionalCommunity {
  const file = new URL('demonstration/community.json', folderOfProfile(profile.id))
  const { missions, ...rest } = schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  return {
    ...rest,
    missions: missions.map((mission) => ({
      ...mission,
      language: languageAmong(profile.languages, mission.language),
    })),
  }
}
