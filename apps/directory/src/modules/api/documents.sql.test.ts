import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, issue } from '../../../test/issue.ts'
import {
  cites,
  exampleDocument,
  exampleSymbol,
  keepExample,
  keepExamples,
} from '../../../test/library-example.ts'
import { stateCode } from '../../../test/nominate.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let token: string
beforeAll(async () => {
  world = await openWorld()
  await world.participate(stateCode('XA'))
  await keepExamples(world.directory.performer, world.clock.now())
  token = await issue(world, stateCode('XA'), ['entries:read'])
})
afterAll(() => world.close())

const bothNamed = [
  { kind: 'operative', address: 'op/1', label: '1', text: 'A/RES/901/1 and A/RES/901/2' },
] as const

const symbol = encodeURIComponent(exampleSymbol)

async function read(path: string) {
  return ask(world, `/api/v1${path}`, token)
}

test('CAP-12: a token reads which documents there are, whatever it was issued for, and a stranger does not', async () => {
  const { status, json } = await read('/documents')
  expect(status).toBe(200)
  for (const each of [{ symbol: 'A/RES/900/2' }, { symbol: exampleSymbol, language: 'ar' }])
    expect(Object(json).documents).toContainEqual(expect.objectContaining(each))
  expect((await ask(world, '/api/v1/documents')).status).toBe(401)
})

test('CAP-12: read page by page, a document is there whole, each paragraph once', async () => {
  const seen: string[] = []
  let path: string | undefined = `/api/v1/documents/${symbol}`
  while (path !== undefined) {
    const { json, headers } = await ask(world, path, token)
    const { paragraphs } = Object(json)
    seen.push(...paragraphs.map(({ address }: { address: string }) => address))
    const next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
    path = next === undefined ? undefined : next.slice(next.indexOf('/api/'))
  }
  expect(seen).toContain('annex/40')
  expect(new Set(seen).size).toBe(seen.length)
})

test('OEW-12: a paragraph comes with how it is cited, its permanent address and who quotes it', async () => {
  const { status, json } = await read(`/documents/${symbol}/paragraphs/annex%2F12`)
  expect(status).toBe(200)
  expect(json).toMatchObject({
    address: 'annex/12',
    language: 'ar',
    citeAs: `${exampleSymbol}, annex, para. 12`,
    url: expect.stringMatching(/\/en\/documents\/A\/900\/1\/annex\/12$/),
    quotedIn: [{ symbol: 'A/RES/900/2', address: 'op/1' }],
    annotations: [],
  })
})

test('OEW-12: the concordance names who quotes a symbol, and a symbol that nobody quotes has an empty list', async () => {
  expect((await read('/concordance')).json).toEqual({
    symbols: [{ symbol: exampleSymbol, held: true, quotedIn: ['A/RES/900/2'] }],
  })
  expect((await read(`/concordance/${symbol}`)).json).toMatchObject({
    quotedIn: [
      { symbol: 'A/RES/900/2', address: 'pp/1' },
      { symbol: 'A/RES/900/2', address: 'op/1', place: 'annex/12' },
    ],
  })
  expect((await read('/concordance/A%2F1')).json).toEqual({ symbol: 'A/1', quotedIn: [] })
})

test('OEW-12: hostile: documents that name each other, and themselves, are read like any other', async () => {
  const one = exampleDocument({ symbol: 'A/RES/901/1', language: 'en', kind: 'resolution' }, bothNamed)
  const other = exampleDocument(
    { symbol: 'A/RES/901/2', language: 'en', kind: 'draft-resolution', becameSymbol: 'A/RES/901/2' },
    bothNamed,
  )
  for (const each of [one, other])
    await keepExample(world.directory.performer, world.clock.now(), each, [
      cites(each, 'op/1', 'A/RES/901/1', 'op/1'),
      cites(each, 'op/1', 'A/RES/901/2', 'op/1'),
    ])
  expect((await read('/concordance/A%2FRES%2F901%2F1')).json).toMatchObject({
    quotedIn: [{ symbol: 'A/RES/901/2' }],
  })
  const { status, json } = await read('/documents/A%2FRES%2F901%2F2/paragraphs/op%2F1')
  expect(status).toBe(200)
  expect(json).toMatchObject({ quotedIn: [{ symbol: 'A/RES/901/1', address: 'op/1' }] })
  const visitor = await world.visitor()
  for (const path of ['/en/documents/A/RES/901/2/op/1', '/en/concordance/A/RES/901/1'])
    expect((await visitor.get(path)).status).toBe(200)
})

test.each([
  ['/documents/A%2F9', 404],
  [`/documents/${symbol}?in=fr`, 404],
  [`/documents/${symbol}?in=tlh`, 422],
  [`/documents/${symbol}?page=0`, 422],
  [`/documents/${symbol}?page=999999`, 200],
  [`/documents/${symbol}%2Fannex%2F12`, 404],
  [`/documents/${symbol}/paragraphs/annex%2F1200`, 404],
  [`/documents/${symbol}/paragraphs/%00`, 404],
  ['/documents/%00', 404],
  ["/documents/'%20or%20true--", 404],
  [`/documents/${'a%2F'.repeat(60)}`, 404],
  ['/concordance?page=1e9', 422],
  ['/concordance?unknown=1', 422],
])('CAP-12: hostile: %s is answered with %i', async (path, status) => {
  expect((await read(path)).status).toBe(status)
})

test('CAP-12: paragraphs are found by their words, filtered, and no input is a fault', async () => {
  const found = await read(`/paragraphs?${new URLSearchParams({ text: '"Requests more"', language: 'en' })}`)
  expect(found.status).toBe(200)
  expect(found.json).toMatchObject({
    paragraphs: [{ symbol: 'A/RES/900/2', address: 'op/1', language: 'en', damaged: false }],
  })
  const other = await read('/paragraphs?text=Requests+more&language=en&kind=other')
  expect(other.json).toEqual({ paragraphs: [] })
  expect((await read('/paragraphs')).json).toEqual({ paragraphs: [] })
  for (const text of ['"', '\u202e', '%_\\', "' or 1=1--", ' ', '('.repeat(500)])
    expect((await read(`/paragraphs?${new URLSearchParams({ text })}`)).status).toBe(200)
  for (const query of [`text=${'a'.repeat(501)}`, 'year=99999', 'kind=x', 'page=0'])
    expect((await read(`/paragraphs?${query}`)).status).toBe(422)
})
