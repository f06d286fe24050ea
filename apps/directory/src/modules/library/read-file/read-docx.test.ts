import { strToU8, type Zippable, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readSource } from './read-source.ts'

const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const part = (root: string, content: string) =>
  strToU8(`<?xml version="1.0" encoding="UTF-8"?><w:${root} ${space}>${content}</w:${root}>`)
const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
const paragraph = (text: string, list?: string, depth = 0) =>
  `<w:p>${list ? `<w:pPr><w:numPr><w:ilvl w:val="${String(depth)}"/><w:numId w:val="${list}"/></w:numPr></w:pPr>` : ''}${run(text)}</w:p>`
const docx = (body: string, others: Zippable = {}) =>
  zipSync({ 'word/document.xml': part('document', `<w:body>${body}</w:body>`), ...others })
const sourceOf = async (bytes: Uint8Array) => {
  const read = await readSource(bytes, 'a.docx')
  if (!read.ok) throw new Error(read.refusal.code)
  return read.value.source
}

const level = (depth: number, way: string, pattern: string, start = 1) =>
  `<w:lvl w:ilvl="${String(depth)}"><w:start w:val="${String(start)}"/><w:numFmt w:val="${way}"/><w:lvlText w:val="${pattern}"/></w:lvl>`
const lists = (levels: string, nums = '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>') => ({
  'word/numbering.xml': part(
    'numbering',
    `<w:abstractNum w:abstractNumId="1">${levels}</w:abstractNum>${nums}`,
  ),
})

test('CAP-12: paragraphs of a word processor become lines; what was deleted or is hidden is not there', async () => {
  const body = `${paragraph('الجمعية العامة،')}<w:p>${run('one ')}<w:ins>${run('two')}</w:ins><w:del><w:r><w:delText>no</w:delText></w:r></w:del>
    <w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r><w:r><w:tab/><w:t>A/RES/77/36</w:t><w:br/><w:t>three</w:t></w:r></w:p>`
  expect(await sourceOf(docx(body))).toBe('الجمعية العامة،\n\none two\tA/RES/77/36\nthree\n')
})

test('CAP-12: the numbers that are printed before paragraphs are in the source', async () => {
  const body = [
    paragraph('Welcomes', '7'),
    paragraph('first', '7', 1),
    paragraph('second', '7', 1),
    paragraph('Decides', '7'),
    paragraph('again', '7', 1),
    paragraph('deep', '7', 2),
  ].join('')
  const levels = `${level(0, 'decimal', '%1.')}${level(1, 'lowerLetter', '(%2)')}${level(2, 'lowerRoman', '%1.%3', 4)}`
  expect(await sourceOf(docx(body, lists(levels)))).toBe(
    '1. Welcomes\n\n(a) first\n\n(b) second\n\n2. Decides\n\n(a) again\n\n2.iv deep\n',
  )
})

test.each([
  ['arabicAbjad', 'أ ب ج'],
  ['russianLower', 'а б в'],
  ['chineseCounting', '一 二 三'],
  ['upperRoman', 'I II III'],
])('CAP-12: paragraphs counted as %s are printed so', async (way, labels) => {
  const body = ['x', 'x', 'x'].map((each) => paragraph(each, '7')).join('')
  const source = await sourceOf(docx(body, lists(level(0, way, '%1'))))
  expect(source).toBe(`${labels.split(' ').join(' x\n\n')} x\n`)
})

test('CAP-12: a list may have its numbers from a style, and start anew', async () => {
  const styles = part(
    'styles',
    `<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
     <w:style w:styleId="Para"><w:basedOn w:val="Base"/></w:style>`,
  )
  const nums = `<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>
    <w:num w:numId="8"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>`
  const styled = `<w:p><w:pPr><w:pStyle w:val="Para"/></w:pPr>${run('x')}</w:p>`
  const body = `${styled}${styled}${paragraph('y', '8')}${paragraph('z', '0')}${styled}`
  const source = await sourceOf(
    docx(body, { ...lists(level(0, 'decimal', '%1.'), nums), 'word/styles.xml': styles }),
  )
  expect(source).toBe('1. x\n\n2. x\n\n5. y\n\nz\n\n3. x\n')
})

const reference = (id: string) => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`
const note = (id: string, text: string) => `<w:footnote w:id="${id}">${paragraph(text)}</w:footnote>`

test('CAP-12: footnotes are marked where they are referred to, and stand below the text in that order', async () => {
  const notes = part(
    'footnotes',
    `${note('-1', 'separator')}${note('2', ' A/77/275.')}${note('5', ' A/75/816.')}`,
  )
  const body = `<w:p>${run('one')}${reference('5')}${run(' two')}${reference('2')}</w:p>`
  expect(await sourceOf(docx(body, { 'word/footnotes.xml': notes }))).toBe(
    'one¹ two²\n\n¹ A/75/816.\n\n² A/77/275.\n',
  )
})

const large = new Uint8Array(21_000_000).fill(0x20)
const bomb = docx('', { 'word/styles.xml': large })

/** The archive says 1000 bytes where there are 21 million. */
function understated(): Uint8Array {
  const bytes = Uint8Array.from(bomb)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at + 4 <= bytes.length; at += 1) {
    const mark = view.getUint32(at, true)
    const field = mark === 0x02014b50 ? at + 24 : mark === 0x04034b50 ? at + 22 : undefined
    if (field !== undefined && view.getUint32(field, true) === large.length) view.setUint32(field, 1000, true)
  }
  return bytes
}

const whole = docx(paragraph('text'))
const deep = `${'<w:ins>'.repeat(50_000)}${'</w:ins>'.repeat(50_000)}`

test.each([
  ['that unpacks to too much', bomb, 'library/zip-bomb'],
  ['that unpacks to more than it says', understated(), 'library/damaged-file'],
  ['cut off', whole.subarray(0, whole.length - 30), 'library/damaged-file'],
  ['with a changed byte', whole.map((byte, at) => (at === 60 ? byte ^ 0xff : byte)), 'library/damaged-file'],
  ['that is another archive', zipSync({ 'a.txt': strToU8('text') }), 'library/damaged-file'],
  ['that is no XML', zipSync({ 'word/document.xml': strToU8('<w:document>') }), 'library/damaged-file'],
  ['with entities', zipSync({ 'word/document.xml': strToU8('<!DOCTYPE a><a/>') }), 'library/damaged-file'],
  ['nested without end', docx(deep), 'library/damaged-file'],
  ['that is text', strToU8('text'), 'library/wrong-format'],
  ['without text', docx('<w:p/>'), 'library/no-text'],
])('CAP-12: a document %s is refused', async (_, bytes, code) => {
  expect(await readSource(bytes, 'a.docx')).toMatchObject({ ok: false, refusal: { code } })
})
