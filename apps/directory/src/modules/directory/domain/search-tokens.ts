import { fold, unbrokenLetter } from '@parley/kernel'

// What entries are found by (docs/adr/0011): compared by equality alone, so that an index serves under row-level
// security, in any script and without a dictionary.

const unbroken = new RegExp(`[${unbrokenLetter}]+`, 'gu')
const words = /[\p{L}\p{M}\p{N}]+/gu

/** The tokens of texts as they stand in an entry: pairs where words are not parted, else threes and how a word begins. */
export function tokensOf(texts: string): readonly string[] {
  const tokens = new Set<string>()
  for (const { letters, isUnbroken } of runsIn(fold(texts))) {
    if (isUnbroken) {
      for (const piece of [...letters, ...pieces(letters, 2)]) tokens.add(piece)
    } else {
      for (const piece of [...beginnings(letters), ...pieces(letters, 3)]) tokens.add(piece)
    }
  }
  return [...tokens]
}

/**
 * Tokens that every text containing the folded term has; the text itself is compared afterwards. None where the
 * term holds neither a letter nor a digit: it is found nowhere.
 */
export function tokensFor(term: string): readonly string[] {
  return [
    ...new Set(
      runsIn(term).flatMap(
        ({ letters, isUnbroken }) =>
          covering(letters, isUnbroken ? 2 : 3) ?? (isUnbroken ? letters : beginnings(letters).slice(-1)),
      ),
    ),
  ]
}

/** That an office works in a language (BCP 47): in the language as such, too, where it named a variety. */
export function languageTokens(tag: string): readonly string[] {
  const [language = tag] = tag.split('-')
  return [...new Set([`=${language}`, `=${tag}`])]
}

/** Tokens as an entry of this kind has them: what only entries of another kind say is then nowhere in the index. */
export function tokensOfKind(kind: string, tokens: readonly string[]): readonly string[] {
  const [initial = ''] = kind
  return tokens.map((token) => initial + token)
}

interface Run {
  readonly letters: readonly string[]
  readonly isUnbroken: boolean
}

function runsIn(folded: string): readonly Run[] {
  return (folded.match(words) ?? []).flatMap((word) => {
    const runs: Run[] = []
    let at = 0
    for (const { 0: run, index } of word.matchAll(unbroken)) {
      if (index > at) runs.push({ letters: Array.from(word.slice(at, index)), isUnbroken: false })
      runs.push({ letters: Array.from(run), isUnbroken: true })
      at = index + run.length
    }
    if (at < word.length) runs.push({ letters: Array.from(word.slice(at)), isUnbroken: false })
    return runs
  })
}

function beginnings(letters: readonly string[]): readonly string[] {
  return [1, 2]
    .filter((length) => length <= letters.length)
    .map((length) => `^${letters.slice(0, length).join('')}`)
}

function pieces(letters: readonly string[], size: number): readonly string[] {
  return Array.from({ length: Math.max(0, letters.length - size + 1) }, (_, at) =>
    letters.slice(at, at + size).join(''),
  )
}

/** As few pieces as cover the letters: each is a list to read. */
function covering(letters: readonly string[], size: number): readonly string[] | undefined {
  if (letters.length < size) return undefined
  const last = letters.length - size
  const starts = [...Array.from({ length: Math.ceil(last / size) }, (_, step) => step * size), last]
  return starts.map((at) => letters.slice(at, at + size).join(''))
}
