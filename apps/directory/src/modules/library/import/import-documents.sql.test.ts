import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { areSourcesThere, sourceFiles } from '../../../../test/source-documents.ts'
import { openWorld, type World } from '../../../../test/world.ts'
import { asDuty } from '../../../platform/action.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { findPlace } from '../store/find-document.ts'
import type { Manifest } from '../structured-document.ts'
import type { LibraryTables } from '../tables.ts'
import { importDocuments } from './import-documents.ts'
import { fillLibrary, importFolder } from './import-folder.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(() =>
  world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    await tx.withTables<LibraryTables>().deleteFrom('library.document').execute()
  }),
)

const report = (text: string, symbol = 'A/901/3') =>
  `${symbol}\n4 August 2846\nReport of the Group on Desks\n\n1. ${text}\n\n2. It is settled, as in A/900/1.\n`
const file = (text: string, name = 'report.txt') => ({ name, bytes: Buffer.from(text) })

test('CAP-12: a file becomes a document that its address leads to, with what it cites', async () => {
  expect(await bring([file(report('It met.'))])).toEqual(['kept A/901/3'])
  const found = await asReader((tx) => findPlace(tx, 'A/901/3/2', ['en']))
  expect(found?.document).toMatchObject({
    symbol: 'A/901/3',
    language: 'en',
    kind: 'report',
    dated: '2846-08-04',
  })
  const cited = await asReader((tx) =>
    tx.withTables<LibraryTables>().selectFrom('library.citation').select('symbol').execute(),
  )
  expect(cited.map(({ symbol }) => symbol)).toContain('A/900/1')
})

test('CAP-12: the same file again changes nothing, whatever it is called, and leaves no line in the history', async () => {
  await bring([file(report('It met.'))])
  const before = await countActs()
  const later = new Date(world.clock.now().getTime() + 1000)
  expect(await bring([file(report('It met.'), 'again.md')], undefined, later)).toEqual(['unchanged A/901/3'])
  expect(await countActs()).toBe(before)
})

test('CAP-12: another text of a symbol, or another thing told of it, replaces what was kept', async () => {
  await bring([file(report('It met.'))])
  expect(await bring([file(report('It met twice.'))])).toEqual(['replaced A/901/3'])
  const told = { symbol: 'A/901/3', language: 'en', kind: 'report', dated: '2846-08-05' } as const
  const manifests = new Map([['report.txt', told]])
  expect(await bring([file(report('It met twice.'))], manifests)).toEqual(['replaced A/901/3'])
  expect(await bring([file(report('It met twice.'))], manifests)).toEqual(['unchanged A/901/3'])
})

test('CAP-12: two files of one symbol in one language: the second is refused, and no other is stopped', async () => {
  const files = [
    file(report('It met.'), 'one.txt'),
    file(report('It rested.'), 'two.txt'),
    file('%PDF-1.7', 'three.txt'),
    file(report('It slept.', 'A/901/4'), 'four.txt'),
  ]
  expect(await bring(files)).toEqual([
    'kept A/901/3',
    'library/manifest-version-twice',
    'library/wrong-format',
    'kept A/901/4',
  ])
})

test('CAP-12: a folder with a manifest fills an empty library, and one that holds something is left alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'))
  const family = fileURLToPath(new URL('../family/', import.meta.url))
  const said: string[] = []
  const fill = (from: string) =>
    fillLibrary(world.directory.performer, world.clock.now(), from, (line) => said.push(line))
  await fill(family)
  expect(said).toEqual([])
  expect(await countDocuments()).toBe(readdirSync(family).filter((name) => name.endsWith('.txt')).length)
  writeFileSync(join(folder, 'new.txt'), report('It met.'))
  await fill(folder)
  expect(await asReader((tx) => findPlace(tx, 'A/901/3', ['en']))).toBeUndefined()
  writeFileSync(join(folder, 'broken.txt'), Buffer.from([0xff, 0xfe, 0x00]))
  writeFileSync(join(folder, 'picture.png'), 'not read')
  await importFolder(world.directory.performer, world.clock.now(), folder, (line) => said.push(line))
  expect(await asReader((tx) => findPlace(tx, 'A/901/3', ['en']))).toBeDefined()
  expect(said).toEqual([expect.stringMatching(/broken\.txt: The text cannot be read as UTF-16/)])
  writeFileSync(join(folder, 'manifest.json'), '{')
  await importFolder(world.directory.performer, world.clock.now(), folder, (line) => said.push(line))
  expect(said.at(-1)).toMatch(/manifest\.json: The manifest is not valid JSON/)
  rmSync(folder, { recursive: true })
})

describe.runIf(areSourcesThere)('the source documents', () => {
  test('CAP-12, OEW-12: each is known by its text, whatever its file is called', async () => {
    const files = sourceFiles().map(({ bytes }, index) => ({ name: `${index}.txt`, bytes }))
    const imported = await bring(files)
    expect(imported.toSorted()).toEqual([
      'kept A/77/275',
      'kept A/78/265',
      'kept A/C.1/77/L.23/Rev.1',
      'kept A/RES/77/36',
      'kept A/RES/78/132',
    ])
    const draft = await asReader((tx) => findPlace(tx, 'A/C.1/77/L.23/Rev.1', ['zh']))
    expect(draft?.document).toMatchObject({
      becameSymbol: 'A/RES/77/36',
      dated: '2022-10-20',
      language: 'zh',
    })
  })
})

async function bring(
  files: Parameters<typeof importDocuments>[1],
  manifests?: ReadonlyMap<string, Manifest>,
  now = world.clock.now(),
): Promise<readonly string[]> {
  const { performer } = world.directory
  const said: string[] = []
  for await (const { result } of importDocuments(
    { performer, request: asDuty('library', now), manifests },
    files,
  ))
    said.push(result.ok ? `${result.value.becomes} ${result.value.manifest.symbol}` : result.refusal.code)
  return said
}

function asReader<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return world.directory.database.transaction({ role: 'public' }, work)
}

async function countDocuments(): Promise<number> {
  const rows = await asReader((tx) =>
    tx.withTables<LibraryTables>().selectFrom('library.document').select('id').execute(),
  )
  return rows.length
}

async function countActs(): Promise<number> {
  const rows = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    tx.withTables<{ 'history.act': { verb: string } }>().selectFrom('history.act').select('verb').execute(),
  )
  return rows.length
}
