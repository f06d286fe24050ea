import { type Locale, locales } from '@parley/kernel'

/** All that the form needs to know of both sides; it comes with the page, so that nothing is asked for later. */
export interface PageWords {
  /** Kind and version of the template that this page fills in. */
  readonly kind: string
  readonly template: number
  readonly languages: readonly Locale[]
  /** The addressee's first working language among the six, else English. */
  readonly theirs: Locale
  /** The id of the addressee's entry, and the path of its card below the language. */
  readonly entry: string
  readonly card: string
  readonly from: SideWords & { readonly name: string; readonly address: string }
  readonly to: SideWords & {
    readonly emails: readonly string[]
    readonly phones: readonly { readonly number: string; readonly label: string; readonly urgent: boolean }[]
  }
  /** POC-37: which directories the two States may use, by language. */
  readonly directories: Readonly<Partial<Record<Locale, string>>>
  /** The addressee's entry has a key to encrypt to. */
  readonly hasKey: boolean
  /** On the page that encrypts. */
  readonly keys?: { readonly theirs: KeyWords; readonly own?: KeyWords }
}

interface KeyWords {
  readonly fingerprint: string
  readonly armored: string
}

export interface SideWords {
  readonly state: string
  readonly stateNames: Readonly<Partial<Record<Locale, string>>>
  readonly kind: string
  readonly kindNames: Readonly<Partial<Record<Locale, string>>>
  /** Empty where it stands on the contact card only. */
  readonly entity: string
}

/** The same in each language of the community. */
export function inEach(
  languages: readonly Locale[],
  write: (locale: Locale) => string,
): Readonly<Partial<Record<Locale, string>>> {
  return Object.fromEntries(languages.map((locale) => [locale, write(locale)]))
}

export function parseLocale(text: string | null): Locale | undefined {
  return locales.find((each) => each === text)
}
