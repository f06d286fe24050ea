import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../../../test/world.ts'
import { runTyped } from '../../../open-directory.ts'

let world: World
let folder: string
beforeAll(async () => {
  world = await openWorld()
  folder = mkdtempSync(join(tmpdir(), 'documents-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await world.close()
})

const report = [
  'A/901/3',
  '4 August 2846',
  'Report of the Group on Desks',
  '',
  '1. It met, as in A/900/1 and A/900/2.',
  '',
  '2. It recommends:',
  '',
  '(a) To meet;',
  '',
  '(b) To rest.',
  '',
].join('\n')

test('CAP-12: the command says count by count what was recognised, and keeps nothing in a preview', async () => {
  write('report.txt', report)
  const told = [
    'report.txt: A/901/3, en, report, 2846-08-04: kept',
    '  paragraph 2, sub-paragraph 2',
    '  3 citations of 3 symbols',
  ]
  expect(await parley('import-documents', 'report.txt', '--preview')).toEqual({
    exit: 0,
    said: [...told, '1 new, 0 replaced, 0 unchanged, 0 not read. Nothing was kept.'],
  })
  expect(await parley('import-documents', 'report.txt')).toEqual({
    exit: 0,
    said: [...told, '1 new, 0 replaced, 0 unchanged, 0 not read.'],
  })
  const again = await parley('import-documents', 'report.txt')
  expect(again.said.at(-1)).toBe('0 new, 0 replaced, 1 unchanged, 0 not read.')
})

test('CAP-12: a manifest overrides, and what does not fit it is doubted in the words of the document', async () => {
  write('arabic.txt', 'تقرير الفريق\u202e\n\n- 1 - اجتمع الفريق في القاعة الكبرى.\n')
  write('manifest.json', manifest({ file: 'arabic.txt', symbol: 'A/901/5', language: 'zh', kind: 'report' }))
  const { exit, said } = await parley('import-documents', 'arabic.txt', '--manifest', 'manifest.json')
  expect(exit).toBe(0)
  expect(said.join('\n')).toContain('doubt, at 0: The text seems to be in another language than was told')
  expect(said.join('\n')).toContain('<U+202e>')
  expect(said.join('\n')).toContain('1 invisible marks of writing direction')
  expect(said.join('\n')).not.toContain('\u202e')
})

test('CAP-12: what is wrong is said of the file it is wrong with, and the others are kept', async () => {
  write('other.txt', report.replace('A/901/3', 'A/901/7'))
  write('untold.txt', 'Report of nobody\n\n1. It met.\n')
  write('twice.txt', report.replace('A/901/3', 'A/901/7').replace('rest', 'sleep'))
  const { exit, said } = await parley('import-documents', 'untold.txt', 'other.txt', 'twice.txt')
  expect(exit).toBe(1)
  expect(said).toContain(
    'untold.txt: not read. The symbol of untold.txt is not printed on it. Say it in a manifest.',
  )
  expect(said.join('\n')).toContain('twice.txt: not read. Two files are given as A/901/7 in one language')
  expect(said.at(-1)).toBe('1 new, 0 replaced, 0 unchanged, 2 not read.')
})

test('CAP-12: wrong words are not understood, and nothing is kept by them', async () => {
  write('large.txt', '')
  truncateSync(join(folder, 'large.txt'), 50_000_001)
  write('new.txt', report.replace('A/901/3', 'A/901/8'))
  for (const words of [
    [],
    ['new.txt', 'none.txt'],
    ['new.txt', 'large.txt'],
    ['new.txt', './new.txt'],
    ['--x'],
  ])
    expect(await parley('import-documents', ...words)).toMatchObject({ exit: 2 })
  write('manifest.json', '[]')
  expect(await parley('import-documents', 'new.txt', '--manifest', 'manifest.json')).toEqual({
    exit: 1,
    said: ['manifest.json: The manifest cannot be read here: documents.'],
  })
  const preview = await parley('import-documents', 'new.txt', '--preview')
  expect(preview.said[0]).toMatch(/: kept$/)
})

function write(name: string, content: string): void {
  writeFileSync(join(folder, name), content)
}

function manifest(...documents: readonly object[]): string {
  return JSON.stringify({ documents })
}

async function parley(...words: readonly string[]): Promise<{ exit: number; said: readonly string[] }> {
  const said: string[] = []
  const request = { words: [...words], directory: folder }
  const exit = await runTyped(world.directory, world.clock, request, (line) => said.push(line))
  return { exit, said }
}
