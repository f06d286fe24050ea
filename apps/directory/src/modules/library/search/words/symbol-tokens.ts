import { fold } from '@parley/kernel'

/** How the tokens of symbols begin: no word begins so. */
const mark = '#'

/**
 * A symbol as it is found: whole, and by what it begins with, so that `A/AC.292` finds all that it numbers; of
 * resolutions and decisions by their number alone, too.
 */
export function tokensOfSymbol(symbol: string): readonly string[] {
  const folded = fold(symbol)
  const pieces = folded.split('/')
  const beginnings = pieces.map((_, index) => pieces.slice(0, index + 1).join('/')).slice(1)
  const [, numbered] = /^[ae]\/(?:res|dec)\/(.*\d+\/\d+.*)$/.exec(folded) ?? []
  const all = [...beginnings, ...(numbered === undefined ? [] : [numbered])]
  // `43/78 H` is found by `43/78`, too.
  return [...new Set(all.flatMap((each) => [each, each.replace(/ .*/, '')]))].map((each) => mark + each)
}

/** `a/77/275`, `a/c.1/77/l.23/rev.1`, `a/ac.292`, `75/240`, `2023/3`. */
const rule = /^(?:[a-z]{1,5}(?:\/[a-z0-9.-]{1,12})+|\d{1,4}\/\d{1,4})$/
const around = /^[([{]+|[)\]}.,;:!?،؛؟。，；]+$/gu

/** What a typed symbol asks for: a number alone also turned, as lines from right to left print it. None for a word. */
export function tokensForSymbol(typed: string): readonly string[] | undefined {
  const folded = fold(typed).replace(around, '')
  if (!rule.test(folded) || !/\d/.test(folded)) return undefined
  const [, first, second] = /^(\d+)\/(\d+)$/.exec(folded) ?? []
  const turned = first === undefined || second === undefined ? [] : [`${second}/${first}`]
  return [folded, ...turned].map((each) => mark + each)
}
