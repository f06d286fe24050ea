import { locales } from '@parley/kernel'
import { expect, test } from 'vitest'
import { exampleDocument, longReport, type Piece } from '../../../../test/library-example.ts'
import type { StructuredDocument } from '../structured-document.ts'
import { headingKinds } from '../structured-document.ts'
import { pagesOf } from './pages.ts'

/** The addresses of each page, in order. */
function pagesWith({ nodes }: StructuredDocument): readonly (readonly string[])[] {
  const pages = pagesOf(nodes)
  const last = Math.max(...pages)
  return Array.from({ length: last }, (_, index) =>
    nodes.filter(({ position }) => pages[position] === index + 1).map(({ address }) => address),
  )
}

const manifest = { symbol: 'A/900/2', language: 'en', kind: 'resolution' } as const

test('OEW-12: a short document is one page', () => {
  const pieces: readonly Piece[] = [
    { kind: 'cover', address: 'cover-1', text: '900/2' },
    { kind: 'operative', address: 'op/1', label: '1', text: 'Requests a report.' },
  ]
  expect(pagesWith(exampleDocument(manifest, pieces))).toEqual([['', 'cover-1', 'op/1']])
})

test.each(locales)('OEW-12: a long report in %s is divided in order, and nothing is lost', (language) => {
  const document = longReport(language)
  const pages = pagesWith(document)
  expect(pages.length).toBeGreaterThan(2)
  expect(pages.every((page) => page.length > 0)).toBe(true)
  const all = pages.flat()
  expect([...all].sort()).toEqual(document.nodes.map(({ address }) => address).sort())
  expect(all.filter((address) => !isNote(address))).toEqual(
    document.nodes.map(({ address }) => address).filter((address) => !isNote(address)),
  )
})

test('an annex begins a page, and no page ends with a heading', () => {
  const document = longReport('ar')
  const pages = pagesWith(document)
  expect(pages.some(([first]) => first === 'annex')).toBe(true)
  const lasts = pages.map((page) => document.nodes.find(({ address }) => address === page.at(-1))?.kind)
  expect(lasts.filter((kind) => headingKinds.some((each) => each === kind))).toEqual([])
})

test('a note stands with the first paragraph that refers to it, wherever the source prints it', () => {
  const document = longReport('ar')
  const pages = pagesOf(document.nodes)
  for (const { position, notes } of document.nodes)
    for (const note of notes) {
      const at = document.nodes.find(({ address }) => address === note)?.position ?? 0
      expect(pages[at]).toBe(pages[position])
    }
})

test('one paragraph that is longer than a page has a page of its own', () => {
  const long = Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 10_007).join(' ')
  const pieces = ['1', '2', '3'].map((label): Piece => ({
    kind: 'paragraph',
    address: label,
    label,
    text: label === '2' ? long : 'Short.',
  }))
  expect(pagesWith(exampleDocument(manifest, pieces))).toEqual([['', '1'], ['2'], ['3']])
})

function isNote(address: string): boolean {
  return address.includes('/fn/')
}
