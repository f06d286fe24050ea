import type { StructuredDocument } from '../structured-document.ts'

/** Above this share readers are warned; clean documents stay below a third of it. */
const warned = 0.15
/** Words of one letter that a sound text has. */
const soundLetters = new Set(['و', 'a', 'i', 'o', 'y', 'e', 'u', 'à', 'и', 'в', 'с', 'к', 'о', 'у', 'я', 'а'])

/** How much of a text layer cannot be read: single letters, drawn-out words, runs of one letter. Nothing is repaired. */
export function measureDamage(source: string): StructuredDocument['damage'] {
  const words = source.split(/\s+/u).filter((word) => /\p{L}/u.test(word))
  const broken = words.filter(isBroken).length
  const share = words.length === 0 ? 0 : broken / words.length
  return { words: words.length, broken, share, isDamaged: share > warned }
}

/** Chinese has words of one letter, labels and symbols have letters of their own. */
function isBroken(word: string): boolean {
  const letters = word.replace(/[^\p{L}]/gu, '')
  if (/\p{Script=Han}/u.test(word) || /[\d/()]/u.test(word)) return false
  if (letters.length === 1) return !soundLetters.has(letters.toLowerCase())
  return /ـ/u.test(letters) || /(\p{L})\1\1/u.test(letters)
}
