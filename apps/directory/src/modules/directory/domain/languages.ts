import { fold, languageAmong, type Languages, type Locale, locales } from '@parley/kernel'
import type { Entry } from './entry.ts'

/** Offered first, in the order in which people look for them: the official six, then others that offices work in. */
export const commonLanguages: readonly string[] =
  'ar zh en fr ru es pt de it tr fa ur hi bn id ms ja ko vi th sw am so ha nl pl uk ro el he sr hr hu cs sv kk uz mn'.split(
    ' ',
  )

/** In which language an office is written to: its first working language that the community speaks; the entry's own where none is named; else English. */
export function letterLanguage(
  entry: Pick<Entry, 'workingLanguages' | 'language'>,
  languages: Languages,
): Locale {
  const [first] = entry.workingLanguages
  return languageAmong(languages, first === undefined ? entry.language : spokenBy(entry, languages))
}

/** The first working language of an office that the community speaks too. */
export function spokenBy(
  { workingLanguages }: Pick<Entry, 'workingLanguages'>,
  languages: Languages,
): Locale | undefined {
  const primary = workingLanguages.map((tag) => tag.toLowerCase().split('-')[0])
  return primary.flatMap((tag) => languages.filter((each) => each === tag))[0]
}

/** The language tag (BCP 47, canonical) that was typed as a tag or as a language's name in any interface language. */
export function parseLanguage(text: string): string | undefined {
  const wanted = fold(text)
  return wanted === '' ? undefined : (named().get(wanted) ?? tagged(text.trim()))
}

function tagged(text: string): string | undefined {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(text)) return undefined
  try {
    return Intl.getCanonicalLocales(text)[0]
  } catch {
    return undefined
  }
}

let byName: ReadonlyMap<string, string> | undefined

/** Every two-letter language by its names; made at the first question. */
function named(): ReadonlyMap<string, string> {
  if (byName) return byName
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  const names = new Map<string, string>()
  for (const locale of locales) {
    const display = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' })
    // An outdated code has the name of its successor: the canonical one stands.
    for (const code of codes.filter((each) => Intl.getCanonicalLocales(each)[0] === each)) {
      const name = display.of(code)
      if (name !== undefined && !names.has(fold(name))) names.set(fold(name), code)
    }
  }
  byName = names
  return names
}
