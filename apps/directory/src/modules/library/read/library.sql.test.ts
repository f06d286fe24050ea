import { locales } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  cites,
  exampleDocument,
  exampleSymbol,
  keepExample,
  keepExamples,
  longReport,
} from '../../../../test/library-example.ts'
import { openWorld, type World } from '../../../../test/world.ts'
import { text } from '../locales/index.ts'
import { documentHref } from '../routes.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function get(path: string) {
  const { status, text: page } = await (await world.visitor()).get(path)
  return { status, main: page.slice(page.indexOf('<main'), page.indexOf('</main>')) }
}

test.each(locales)('OEW-12: in %s an empty library says how documents come to be there', async (locale) => {
  const { status, main } = await get(`/${locale}/documents`)
  expect(status).toBe(200)
  expect(main).toContain(text(locale)('library.empty'))
  expect((await get(`/${locale}/concordance`)).main).toContain(text(locale)('library.concordance-empty'))
})

test('OEW-12: everybody finds a document in the list and reads it, in its own language and direction', async () => {
  await keepExamples(world.directory.performer, world.clock.now())
  const list = await get('/en/documents')
  expect(list.main).toContain(`href="${documentHref('en', exampleSymbol)}"`)
  const { status, main } = await get(`/en/documents/${exampleSymbol}`)
  expect(status).toBe(200)
  expect(main).toMatch(/<h1[^>]*><bdi lang="ar" dir="rtl">/)
  expect(main).toContain('<article class="source" lang="ar" dir="rtl">')
})

test('OEW-12: read page by page from the first, a document is there whole, each place once', async () => {
  const seen: string[] = []
  let path: string | undefined = `/en/documents/${exampleSymbol}`
  let pages = 0
  while (path !== undefined) {
    const { main }: { main: string } = await get(path)
    pages += 1
    seen.push(...[...main.matchAll(/ id="A\/900\/1\/([^"]+)"/g)].map(([, place = '']) => place))
    path = /rel="next" href="([^"#]+)/.exec(main)?.[1]
  }
  expect(pages).toBeGreaterThan(2)
  const places = longReport('ar')
    .nodes.filter(({ kind, address }) => kind !== 'furniture' && address !== '')
    .map(({ address }) => address)
  expect([...seen].sort()).toEqual([...places].sort())
})

test('OEW-12: the permanent address of a paragraph shows it, with its note below it and its own link', async () => {
  const address = `${exampleSymbol}/annex/37`
  const { status, main } = await get(`/ar/documents/${address}`)
  expect(status).toBe(200)
  expect(main).toContain(`id="${address}"`)
  expect(main).toContain(`href="${documentHref('ar', address)}"`)
  const after = main.slice(main.indexOf(`id="${address}"`))
  expect(after.indexOf(`id="${exampleSymbol}/annex/fn/37"`)).toBeLessThan(
    after.indexOf(`id="${exampleSymbol}/annex/38"`),
  )
  expect((await get(`/ar/documents/${exampleSymbol}/annex/370`)).status).toBe(404)
  expect((await get('/ar/documents/A/900/nothing%00')).status).toBe(404)
  expect((await get('/ar/documents/%E0%A4%A')).status).toBe(404)
})

test('CAP-12: what is quoted and what quotes it lead to one another, and the concordance to both', async () => {
  const resolution = await get('/en/documents/A/RES/900/2')
  expect(resolution.main).toContain(`href="${documentHref('en', exampleSymbol)}"`)
  const quoted = await get(`/en/documents/${exampleSymbol}/annex/12`)
  const beside = quoted.main.slice(quoted.main.indexOf(`id="${exampleSymbol}/annex/12"`))
  expect(beside).toContain(`href="${documentHref('en', 'A/RES/900/2/op/1')}"`)
  expect(quoted.main).toContain(`href="${documentHref('en', 'A/RES/900/2/pp/1')}"`)
  const concordance = await get('/en/concordance')
  expect(concordance.main).toContain(`href="/en/concordance/${exampleSymbol}"`)
  const quoting = await get(`/en/concordance/${exampleSymbol}`)
  expect(quoting.main).toContain(`href="${documentHref('en', 'A/RES/900/2/op/1')}"`)
  expect((await get('/en/concordance/A/1/1')).status).toBe(404)
})

test('a damaged text layer is said on each page and in the list, and the text stands as it was found', async () => {
  const damaged = exampleDocument(
    { symbol: 'A/900/9', language: 'ar', kind: 'report' },
    [{ kind: 'paragraph', address: '1', label: '1', text: 'ال  ي  اليامض' }],
    { share: 0.6 },
  )
  await keepExample(world.directory.performer, world.clock.now(), damaged)
  const { main } = await get('/en/documents/A/900/9/1')
  expect(main).toContain(text('en')('library.damaged', { share: '60%' }))
  expect(main).toContain('ال  ي  اليامض')
  expect((await get('/en/documents')).main).toContain(text('en')('library.damaged-short'))
  expect((await get(`/en/documents/${exampleSymbol}`)).main).not.toContain('notice warn')
})

test('the language that was asked for stays on the way through a document; a draft leads to what it became', async () => {
  const draft = { symbol: 'A/C.1/900/L.2', kind: 'draft-resolution', becameSymbol: 'A/RES/900/2' } as const
  for (const language of ['en', 'zh'] as const) {
    const document = exampleDocument({ ...draft, language }, [
      { kind: 'preamble', address: 'pp/1', label: '1', text: '<b>Recalling</b>,' },
      { kind: 'operative', address: 'op/1', label: '1', text: `Requests A/56/999 in ${language}.` },
    ])
    await keepExample(world.directory.performer, world.clock.now(), document, [
      cites(document, 'op/1', 'A/56/999'),
    ])
  }
  const { main } = await get('/en/documents/A/C.1/900/L.2?in=zh')
  expect(main).toContain('in zh.')
  expect(main).toContain(`href="${documentHref('en', 'A/C.1/900/L.2/op/1', 'zh')}"`)
  expect(main).toContain(`href="${documentHref('en', 'A/RES/900/2')}"`)
  expect(main).toContain('&lt;b&gt;Recalling')
  expect((await get('/en/documents/A/C.1/900/L.2')).main).toContain('in en.')
  expect((await get('/en/documents/A/RES/900/2')).main).toContain(
    `href="${documentHref('en', 'A/C.1/900/L.2')}"`,
  )
  for (const odd of ['?in=%00', '?in=<b>', `?in=${'x'.repeat(5000)}`, '?page=-1', '?page=1e99'])
    for (const path of ['/en/documents/A/C.1/900/L.2', '/en/documents', '/en/concordance'])
      expect((await get(path + odd)).status).toBe(200)
})
