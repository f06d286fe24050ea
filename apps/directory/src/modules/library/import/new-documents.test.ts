import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { countStructure, stepsBySection } from '../recognise/count-structure.fixture.ts'
import { readGiven, recogniseGiven } from './read-given.ts'

// Documents that nothing was made for: their numbers were counted by hand before anything read them.

const documents = [
  {
    file: 'resolution-903-5.ru.html',
    manifest: { symbol: 'A/RES/903/5', language: 'ru', kind: 'resolution', dated: '2848-12-02' },
    title: 'Ночные маяки',
    counts: { preamble: 4, operative: 5, 'footnote references': 2, footnote: 2, note: 0 },
    steps: {},
    cut: ['pp/3', 'op/2'],
    cited: ['A/901/12', 'A/903/21', 'A/903/61'],
  },
  {
    file: 'report-903-21.es.md',
    manifest: { symbol: 'A/903/21', language: 'es', kind: 'report', dated: '2848-08-06' },
    title: 'Informe del Grupo de Trabajo sobre los Faros Nocturnos',
    counts: {
      'main paragraphs': 5,
      'annex paragraphs': 6,
      'Annex A paragraphs': 2,
      lettered: 7,
      measure: 1,
      principle: 3,
      'next steps': 3,
      'footnote references': 2,
      footnote: 2,
    },
    steps: { B: 2, C: 1 },
    cut: ['annex/5'],
    cited: ['A/901/12', 'A/902/9', 'A/903/21'],
  },
] as const

test.each(documents)(
  'CAP-12, OEW-12: a new document is imported without a change of code: $file',
  async ({ file, manifest, title, counts, steps, cut, cited }) => {
    const bytes = readFileSync(new URL(`new-documents/${file}`, import.meta.url))
    const read = await readGiven({ name: file, bytes })
    if (!read.ok) throw new Error(read.refusal.code)
    expect(read.value.manifest).toEqual(manifest)
    expect(read.value.doubts).toEqual([])
    const { document, citations } = recogniseGiven(read.value)
    expect(document.title).toBe(title)
    expect(countStructure(document.nodes, counts)).toEqual(counts)
    expect(stepsBySection(document.nodes)).toEqual(steps)
    expect(document.nodes.filter(({ spans }) => spans.length > 1).map(({ address }) => address)).toEqual(cut)
    expect([...new Set(citations.map(({ symbol }) => symbol))].toSorted()).toEqual(cited)
  },
)
