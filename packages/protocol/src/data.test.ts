import { readdirSync, readFileSync } from 'node:fs'
import { locales } from '@parley/kernel'
import { expect, test } from 'vitest'
import { codeListFiles, templateFiles } from './data.ts'
import { markings, natures } from './message.ts'
import { reservations } from './reservations.ts'
import { listCodes } from './codes.ts'
import { fieldsOf, listTemplates } from './templates.ts'
import { missingLanguages } from './texts.ts'
import { isWord } from './words.ts'

const folder = new URL('data/', import.meta.url)

test('every data file is loaded, under the name that it gives itself', () => {
  expect(codeListFiles.map(({ list }) => `${list}.json`).sort()).toEqual(
    readdirSync(new URL('codes', folder)).sort(),
  )
  expect(templateFiles.map(({ kind }) => `${kind}.json`).sort()).toEqual(
    readdirSync(new URL('templates', folder)).sort(),
  )
})

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.json'),
)

test.each(files)('RULE-10: %s says everything in six languages, and cleanly', (file) => {
  const found = textsIn(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
  expect(found.length).toBeGreaterThan(0)
  expect(found.flatMap(faultsOf)).toEqual([])
})

test('planted: a missing language, another than the six and an unclean text are found', () => {
  const text = Object.fromEntries(locales.map((locale) => [locale, `${locale} text`]))
  const { ru: _, ...five } = text
  const planted = [five, { ...text, de: 'Text' }, { ...text, fr: ' espace' }, { ...text, fr: "l'entité" }]
  expect(planted.map((each) => textsIn({ label: each }).flatMap(faultsOf).length)).toEqual([1, 1, 1, 1])
})

test('POC-34: every template offers free text last, and every field asks for something of its own', () => {
  for (const template of listTemplates()) {
    const fields = fieldsOf(template)
    expect(fields.at(-1)).toMatchObject({ id: 'free', type: 'text' })
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length)
    expect(new Set(template.steps.map(({ id }) => id)).size).toBe(template.steps.length)
    const lists = fields.flatMap((field) => ('list' in field ? [field.list] : []))
    expect(lists.filter((list) => listCodes(list).length === 0)).toEqual([])
  }
})

test('RULE-4: no template has a field for a responsible State', () => {
  const ids = listTemplates().flatMap((template) =>
    fieldsOf(template).map(({ id }) => `${template.kind} ${id}`),
  )
  expect(ids).toContain('inquiry known')
  expect(
    ids.filter((id) => /responsib|attribut|perpetrat|origin|culprit|blame|author|actor|state\b/.test(id)),
  ).toEqual([])
})

test('no list has a code twice, and in no language do two codes read the same', () => {
  for (const { codes } of codeListFiles)
    for (const said of [
      (index: number) => codes[index]?.code,
      ...locales.map((locale) => (index: number) => codes[index]?.label[locale]),
    ])
      expect(new Set(codes.map((_, index) => said(index))).size).toBe(codes.length)
})

test('RULE-4: the four reservations cite their paragraphs', () => {
  expect(reservations.map(({ id, paragraph }) => `${id}: ${paragraph}`)).toEqual([
    'voluntary: A/78/265, Annex A, 10',
    'not-agreement: A/78/265, Annex A, 10',
    'not-attribution: A/78/265, Annex A, 10',
    'confidential: A/78/265, Annex A, 11',
  ])
  for (const { paragraph, cite } of reservations) {
    const number = paragraph.split(' ').at(-1)
    expect(
      locales.filter((locale) => !cite[locale].includes('A/78/265') || !cite[locale].includes(`${number}`)),
    ).toEqual([])
  }
})

test('every nature, marking and kind of point of contact has its words', () => {
  const needed = [...natures.map((each) => `nature-${each}`), ...markings.map((each) => `tlp-${each}`)]
  expect([...needed, 'kind-diplomatic', 'kind-technical', 'kind-policy'].filter((id) => !isWord(id))).toEqual(
    [],
  )
})

type Found = Readonly<Record<string, unknown>>

/** Every set of texts in a file: whatever has a member that is called like a language. */
function textsIn(value: unknown): readonly Found[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  const members: Found = { ...value }
  if (locales.some((locale) => Object.hasOwn(members, locale))) return [members]
  return Object.values(members).flatMap(textsIn)
}

function faultsOf(texts: Found): readonly string[] {
  const unclean = Object.entries(texts).filter(([, text]) => typeof text !== 'string' || !isClean(text))
  const foreign = Object.keys(texts).filter((key) => !locales.some((locale) => locale === key))
  return [
    ...missingLanguages(texts).map((locale) => `${locale} is missing`),
    ...foreign.map((key) => `${key} is not one of the six`),
    ...unclean.map(([locale, text]) => `${locale}: ${String(text)}`),
  ]
}

/** Typographic apostrophes, no blank at an end but a separator's, no control character: lines are marked when written. */
function isClean(text: string): boolean {
  return (
    text === text.normalize('NFC') &&
    (text === text.trim() || /^\s*[;؛；]\s*$/u.test(text)) &&
    !/[\p{Cf}\p{Cc}']/u.test(text)
  )
}
