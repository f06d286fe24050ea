import { directionOf, type Locale } from '@parley/kernel'
import file from './data/words.json' with { type: 'json' }
import type { Texts } from './texts.ts'

export type Word = keyof typeof file.words

const words: Readonly<Record<Word, Texts>> = file.words

/** The words around what a message says: From, Reference, Marking … */
export function word(id: Word, language: Locale): string {
  return words[id][language]
}

export function isWord(id: string): id is Word {
  return Object.hasOwn(words, id)
}

export function isRightToLeft(language: string): boolean {
  return directionOf(language) === 'rtl'
}
