import { XmlCdata, type XmlElement, XmlText } from '@rgrove/parse-xml'
import { ok, type Result } from '@parley/kernel'
import { type PrintedLines, printedLines, raise } from './printed-lines.ts'
import { damaged, openArchive, type Unpack } from './unpack.ts'
import { type LabelOf, wordNumbers } from './word-numbers.ts'
import { child, elements, readPart, valueOf } from './word-xml.ts'

/** Not printed: what was deleted or moved away, instructions of fields, the same drawing for older programs. */
const dropped = new Set([
  'w:pPr',
  'w:del',
  'w:moveFrom',
  'w:delText',
  'w:instrText',
  'w:delInstrText',
  'mc:Fallback',
  'w:tblPr',
  'w:sectPr',
  'w:sdtPr',
])

/** What stands for a character. */
const characters: ReadonlyMap<string, string> = new Map([
  ['w:tab', '\t'],
  ['w:noBreakHyphen', '\u2011'],
  ['w:softHyphen', '\u00ad'],
])

const noteKinds: ReadonlyMap<string, string> = new Map([
  ['w:footnoteReference', 'footnote'],
  ['w:endnoteReference', 'endnote'],
])

const parts = {
  document: 'word/document.xml',
  numbering: 'word/numbering.xml',
  styles: 'word/styles.xml',
  footnote: 'word/footnotes.xml',
  endnote: 'word/endnotes.xml',
} as const

interface Printing {
  readonly lines: PrintedLines
  readonly labelOf: LabelOf
  /** Notes in the order in which the text refers to them: kind and id. */
  readonly notes: string[]
}

/** What a word processor prints of a document: paragraphs with their numbers, the notes below the text. */
export function readDocx(bytes: Uint8Array, file: string): Result<string> {
  const archive = openArchive(bytes, file)
  if (!archive.ok) return archive
  const read = new Map<string, XmlElement>()
  for (const [part, name] of Object.entries(parts)) {
    const root = rootOf(archive.value, name, file)
    if (!root.ok) return root
    if (root.value !== undefined) read.set(part, root.value)
  }
  const document = read.get('document')
  if (document === undefined) return damaged(file)
  const printing: Printing = {
    lines: printedLines(),
    labelOf: wordNumbers(read.get('numbering'), read.get('styles')),
    notes: [],
  }
  print(document, printing)
  printNotes(read, printing)
  return ok(printing.lines.print())
}

function rootOf(unpack: Unpack, name: string, file: string): Result<XmlElement | undefined> {
  const text = unpack(name)
  if (!text.ok) return text
  if (text.value === undefined) return ok(undefined)
  const root = readPart(text.value)
  return root === undefined ? damaged(file) : ok(root)
}

function print(element: XmlElement, printing: Printing): void {
  const { lines } = printing
  const { name } = element
  const character = characters.get(name)
  if (dropped.has(name) || isHidden(element)) return
  if (name === 'w:p') printParagraph(element, printing)
  else if (name === 'w:t') lines.say(textOf(element), true)
  else if (name === 'w:br' || name === 'w:cr') lines.end()
  else if (character !== undefined) lines.say(character, true)
  else if (noteKinds.has(name)) printReference(element, printing)
  else if (name === 'w:r' && isRaised(element)) lines.say(raise(elements(element).map(textOf).join('')), true)
  else for (const each of elements(element)) print(each, printing)
}

function printParagraph(paragraph: XmlElement, printing: Printing): void {
  const { lines, labelOf } = printing
  const label = labelOf(child(paragraph, 'w:pPr'))
  lines.part()
  if (label !== '') lines.label(label)
  for (const each of elements(paragraph)) print(each, printing)
  lines.part()
}

function printReference(reference: XmlElement, printing: Printing): void {
  const note = `${noteKinds.get(reference.name) ?? ''} ${reference.attributes['w:id'] ?? ''}`
  if (!printing.notes.includes(note)) printing.notes.push(note)
  printing.lines.say(raise(String(printing.notes.indexOf(note) + 1)), true)
}

function printNotes(read: ReadonlyMap<string, XmlElement>, printing: Printing): void {
  const { lines, notes } = printing
  const byKind = new Map(
    ['footnote', 'endnote'].flatMap((kind) =>
      elements(read.get(kind)).map((note) => [`${kind} ${note.attributes['w:id'] ?? ''}`, note]),
    ),
  )
  for (const [index, name] of [...notes].entries()) {
    const note = byKind.get(name)
    lines.part()
    lines.label(`${raise(String(index + 1))} `)
    if (note !== undefined) for (const each of elements(note)) print(each, { ...printing, labelOf: () => '' })
  }
}

function isHidden(element: XmlElement): boolean {
  if (element.name !== 'w:r') return false
  const vanish = child(child(element, 'w:rPr'), 'w:vanish')
  return vanish !== undefined && !['0', 'false', 'off'].includes(vanish.attributes['w:val'] ?? '')
}

/** A number above the line, typed by hand as the mark of a note. */
function isRaised(run: XmlElement): boolean {
  const rest = elements(run).filter(({ name }) => name !== 'w:rPr')
  return (
    valueOf(child(run, 'w:rPr'), 'w:vertAlign') === 'superscript' &&
    rest.every(({ name }) => name === 'w:t') &&
    /^\d+$/.test(rest.map(textOf).join(''))
  )
}

function textOf(element: XmlElement): string {
  return element.children
    .map((each) => (each instanceof XmlText || each instanceof XmlCdata ? each.text : ''))
    .join('')
}
