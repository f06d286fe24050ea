import { readAnnex } from './headings.ts'
import { placesOfLetter } from './labels.ts'
import { isFurniture, type Mark } from './marks.ts'
import { isNextSteps } from './headings.ts'
import { partNames, sectionNames } from './words.ts'

// Marks of a line whose letters and order a text layer lost: labels stand at either end or amid it. Nothing is repaired.

/** Letters that extraction draws as others, and what they may have been. */
const drawnAs: Readonly<Record<string, readonly string[]>> = {
  ج: ['أ', 'ج'],
  ف: ['ج', 'و'],
  م: ['د'],
}

const number = /(?:^|\s)-\s*(\d{1,3})(?=\s|$)/gu
const letter = /\)\s?(\p{L}{1,2})\s?\(|\(\)\s?(\p{L}{1,2})(?=\s|$)|\((\p{L}{1,2})\)/gu
const item = /[”“"]?\s?‘(\d{1,2})’/gu
const footnote = /^\((\d{1,3})\)\s|\s\((\d{1,3})\)$/u

/** All that such a line may be, the surest first. */
export function readDamagedMarks(line: string): readonly Mark[] {
  const drawn = line.replace(/ا{2,}/gu, 'ا')
  const annex = readAnnex(drawn)
  const [noteLabel, ...noteLabels] = footnote.exec(line) ?? []
  const marks: (Mark | undefined | false)[] = [
    isFurniture(line) && { is: 'furniture', rest: line },
    annex !== undefined && { is: 'annex', label: annex, rest: line },
    noteLabel !== undefined && {
      is: 'footnote',
      label: noteLabels.find(Boolean) ?? '',
      rest: line.replace(noteLabel, ' '),
    },
    /^\*\s|[.]\s?\*$/u.test(line) && { is: 'note', rest: line },
    isNextSteps(line) && { is: 'next-steps', rest: line },
    heading('section', drawn, sectionNames),
    heading('part', drawn, partNames),
    ...allOf(line, number).map(({ printed, rest }): Mark => ({ is: 'number', label: printed, rest })),
    ...allOf(line, letter).map(({ printed, rest }): Mark => ({
      is: 'letter',
      places: placesOfDrawn(printed),
      rest,
    })),
    ...allOf(line, item).map(({ printed, rest }): Mark => ({ is: 'item', places: [Number(printed)], rest })),
    line.includes('•') && { is: 'bullet', rest: line.replace('•', ' ') },
  ]
  return marks.filter((mark) => mark !== undefined && mark !== false)
}

/** `مقدمة - أولا`: what names the heading stands at the end, one letter of it perhaps another. */
function heading(
  is: 'section' | 'part',
  line: string,
  lists: readonly (readonly string[])[],
): Mark | undefined {
  const [, printed = ''] = /\S\s+-\s*(\p{Script=Arabic}{3,6})$/u.exec(line) ?? []
  const places = lists.flatMap((names) =>
    names.flatMap((name, index) => (printed !== '' && isNear(name, printed) ? [index + 1] : [])),
  )
  return places.length > 0 ? { is, places, rest: line } : undefined
}

function isNear(name: string, printed: string): boolean {
  const others = Array.from(name).filter((letter, index) => letter !== printed[index])
  return name.length === printed.length && others.length <= 1
}

function placesOfDrawn(printed: string): readonly number[] {
  const letters = [printed, ...(drawnAs[printed] ?? [])]
  return [...new Set(letters.flatMap(placesOfLetter))]
}

function allOf(line: string, rule: RegExp) {
  return [...line.matchAll(rule)].map(({ 0: whole, 1: one, 2: other, 3: third, index }) => ({
    printed: one ?? other ?? third ?? '',
    rest: `${line.slice(0, index)} ${line.slice(index + whole.length)}`,
  }))
}
