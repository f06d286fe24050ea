import { languageAmong, type Languages, type Locale } from '@parley/kernel'

/** In what a check is written: in one language, or in two of which the second is the entry's own. */
export interface CheckLanguages {
  readonly language: Locale
  readonly beside: Locale | undefined
}

/**
 * POC-17: an office is written to in the first of its working languages that the community speaks (`spoken`). Where
 * it names none of them nobody knows what is read there: English, and beside it the language that its State wrote the
 * entry in, which somebody of that State can read.
 */
export function checkLanguages(
  spoken: Locale | undefined,
  entryLanguage: string,
  languages: Languages,
): CheckLanguages {
  const language = languageAmong(languages, spoken)
  const own = languages.find((each) => each === entryLanguage)
  return { language, beside: spoken === undefined && own !== language ? own : undefined }
}
