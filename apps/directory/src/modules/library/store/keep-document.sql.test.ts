import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  cites,
  exampleDocument,
  exampleSymbol,
  keepExample,
  longReport,
  type Piece,
} from '../../../../test/library-example.ts'
import { openWorld, type World } from '../../../../test/world.ts'
import type { Tx } from '../../../platform/database/database.ts'
import type { LibraryTables } from '../tables.ts'
import { listQuoting, readConcordance } from './cited.ts'
import { findPlace, listDocuments } from './find-document.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const all = { from: 0, most: 100 }
const op = (text: string): Piece => ({ kind: 'operative', address: 'op/1', label: '1', text })
const manifest = { symbol: 'A/RES/900/7', language: 'en', kind: 'resolution' } as const

function asReader<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return world.directory.database.transaction({ role: 'public' }, work)
}

function keep(
  ...[document, citations]: readonly [Parameters<typeof keepExample>[2], Parameters<typeof keepExample>[3]?]
) {
  return keepExample(world.directory.performer, world.clock.now(), document, citations)
}

test('OEW-12: a document is kept whole: its source untouched, its spans in order are the source', async () => {
  const document = longReport('ar')
  await keep(document)
  const rows = await asReader((tx) => {
    const tables = tx.withTables<LibraryTables>()
    return Promise.all([
      tables.selectFrom('library.document').selectAll().where('symbol', '=', exampleSymbol).execute(),
      tables.selectFrom('library.node').selectAll().orderBy('position').execute(),
    ])
  })
  const [[kept], nodes] = rows
  expect(kept?.source).toBe(document.source)
  const pieces = nodes.flatMap(({ spans: [start, end] }) =>
    start === undefined ? [] : [kept?.source.slice(start, end)],
  )
  expect(pieces.join('')).toBe(document.source)
  expect(nodes.map(({ address, text, notes }) => ({ address, text, notes }))).toEqual(
    document.nodes.map(({ address, text, notes }) => ({ address, text, notes })),
  )
})

test('OEW-12: the same symbol in the same language is replaced with all that it cited; another language stays', async () => {
  const first = exampleDocument(manifest, [op('Recalls A/900/1 and A/900/3.')])
  await keep(first, [cites(first, 'op/1', 'A/900/1'), cites(first, 'op/1', 'A/900/3')])
  await keep(exampleDocument({ ...manifest, language: 'fr' }, [op('Demande.')]))
  const again = exampleDocument(manifest, [op('Recalls A/900/1.')], { title: 'Anew' })
  await keep(again, [cites(again, 'op/1', 'A/900/1')])
  const listed = await asReader((tx) => listDocuments(tx, all))
  const versions = listed.filter(({ symbol }) => symbol === manifest.symbol)
  expect(versions.map(({ language, title }) => [language, title])).toEqual([
    ['en', 'Anew'],
    ['fr', 'An example'],
  ])
  const cited = (symbol: string) => asReader((tx) => listQuoting(tx, symbol, all))
  expect(await cited('A/900/3')).toEqual([])
  expect(await cited('A/900/1')).toEqual([{ symbol: manifest.symbol, address: 'op/1', place: null }])
})

test('what fails half way leaves what was there', async () => {
  const twice = exampleDocument({ ...manifest, language: 'es' }, [op('One.'), op('Two.')])
  await expect(keep(twice)).rejects.toThrow('unique')
  const listed = await asReader((tx) => listDocuments(tx, all))
  expect(listed.filter(({ language }) => language === 'es')).toEqual([])
})

test('an act of the history says which document was kept, by whose hand', async () => {
  const acts = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    tx
      .withTables<{ 'history.act': { verb: string; subject: string; actor: string } }>()
      .selectFrom('history.act')
      .select(['subject', 'actor'])
      .where('verb', '=', 'document.kept')
      .execute(),
  )
  expect(acts.length).toBeGreaterThan(0)
  for (const { subject, actor } of acts) {
    expect(subject).toMatch(/^document:[0-9a-f-]{36}$/)
    expect(actor).toBe('duty:library')
  }
})

test('OEW-12: an address leads to the longest symbol that it begins with, in the wanted language', async () => {
  const draft = { symbol: 'A/C.1/900/L.1', language: 'en', kind: 'draft-resolution' } as const
  await keep(exampleDocument(draft, [op('First.')]))
  await keep(exampleDocument({ ...draft, symbol: 'A/C.1/900/L.1/Rev.1' }, [op('Revised.')]))
  await keep(exampleDocument({ ...draft, symbol: 'A/RES/43/78 H' }, [op('With a letter.')]))
  expect(await find('A/C.1/900/L.1/op/1')).toEqual(['A/C.1/900/L.1', 'op/1', 'en'])
  expect(await find('A/C.1/900/L.1/Rev.1')).toEqual(['A/C.1/900/L.1/Rev.1', '', 'en'])
  expect(await find('A/C.1/900/L.1/Rev.1/op/1')).toEqual(['A/C.1/900/L.1/Rev.1', 'op/1', 'en'])
  expect(await find('A/RES/43/78 H/op/1')).toEqual(['A/RES/43/78 H', 'op/1', 'en'])
  expect(await find('A/RES/900/7', 'fr', 'en')).toEqual(['A/RES/900/7', '', 'fr'])
  expect(await find('A/RES/900/7', 'zh')).toEqual(['A/RES/900/7', '', 'en'])
  for (const nowhere of [
    '',
    'A',
    'A/RES/900/70',
    'A/RES/900/7/op/2',
    'A/RES/900/7/',
    'a\0b',
    'x/'.repeat(900),
  ])
    expect(await find(nowhere)).toBeUndefined()
})

test('CAP-12: the concordance has every symbol once, with who cites it and whether it is in the library', async () => {
  const citing = exampleDocument({ ...manifest, symbol: 'A/RES/900/8' }, [
    op('A/RES/900/8 recalls A/900/1, A/900/1 and A/56/999.'),
  ])
  const citations = ['A/RES/900/8', 'A/900/1', 'A/900/1', 'A/56/999'].map((each) =>
    cites(citing, 'op/1', each),
  )
  await keep(citing, citations)
  expect(await asReader((tx) => readConcordance(tx, all))).toEqual([
    { symbol: 'A/56/999', citing: ['A/RES/900/8'], isHeld: false },
    { symbol: 'A/900/1', citing: ['A/RES/900/7', 'A/RES/900/8'], isHeld: true },
  ])
})

/** Where an address leads: the symbol, the place below it, the language. */
async function find(address: string, ...wanted: readonly string[]) {
  const found = await asReader((tx) => findPlace(tx, address, wanted))
  return found && [found.document.symbol, found.place, found.document.language]
}
