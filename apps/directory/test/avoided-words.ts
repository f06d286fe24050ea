import { glossary, type GlossaryLanguage } from '@parley/protocol'

export interface Avoided {
  readonly word: string
  /** The term of the glossary that stands instead. */
  readonly instead: string
}

/** The words of a text that the glossary tells translators not to use. */
export function findAvoided(language: GlossaryLanguage, text: string): readonly Avoided[] {
  const plain = plainText(text.replace(/\{\w+\}/g, ''))
  return patterns[language].filter(({ pattern }) => pattern.test(plain))
}

/** «and», «so», «by», «like», «to» and the article are written as one with the word. */
const arabicPrefix = '[وف]?(?:[بك]?ال|لل|[بكل])?'

interface Pattern extends Avoided {
  readonly pattern: RegExp
}

const patterns: Readonly<Record<GlossaryLanguage, readonly Pattern[]>> = {
  ar: patternsOf('ar'),
  zh: patternsOf('zh'),
  en: patternsOf('en'),
  fr: patternsOf('fr'),
  ru: patternsOf('ru'),
  es: patternsOf('es'),
}

function patternsOf(language: GlossaryLanguage): readonly Pattern[] {
  return Object.values(glossary).flatMap((entry) =>
    (entry[language].avoid ?? []).map((word) => ({
      word,
      instead: entry[language].term,
      pattern: patternOf(language, plainText(word)),
    })),
  )
}

function patternOf(language: GlossaryLanguage, word: string): RegExp {
  const words = word.split(' ')
  switch (language) {
    case 'zh':
      return new RegExp(word, 'u')
    case 'ar':
      return new RegExp(`(?<!\\p{L})${words.map((each) => arabicPrefix + each).join(' ')}(?!\\p{L})`, 'u')
    case 'ru':
      return new RegExp(`(?<!\\p{L})${words.map(inAnyCase).join(' ')}(?!\\p{L})`, 'iu')
    default:
      // An abbreviation is one in capitals only: a pin is no PIN.
      return new RegExp(`(?<![\\p{L}-])${word}(?![\\p{L}-])`, word === word.toUpperCase() ? 'u' : 'iu')
  }
}

/** The stem of a Russian word with any ending. */
function inAnyCase(word: string): string {
  const stem = word.length > 4 ? word.replace(/(?:[аеиоуыэюя][йея]|[аеиоуыэюяйь])$/u, '') : word
  return `${stem}\\p{L}{0,3}`
}

/** Without vowel marks, so that a word is found however carefully it is written. */
function plainText(text: string): string {
  return text.normalize('NFC').replace(/[\u064b-\u0652\u0670\u0640]/g, '')
}
