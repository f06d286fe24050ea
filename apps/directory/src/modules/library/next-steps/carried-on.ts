import { plain } from '../working-papers/state-names.ts'
import { nextStepsHeadings } from './headings.ts'

/** A step of an earlier report, as a later one names it: by report, section and number. */
export interface CitedStep {
  /** Null where the report is named in words only. */
  readonly symbol: string | null
  /** Title of its section, as printed. */
  readonly section: string
  readonly step: number
}

/** Which earlier steps a note or a bracket says that its paragraph carries on; none where it names no step. */
export function stepsCitedIn(note: string): readonly CitedStep[] {
  const read = note.replaceAll(/\[([^\]]*)\]\(#?\)/g, '$1').replaceAll(/\s+/g, ' ')
  return [...read.matchAll(cited)].flatMap(({ groups = {}, index }) => {
    const symbols = [...read.slice(0, index).matchAll(/[AES]\/[\w./-]*\w/g)]
    const { section = '', step = '', heading = '' } = groups
    return nextStepsHeadings.includes(plain(heading))
      ? [{ symbol: symbols.at(-1)?.[0] ?? null, section: section.trim(), step: Number(step) }]
      : []
  })
}

const sectionWords = ['فرع', 'section on', 'section', 'sección sobre', 'раздел', '章节']
const paragraphWords = [
  'الفقرة',
  'paragraph',
  'para.',
  'paragraphe',
  'par.',
  'párr.',
  'párrafo',
  'пункт',
  'п.',
  '第',
]
const cited = new RegExp(
  `(?:${sectionWords.join('|')})[ :：]?(?<section>[^،,，]+)[،,，] ?(?<heading>[^،,，]+)[،,，] ?(?:${paragraphWords.join('|').replaceAll('.', '\\.')}) ?(?<step>\\d+)`,
  'giu',
)
