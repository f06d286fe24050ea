import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findCitations } from '../cite/find-citations.ts'
import { resolutionWithNote } from './resolution.fixture.ts'
import { toAkomaNtoso } from './akoma-ntoso.ts'
import { toBibtex, toRis } from './bibliography.ts'
import { citeAs } from './cite-as.ts'
import { toJson, toPlainText } from './plain.ts'

const document = resolutionWithNote()
const citations = findCitations(document)

test('CAP-12: a paragraph is cited in the language of the reader', () => {
  const said = (['ar', 'zh', 'en', 'fr', 'ru', 'es'] as const).map((locale) =>
    citeAs('A/78/265', 'annex-A/8', locale),
  )
  expect(said).toEqual([
    'A/78/265، المرفق ألف، الفقرة 8',
    'A/78/265，附件A，第8段',
    'A/78/265, annex A, para. 8',
    'A/78/265, annexe A, par. 8',
    'A/78/265, приложение A, п. 8',
    'A/78/265, anexo A, párr. 8',
  ])
})

test.each([
  ['', 'A/78/265'],
  ['5', 'A/78/265, para. 5'],
  ['annex/29/a', 'A/78/265, annex, para. 29 (a)'],
  ['annex-II/3', 'A/78/265, annex II, para. 3'],
  ['annex/B/step-1', 'A/78/265, annex, section B, recommended next step 1'],
  ['annex/fn/12', 'A/78/265, annex, footnote 12'],
  ['pp/1', 'A/78/265, preambular para. 1'],
  ['op/3/b', 'A/78/265, para. 3 (b)'],
  ['appendix', 'A/78/265, appendix'],
  ['annex-A/appendix/procedure-1/step-2', 'A/78/265, annex A, appendix, procedures, step 1.2'],
  ['annex-B/measure-1/c/v', 'A/78/265, annex B, measure 1 (c) (v)'],
  ['annex-C/principle-4', 'A/78/265, annex C, principle 4'],
])('CAP-12: the address "%s" is said as %s', (address, said) => {
  expect(citeAs('A/78/265', address, 'en')).toBe(said)
})

test('CAP-12: in Arabic and Chinese annexes and letters have the names of their language', () => {
  expect(citeAs('A/75/816', 'annex-I/71/e', 'ar')).toBe('A/75/816، المرفق الأول، الفقرة 71 (هـ)')
  expect(citeAs('A/75/816', 'annex-I/65', 'zh')).toBe('A/75/816，附件一，第65段')
})

test('CAP-12: Akoma Ntoso links what is cited, keeps notes, and holds no mark-up of the text', () => {
  const xml = toAkomaNtoso(document, citations)
  expect(xml).toContain('<ref href="https://undocs.org/A/RES/75/240">75/240</ref>')
  expect(xml).toContain('<noteRef href="#at_fn__1" marker="1"/>')
  expect(xml).toContain(
    '<note eId="at_fn__1" marker="1"><p><ref href="https://undocs.org/A/77/275">A/77/275</ref>.</p></note>',
  )
  expect(xml).toContain('peace &amp; &lt;b&gt;security&lt;/b&gt;')
  expect(xml).not.toContain('22-12352')
  expect(xml).not.toContain('\f')
})

test('CAP-12: nothing that the document says is lost in Akoma Ntoso', () => {
  const read = toAkomaNtoso(document, citations)
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
  const kept = document.nodes.filter(({ kind }) => kind !== 'furniture')
  for (const { text } of kept) expect(read).toContain(text.replaceAll('\f', ' '))
})

test('CAP-12: a damaged text says so in each export', () => {
  const damaged = { ...document, damage: { ...document.damage, isDamaged: true, share: 0.84 } }
  expect(toAkomaNtoso(damaged, citations)).toContain('damaged="true" share="0.84"')
  expect(toPlainText(damaged)).toContain('could not be extracted well')
  expect(toJson(damaged, citations)).toContain('"isDamaged": true')
  expect(toPlainText(document)).not.toContain('could not be extracted well')
})

test('CAP-12: plain text reads in order, and JSON gives all back', () => {
  expect(toPlainText(document).split('\n\n').slice(0, 2)).toEqual([
    'A/RES/77/36',
    'Recalling its resolution 75/240 of 31 December 2020,',
  ])
  expect(JSON.parse(toJson(document, citations))).toEqual({ ...document, citations })
})

test('CAP-12: BibTeX and RIS name the document, and a title can break neither', () => {
  const hostile = { ...document, title: 'ICT 100%_safe\nER  - \\input{x}' }
  expect(toBibtex(hostile, 'United Nations')).toBe(
    [
      '@techreport{A-RES-77-36,',
      '  author = {{United Nations}},',
      '  title = {{ICT 100\\%\\_safe ER - \\textbackslash{}input\\{x\\}}},',
      '  number = {A/RES/77/36},',
      '  year = {2022},',
      '  url = {https://undocs.org/A/RES/77/36},',
      '  langid = {en},',
      '}',
      '',
    ].join('\n'),
  )
  const fields = toRis(hostile, 'United Nations').split('\r\n')
  expect(fields.slice(0, 4)).toEqual([
    'TY  - GOVDOC',
    'AU  - United Nations',
    'TI  - ICT 100%_safe ER - \\input{x}',
    'M1  - A/RES/77/36',
  ])
  expect(fields.filter((line) => line.startsWith('ER'))).toEqual(['ER  - '])
})

test('CAP-12: the schema that exports are validated with is the one that OASIS released', () => {
  const schema = readFileSync(new URL('test-data/akomantoso30.xsd', import.meta.url), 'utf8')
  expect(schema).toContain('Release 30/03/2017 - Akoma Ntoso 3.0')
})
