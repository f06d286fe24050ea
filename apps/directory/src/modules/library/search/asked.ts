import { type Locale, locales } from '@parley/kernel'
import { partingWords } from './data/small-words.ts'
import { damagedToken } from './words/damaged-words.ts'
import { tokensForSymbol } from './words/symbol-tokens.ts'
import { languagesOf, type Word, wordsIn } from './words/words-in.ts'

/** One thing that is looked for: it stands in a paragraph where one of its ways of reading does. */
export interface Term {
  /** As it was typed. */
  readonly typed: string
  /** Found in every result: words in quotes. */
  readonly isPhrase: boolean
  readonly readings: readonly Reading[]
}

interface Reading {
  /** The token whose list is read. */
  readonly token: string
  /** Words in order that the paragraph must have, of a phrase. */
  readonly phrase: string | null
}

interface Asked {
  readonly terms: readonly Term[]
  /** The text as it is read: what follows is cut off. */
  readonly typed: string
}

/** Enough for any question; a longer text is cut, and the page says so. */
export const mostTyped = 300
const mostTerms = 16
const inChinese = new Intl.Segmenter('zh', { granularity: 'word' })
const latin: readonly Locale[] = ['en', 'fr', 'es']
const turning = /[\u202a-\u202e\u2066-\u2069]/gu
const quoted = /"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|「([^」]+)」|『([^』]+)』/gu

/** What a text asks for. `locale` is the reader's: it tells what a word is where its script does not. */
export function readAsked(text: string, locale: Locale): Asked {
  // No text of the database holds the character null, nor half a character; nothing turns the line.
  const typed = text
    .toWellFormed()
    .replaceAll('\0', ' ')
    .replace(turning, '')
    .slice(0, mostTyped)
    .toWellFormed()
  const phrases = [...typed.matchAll(quoted)].flatMap(([, ...groups]) => groups.find(Boolean) ?? [])
  const [symbols, words] = partSymbols(typed.replace(quoted, ' '))
  const language = likelyLanguage(words, locale)
  const all = [
    ...phrases.flatMap((phrase) => phraseTerm(phrase)),
    ...symbols,
    ...wordTerms(withoutParting(words), language),
  ]
  return { terms: withoutRepeats(all).slice(0, mostTerms), typed: typed.trim() }
}

function partSymbols(text: string): readonly [readonly Term[], string] {
  const symbols: Term[] = []
  const words = text.split(/\s+/u).filter((typed) => {
    const tokens = tokensForSymbol(typed)
    if (tokens)
      symbols.push({ typed, isPhrase: false, readings: tokens.map((token) => ({ token, phrase: null })) })
    return !tokens
  })
  return [symbols, words.join(' ')]
}

/** In Chinese a question is asked around the words: they are parted where it is, not within `对话` or `和平`. */
function withoutParting(text: string): string {
  return [...inChinese.segment(text)]
    .map(({ segment }) => (partingWords.has(segment) ? ' ' : segment))
    .join('')
}

/** Among languages of one script, the one whose small words stand there most; else the reader's own. */
function likelyLanguage(text: string, locale: Locale): Locale {
  const order = [locale, ...latin].filter((each) => latin.includes(each))
  const counted = order.map((language) => ({
    language,
    small: wordsIn(text, language).filter(({ isSmall }) => isSmall).length,
  }))
  return counted.toSorted((one, other) => other.small - one.small)[0]?.language ?? 'en'
}

function wordTerms(text: string, language: Locale): readonly Term[] {
  return readInAll(text).flatMap((readings) => {
    const small = readings.get(language) ?? [...readings.values()].find(({ isSmall }) => isSmall)
    const [first] = readings.values()
    if (!first || small?.isSmall) return []
    const damaged = damagedToken(first.whole) ?? first.whole
    const tokens = new Set([...[...readings.values()].map(({ token }) => token), damaged])
    return {
      typed: text.slice(first.start, first.end),
      isPhrase: false,
      readings: [...tokens].map((token) => ({ token, phrase: null })),
    }
  })
}

/** Each word of a text as the languages of its script read it, and as it stands. */
function readInAll(text: string): readonly ReadonlyMap<Locale, Word>[] {
  const read = new Map(locales.map((locale) => [locale, wordsIn(text, locale)]))
  return (read.get('zh') ?? []).map((plain, index) => {
    const languages = languagesOf(plain.token)
    const words = languages.flatMap((each) => {
      const word = read.get(each)?.[index]
      return word ? [[each, word] as const] : []
    })
    return new Map<Locale, Word>([...words, ['zh', plain]])
  })
}

function phraseTerm(typed: string): readonly Term[] {
  const readings = locales.flatMap((language) => {
    const words = wordsIn(typed, language)
    const telling = words.filter(({ isSmall }) => !isSmall)
    // The longest is read: as a rule it is the rarest.
    const [longest] = telling.toSorted((one, other) => other.token.length - one.token.length)
    if (!longest) return []
    return [{ token: longest.token, phrase: ` ${words.map(({ token }) => token).join(' ')} ` }]
  })
  const distinct = new Map(readings.map((reading) => [reading.phrase, reading]))
  return distinct.size === 0 ? [] : [{ typed, isPhrase: true, readings: [...distinct.values()] }]
}

function withoutRepeats(terms: readonly Term[]): readonly Term[] {
  return [...new Map(terms.map((term) => [JSON.stringify(term.readings), term])).values()]
}
