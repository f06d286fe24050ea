import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readManifest } from '../read-file/read-manifest.ts'
import { readManifestFrom } from './read-manifest-from.ts'

const folder = new URL('../family/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const told = readManifest(read('manifest.json'), names)
const documents = told.ok ? [...told.value].map(([file, manifest]) => ({ file, manifest })) : []
const sound = documents.filter(({ file }) => !file.includes('900-31'))

test.each(sound)('CAP-12: the cover of $file tells language, kind and day', ({ file, manifest }) => {
  const { symbol, becameSymbol, ...expected } = manifest
  const found = readManifestFrom(read(file), file, { symbol })
  expect(found).toEqual({ ok: true, value: { manifest: { symbol, ...expected }, doubts: [] } })
  expect(becameSymbol === undefined || manifest.kind === 'draft-resolution').toBe(true)
})

test.each(sound.filter(({ manifest }) => manifest.kind === 'resolution'))(
  'CAP-12: the number of a resolution stands before its title, in either order: $file',
  ({ file, manifest }) => {
    const found = readManifestFrom(read(file), file)
    expect(found.ok && found.value.manifest).toEqual(manifest)
  },
)

const report = (...lines: readonly string[]) => ['Report of the Group', ...lines, '1. It met.', ''].join('\n')

test('CAP-12: a symbol that has a line to itself is the document’s own; at the head of a page it is doubted', () => {
  expect(symbolOf(report('A/901/3', '4 August 2846'))).toEqual(['A/901/3'])
  expect(symbolOf(`${report('4 August 2846')}A/901/3\r\n2. It met again in A/900/1.\r\n`)).toEqual([
    'A/901/3',
    'library/doubt-symbol',
  ])
})

test('CAP-12: a document that does not tell its symbol is refused, and so is one that prints two', () => {
  for (const source of [report(), report('A/901/3', 'A/901/4')])
    expect(readManifestFrom(source, 'a.txt')).toMatchObject({
      refusal: { code: 'library/untold-symbol', values: { file: 'a.txt' } },
    })
})

test('CAP-12: without a year a number of a resolution is read as its language prints it, and doubted', () => {
  expect(symbolOf('Resolution adopted at night\n901/7. On desks\nThe Body,\n')).toEqual([
    'A/RES/901/7',
    'library/doubt-symbol',
    'library/doubt-date',
  ])
  expect(symbolOf('قرار اتخذ ليلا\n7/901 - مكاتب\n')[0]).toBe('A/RES/901/7')
})

test('CAP-12: what was told stands above what is read, and a difference of language is doubted', () => {
  const source = read('resolution-901-7.ar.txt')
  const manifest = { symbol: 'A/901/1', language: 'zh', kind: 'other', dated: '2840-01-02' } as const
  const found = readManifestFrom(source, 'a.txt', manifest)
  expect(found.ok && found.value.manifest).toEqual(manifest)
  expect(found.ok && found.value.doubts.map(({ code }) => code)).toEqual(['library/doubt-other-language'])
})

test('CAP-12: a day that is none is not taken', () => {
  expect(symbolOf(report('A/901/3', '31 February 2846'))).toEqual(['A/901/3', 'library/doubt-date'])
})

test('CAP-12: a text without letters has no language', () => {
  expect(readManifestFrom('1. 2. 3.', 'a.txt')).toMatchObject({ refusal: { code: 'library/no-text' } })
})

/** The symbol that is read, and what is doubted. */
function symbolOf(source: string): readonly string[] {
  const found = readManifestFrom(source, 'a.txt')
  if (!found.ok) return [found.refusal.code]
  const { manifest, doubts } = found.value
  const codes = doubts.map(({ code }) => code)
  return [manifest.symbol, ...codes]
}
