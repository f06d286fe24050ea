import { isAppendix, isNextSteps, readAnnex, readMeasure, readPart, readSection } from './headings.ts'
import { isNote, readBullet, readFootnote, readLettered, readNumbered, readSubItem } from './labels.ts'
import { paperListWords, printerWords } from './words.ts'

/** What a block of a report may be by its own marks; what stands before it decides. */
export interface Mark {
  readonly is:
    | 'furniture'
    | 'annex'
    | 'footnote'
    | 'note'
    | 'appendix'
    | 'papers'
    | 'next-steps'
    | 'measure'
    | 'source'
    | 'section'
    | 'part'
    | 'number'
    | 'letter'
    | 'item'
    | 'bullet'
  /** Its number or the letter of an annex, as printed. */
  readonly label?: string
  /** Places that it may have in an order. */
  readonly places?: readonly number[]
  /** What follows the mark; the whole line where it has none. */
  readonly rest: string
}

const furniture: readonly RegExp[] = [
  /^https?:\/\/\S+[^\s.]$/u,
  /^_{5,}$/u,
  /^[A-Z]\/(?:[A-Z\d.]+\/)*[A-Z\d.]+$/u,
  /^\d{2}-\d{5}(?:\s+\d+\/\d+)?$/u,
  /^\d+\/\d+\s+\d{2}-\d{5}$/u,
  /^(?:\d{6}\s+)*(?:\d{2}-\d{5}\s+)?(?:\d{6}\s+)*\(\p{Lu}\)(?:\s+\d{6})*$/u,
]

/** All that a block of sound text may be, the surest first. */
export function readMarks(line: string): readonly Mark[] {
  const marks: (Mark | undefined | false)[] = [
    isFurniture(line) && { is: 'furniture', rest: line },
    labelled('annex', readAnnex(line), line),
    found('footnote', readFootnote(line)),
    isNote(line) && { is: 'note', rest: line },
    isAppendix(line) && { is: 'appendix', rest: line },
    isPaperList(line) && { is: 'papers', rest: line },
    isNextSteps(line) && { is: 'next-steps', rest: line },
    found('measure', readMeasure(line)),
    /^\[.+\]\.?$/u.test(line) && { is: 'source', rest: line },
    placed('section', readSection(line), line),
    placed('part', [readPart(line) ?? 0], line),
    found('number', readNumbered(line)),
    found('letter', readLettered(line)),
    found('item', readSubItem(line)),
    labelled('bullet', readBullet(line) === undefined ? undefined : '', readBullet(line) ?? line),
  ]
  return marks.filter((mark) => mark !== undefined && mark !== false)
}

/** Whether a line starts a block without a blank line before it. */
export function beginsBlock(line: string): boolean {
  return readMarks(line).some(({ is }) => is !== 'source' && is !== 'appendix' && is !== 'papers')
}

export function isFurniture(line: string): boolean {
  return (
    furniture.some((rule) => rule.test(line)) ||
    printerWords.some((words) => line.toLowerCase() === words.toLowerCase())
  )
}

function isPaperList(line: string): boolean {
  const plain = line.replace(/^\*\*/u, '').toLowerCase()
  return paperListWords.some((words) => plain.startsWith(words.toLowerCase()))
}

function labelled(is: Mark['is'], label: string | undefined, rest: string): Mark | undefined {
  return label === undefined ? undefined : { is, label, rest }
}

function placed(is: Mark['is'], places: readonly number[], rest: string): Mark | undefined {
  return places.some((place) => place > 0) ? { is, places, rest } : undefined
}

function found(
  is: Mark['is'],
  read: { readonly rest: string; readonly label?: string; readonly places?: readonly number[] } | undefined,
): Mark | undefined {
  return read && { is, ...read }
}
