/** The languages of the interface, in the order in which the United Nations lists its official languages. */
export const locales = ['ar', 'zh', 'en', 'fr', 'ru', 'es'] as const

export type Locale = (typeof locales)[number]

const known: ReadonlySet<string> = new Set(locales)

export function isLocale(text: string): text is Locale {
  return known.has(text)
}

/** The languages that a community speaks: some of the interface's, at least one. */
export type Languages = readonly [Locale, ...Locale[]]

/** The wanted language (BCP 47) where it is one of these; else English, else the first of them. */
export function languageAmong(languages: Languages, wanted: string | undefined): Locale {
  const primary = wanted?.toLowerCase().split('-')[0]
  return languages.find((each) => each === primary) ?? languages.find((each) => each === 'en') ?? languages[0]
}

const rightToLeft = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** The direction in which text of a language (BCP 47) is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const [primary = ''] = language.toLowerCase().split('-')
  return rightToLeft.has(primary) ? 'rtl' : 'ltr'
}
