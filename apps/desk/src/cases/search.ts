import { fold } from '@parley/kernel'
import type { Line } from '../record/events.ts'
import type { Case } from './case.ts'

/** The words of a case as they are compared: without case, accents or variants of letters, in any of the scripts. */
export function searchText({ lines, counterpart, thread }: Case): string {
  return fold([counterpart.state, thread ?? '', ...lines.flatMap(wordsOf)].join('\n'))
}

/** Whether every word that was typed stands somewhere in the case. */
export function fits(searched: string, words: readonly string[]): boolean {
  return words.every((word) => searched.includes(word))
}

export function wordsIn(typed: string): readonly string[] {
  return [...new Set(fold(typed).split(' '))].filter((word) => word !== '')
}

function wordsOf(line: Line): readonly string[] {
  return [line.by, ...textsIn(saidBy(line)), ...line.files.map(({ name }) => name)]
}

/** The text of a message says all that its machine part does. */
function saidBy(line: Line): unknown {
  if (!line.known || (line.what !== 'message.sent' && line.what !== 'message.received')) return line.content
  const { text, address } = line.content
  return [text, address]
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
