import type { Locale } from '@parley/kernel'
import { closings, openings, plurals } from '../data/arabic.ts'
import { endings, type Rules } from '../data/endings.ts'

/** What forms of a word have in common, of a folded word; the word itself in a language without rules. */
export function stem(language: Locale, folded: string): string {
  if (/\d/.test(folded)) return folded
  if (language === 'ar') return stemArabic(folded)
  const rules = endings[language]
  return rules ? withoutEnding(rules, folded) : folded
}

function withoutEnding({ least, endings: all }: Rules, word: string): string {
  let [longest, left] = [0, word]
  for (const [ending, instead] of all)
    if (ending.length > longest && word.endsWith(ending) && word.length - ending.length >= least)
      [longest, left] = [ending.length, word.slice(0, -ending.length) + instead]
  return left
}

function stemArabic(word: string): string {
  const opening = openings.find((each) => word.startsWith(each) && word.length - each.length >= 3)
  // A conjunction alone is cut from long words only: many short ones begin with the letter.
  const bare = opening ? word.slice(opening.length) : /^و\p{L}{4,}$/u.test(word) ? word.slice(1) : word
  const known = plurals[bare]
  if (known !== undefined) return known
  const closing = closings.find(([each, least]) => bare.endsWith(each) && bare.length - each.length >= least)
  const left = closing ? bare.slice(0, -closing[0].length) : bare
  return plurals[left] ?? left
}
