import { type Locale, locales } from '@parley/kernel'

/** A text in each of the six languages. */
export type Texts = Readonly<Record<Locale, string>>

/** The pattern with its `{placeholders}` filled. A placeholder that nobody fills is a fault. */
export function fill(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`nobody fills {${name}}`)
    return value
  })
}

/** What is missing of the six languages, or is not a text. */
export function missingLanguages(texts: Readonly<Record<string, unknown>>): readonly Locale[] {
  return locales.filter((locale) => typeof texts[locale] !== 'string' || texts[locale] === '')
}
