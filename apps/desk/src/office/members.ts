import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '@parley/kernel'
import type { Texts } from '@parley/protocol'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'

/** A State as the community names it. */
export interface Member {
  readonly state: string
  readonly names: Texts
}

/** A kind of POC of the community. */
export interface Kind {
  readonly id: string
  readonly names: Texts
}

const row = z.object({
  iso2: z.string().regex(/^[A-Z]{2}$/),
  status: z.string(),
  name_ar: z.string(),
  name_zh: z.string(),
  name_en: z.string(),
  name_fr: z.string(),
  name_ru: z.string(),
  name_es: z.string(),
})
const texts = z.object({
  ar: z.string(),
  zh: z.string(),
  en: z.string(),
  fr: z.string(),
  ru: z.string(),
  es: z.string(),
})
const profile = z.object({ kinds: z.array(z.object({ id: z.string(), names: texts })) })

/** The members of a community from its profile's table. */
export function readMembers(file: string): readonly Member[] {
  const rows: unknown = parse(readFileSync(file, 'utf8'), { columns: true, bom: true })
  return z
    .array(row)
    .parse(rows)
    .filter(({ status }) => status === 'member')
    .map((each) => ({
      state: each.iso2,
      names: {
        ar: each.name_ar,
        zh: each.name_zh,
        en: each.name_en,
        fr: each.name_fr,
        ru: each.name_ru,
        es: each.name_es,
      },
    }))
}

export function readKinds(folder: string): readonly Kind[] {
  return profile.parse(JSON.parse(readFileSync(join(folder, 'profile.json'), 'utf8'))).kinds
}

/** The name of a State in a language; its code where the community does not name it. */
export function stateName(members: readonly Member[], state: string, locale: Locale): string {
  return members.find((each) => each.state === state)?.names[locale] ?? state
}

/** In the order of a language's alphabet. */
export function sortedMembers(members: readonly Member[], locale: Locale): readonly Member[] {
  const { compare } = new Intl.Collator(locale)
  return members.toSorted((one, other) => compare(one.names[locale], other.names[locale]))
}
