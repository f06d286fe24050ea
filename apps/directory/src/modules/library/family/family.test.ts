import { readdirSync, readFileSync } from 'node:fs'
import { locales } from '@parley/kernel'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readManifest } from '../read-file/read-manifest.ts'
import { readNumbered } from '../recognise/labels.ts'
import { countStructure, stepsBySection } from '../recognise/count-structure.fixture.ts'
import { recogniseDocument } from '../recognise/recognise-document.ts'
import { recogniseResolution } from '../recognise/recognise-resolution.ts'

// Documents of our own that have the form, and the traps, of those of the community.

const folder = new URL('./', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')

const count = z.number().int().nonnegative()
const common = {
  footnotes: z.strictObject({ references: count, definitions: count }),
  notes: count,
  symbols: z.array(z.string()),
  cut: z.array(z.string()),
}
const resolution = z.strictObject({ ...common, preamble: count, operative: count, sponsors: count })
const report = z.strictObject({
  ...common,
  main: count,
  annex: count,
  annexA: count,
  procedureSteps: z.array(count),
  agendaItems: count.optional(),
  agendaSubItems: count.optional(),
  lettered: count,
  subItems: count,
  measures: count,
  citations: count,
  principles: count,
  workingPapers: count,
  joint: z.array(count),
  nextSteps: z.record(z.string(), count),
  isDamaged: z.boolean(),
})
/** Counted by a reader before anything read the documents. */
const expected = z.record(z.string(), z.union([resolution, report])).parse(JSON.parse(read('expected.json')))
const manifest = readManifest(read('manifest.json'), names)
const documents = manifest.ok ? [...manifest.value].map(([file, told]) => ({ file, ...told })) : []

describe('the documents of our own', () => {
  test('CAP-12: the manifest tells of every file, and numbers are expected of each', () => {
    expect(manifest.ok).toBe(true)
    expect(documents.map(({ file }) => file).toSorted()).toEqual(names.toSorted())
    expect(Object.keys(expected).toSorted()).toEqual(names.toSorted())
  })

  test('CAP-12: one of them is in all six languages, and every language has more than one', () => {
    const bySymbol = Map.groupBy(documents, ({ symbol }) => symbol)
    const languages = [...bySymbol.values()].map((versions) => versions.map(({ language }) => language))
    expect(languages.some((each) => locales.every((locale) => each.includes(locale)))).toBe(true)
    for (const locale of locales)
      expect(languages.flat().filter((each) => each === locale).length).toBeGreaterThan(1)
  })

  test.each(documents)('CAP-12: $file is in the language told, and says that it is fictional', (document) => {
    const source = read(document.file)
    const letters = scripts.map(({ is }) => source.match(is)?.length ?? 0)
    const most = scripts[letters.indexOf(Math.max(...letters))]
    expect(most?.languages).toContain(document.language)
    expect(source.trimStart().split('\n')[0]?.toLowerCase()).toContain(fictional[document.language])
  })

  test('OEW-12: all languages of a symbol have the same number of numbered paragraphs', () => {
    for (const [symbol, versions] of Map.groupBy(documents, (document) => document.symbol)) {
      const counts = versions.map(({ file }) => read(file).split('\n').filter(readNumbered).length)
      expect({ symbol, counts: new Set(counts).size }).toEqual({ symbol, counts: 1 })
      const promised = versions.map(({ file }) => JSON.stringify({ ...expected[file], cut: [] }))
      expect(new Set(promised).size).toBe(1)
    }
  })

  test.each(documents)(
    'CAP-12: $file prints the symbols expected, and no other of their form',
    ({ file }) => {
      const source = read(file)
      const symbols = expected[file]?.symbols ?? []
      const missing = symbols.filter((symbol) => !source.includes(symbol) && !source.includes(turned(symbol)))
      const printed = source.match(/\b[AE]\/[\dA-Z./]*\d/gu) ?? []
      expect({ missing, more: printed.filter((symbol) => !symbols.includes(symbol)) }).toEqual({
        missing: [],
        more: [],
      })
    },
  )
})

describe('the recogniser over the documents of our own', () => {
  const resolutions = documents.filter(({ kind }) => kind !== 'report')

  test.each(resolutions)('CAP-12, OEW-12: $symbol in $language has what a reader counted', ({ file }) => {
    const { nodes } = recogniseResolution(read(file))
    const { symbols: _, sponsors, ...numbers } = resolution.parse(expected[file])
    const many = (kind: string) => nodes.filter((node) => node.kind === kind).length
    const found = {
      preamble: many('preamble'),
      operative: many('operative'),
      footnotes: {
        references: nodes.reduce((sum, { notes }) => sum + notes.length, 0),
        definitions: many('footnote'),
      },
      notes: many('note'),
      cut: nodes.filter(({ spans }) => spans.length > 1).map(({ address }) => address),
    }
    expect({ ...found, sponsors: many('sponsors') }).toEqual({ ...numbers, sponsors: Math.min(sponsors, 1) })
  })

  const reports = documents.filter(({ kind }) => kind === 'report')

  test.each(reports)(
    'CAP-12, OEW-12: $symbol in $language has what a reader counted',
    ({ file, ...told }) => {
      const counted = report.parse(expected[file])
      const { nodes, damage } = recogniseDocument(read(file), told)
      const numbers = {
        'main paragraphs': counted.main,
        'annex paragraphs': counted.annex,
        'Annex A paragraphs': counted.annexA,
        'steps of procedures': counted.procedureSteps.reduce((sum, each) => sum + each, 0),
        'agenda-item': counted.agendaItems ?? 0,
        'lettered in the agenda': counted.agendaSubItems ?? 0,
        lettered: counted.lettered,
        'sub-item': counted.subItems,
        measure: counted.measures,
        'sources of measures': counted.citations,
        principle: counted.principles,
        'working-paper': counted.workingPapers,
        'footnote references': counted.footnotes.references,
        footnote: counted.footnotes.definitions,
        note: counted.notes,
      }
      expect(countStructure(nodes, numbers)).toEqual(numbers)
      expect(stepsBySection(nodes)).toEqual(counted.nextSteps)
      expect(damage.isDamaged).toBe(counted.isDamaged)
      expect(nodes.filter(({ spans }) => spans.length > 1).map(({ address }) => address)).toEqual(counted.cut)
    },
  )
})

const scripts = [
  { is: /\p{Script=Arabic}/gu, languages: ['ar'] },
  { is: /\p{Script=Han}/gu, languages: ['zh'] },
  { is: /\p{Script=Cyrillic}/gu, languages: ['ru'] },
  { is: /\p{Script=Latin}/gu, languages: ['en', 'fr', 'es'] },
]

const fictional = {
  ar: 'متخيَّلة',
  zh: '虚构',
  en: 'fictional',
  fr: 'fictif',
  ru: 'вымышленный',
  es: 'ficticio',
} as const

/** A number without prefix, as Arabic prints it. */
function turned(symbol: string): string {
  return symbol.startsWith('A') ? symbol : symbol.split('/').toReversed().join('/')
}
