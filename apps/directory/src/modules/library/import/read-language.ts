import type { Locale } from '@parley/kernel'

// Which of the six languages a text is in: by its letters, and of those that share them by their commonest words.

const scripts: readonly (readonly [RegExp, Locale | 'latin'])[] = [
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/\p{Script=Latin}/gu, 'latin'],
]

/** Words that none of the other two has. */
const common: readonly (readonly [Locale, RegExp])[] = [
  ['en', /(?<!\p{L})(?:the|and|of|to|with)(?!\p{L})/giu],
  ['fr', /(?<!\p{L})(?:les|des|et|du|aux|dans)(?!\p{L})/giu],
  ['es', /(?<!\p{L})(?:los|las|del|el|y|con)(?!\p{L})/giu],
]

/** Chinese says in one letter what others say in several. */
const weightOfHan = 3

interface ReadLanguage {
  readonly language: Locale
  /** Whether another one comes close, or nothing tells. */
  readonly isUnsure: boolean
}

export function readLanguage(source: string): ReadLanguage | undefined {
  const letters = scripts.map(([letter, language]) => ({
    language,
    count: (source.match(letter)?.length ?? 0) * (language === 'zh' ? weightOfHan : 1),
  }))
  const [most, next] = letters.toSorted((one, other) => other.count - one.count)
  if (!most || most.count === 0) return undefined
  const isMixed = next !== undefined && next.count * 2 > most.count
  if (most.language !== 'latin') return { language: most.language, isUnsure: isMixed }
  const words = common
    .map(([language, word]) => ({ language, count: source.match(word)?.length ?? 0 }))
    .toSorted((one, other) => other.count - one.count)
  const [first, second] = words
  if (!first || !second) return undefined
  return {
    language: first.language,
    isUnsure: isMixed || first.count === 0 || second.count * 2 > first.count,
  }
}
