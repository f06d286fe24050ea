import { fold, type Locale, unbrokenLetter } from '@parley/kernel'
import { isSmallWord } from '../data/small-words.ts'
import { stem } from './stem.ts'

/** A word of a text as it is compared, and where it stands in the text. */
export interface Word {
  readonly start: number
  readonly end: number
  /** Of a script that does not part words: two letters that stand together, or one that stands alone. */
  readonly token: string
  /** Without its ending cut. */
  readonly whole: string
  readonly isSmall: boolean
}

/** Letters and digits with what is written within a word: marks, tatweel, invisible signs. */
const printedWords = new RegExp(
  `[${unbrokenLetter}]+|(?:(?![${unbrokenLetter}])[\\p{L}\\p{N}][\\p{M}\\p{Cf}\u0640]*)+`,
  'gu',
)
const unbroken = new RegExp(`^[${unbrokenLetter}]`, 'u')
const besideNumber =
  /(?<=\p{Nd})(?=(?!\p{Nd})[\p{sc=Arabic}\p{sc=Cyrillic}])|(?<=(?!\p{Nd})[\p{sc=Arabic}\p{sc=Cyrillic}])(?=\p{Nd})/u
const joining = /^['’ʼ`´]/u
/** French words that lose a letter before another one: the apostrophe parts them. */
const elided = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)$/i

const scripts: readonly { readonly rule: RegExp; readonly languages: readonly Locale[] }[] = [
  { rule: /\p{sc=Arabic}/u, languages: ['ar'] },
  { rule: /\p{sc=Cyrillic}/u, languages: ['ru'] },
  { rule: /\p{sc=Latin}/u, languages: ['en', 'fr', 'es'] },
]

/** The languages whose rules may hold for a word, by its script. */
export function languagesOf(folded: string): readonly Locale[] {
  return scripts.find(({ rule }) => rule.test(folded))?.languages ?? []
}

/** The words of a text in a language, in its order; words of another script as they are, without their ending cut. */
export function wordsIn(text: string, language: Locale): readonly Word[] {
  return printedIn(text).flatMap((printed) =>
    unbroken.test(printed.text) ? pairsOf(printed) : comparedAs(printed, language),
  )
}

interface Printed {
  readonly start: number
  readonly text: string
}

function printedIn(text: string): readonly Printed[] {
  const found = [...text.matchAll(printedWords)].flatMap(({ 0: word, index }) =>
    apart({ start: index, text: word }),
  )
  const joined: Printed[] = []
  for (const each of found) {
    const last = joined.at(-1)
    const between = last && text.slice(last.start + last.text.length, each.start)
    if (last && between?.length === 1 && joining.test(between)) {
      joined.pop()
      // `d’État` is `État`; `State’s` is one word.
      if (elided.test(last.text)) joined.push(each)
      else joined.push({ start: last.start, text: `${last.text}${between}${each.text}` })
    } else joined.push(each)
  }
  return joined
}

/** A number that lost its space before an Arabic or Cyrillic word. */
function apart({ start, text }: Printed): readonly Printed[] {
  let at = start
  return text.split(besideNumber).map((piece) => {
    const found = { start: at, text: piece }
    at += piece.length
    return found
  })
}

function pairsOf({ start, text }: Printed): readonly Word[] {
  const letters = [...text.matchAll(/./gsu)].map(({ 0: letter, index }) => ({
    letter: fold(letter),
    start: start + index,
    end: start + index + letter.length,
  }))
  const [only, ...more] = letters
  if (only && more.length === 0) return [{ ...placeOf(only, only), ...pairAs(only.letter) }]
  return letters.slice(1).flatMap((second, index) => {
    const first = letters[index]
    return first ? [{ ...placeOf(first, second), ...pairAs(first.letter + second.letter) }] : []
  })
}

function pairAs(token: string) {
  return { token, whole: token, isSmall: false }
}

function placeOf(first: { readonly start: number }, last: { readonly end: number }) {
  return { start: first.start, end: last.end }
}

function comparedAs({ start, text }: Printed, language: Locale): readonly Word[] {
  const folded = fold(text)
  if (folded === '') return []
  const isOwn = languagesOf(folded).includes(language)
  return [
    {
      start,
      end: start + text.length,
      token: isOwn ? stem(language, folded) : folded,
      whole: folded,
      isSmall: isOwn && isSmallWord(language, folded),
    },
  ]
}
