/** The languages of the interface, in the order in which the United Nations lists its official languages. */
export const locales = ['ar', 'zh', 'en', 'fr', 'ru', 'es'] as const

export type Locale = (typeof locales)[number]

const known: ReadonlySet<string> = new Set(locales)

export function isLocale(text: string): text is Locale {
  return known.has(text)
}

const rightToLeft = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** The direction in which text of a language (BCP 47) is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const [primary = ''] = language.toLowerCase().split('-')
  return rightToLeft.has(primary) ? 'rtl' : 'ltr'
}
