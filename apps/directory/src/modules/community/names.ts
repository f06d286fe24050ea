import { isLocale, type Languages, type Locale, locales } from '@parley/kernel'
import { z } from 'zod'

export type Names = Readonly<Record<Locale, string>>

/** A name in the community's languages. Where it speaks fewer than six, nobody sees what stands in the others. */
export const namesSchema = z
  .partialRecord(z.enum(locales), z.string().trim().min(1))
  .refine((names) => Object.keys(names).length > 0, { error: 'no name' })
  .transform((names) => namesIn((locale) => names[locale] ?? names.en ?? Object.values(names)[0] ?? ''))

export function namesIn(name: (locale: Locale) => string): Names {
  const names = locales.map((locale) => [locale, name(locale)] as const)
  return Object.fromEntries(names) as Names
}

/** Where in a profile, as it was read, a name is missing in one of its languages: one line each. */
export function findUnnamed(value: unknown, languages: Languages, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const fields = Object.entries(value)
  if (fields.length > 0 && fields.every(([key]) => isLocale(key))) {
    const missing = languages.filter((locale) => !Object.hasOwn(value, locale))
    return missing.map((locale) => `${path}: no name in «${locale}», a language of this profile`)
  }
  return fields.flatMap(([key, below]) => findUnnamed(below, languages, path ? `${path}.${key}` : key))
}
