import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleSymbol, keepExamples } from '../../../../test/library-example.ts'
import { openWorld, type World } from '../../../../test/world.ts'

let world: World
let stranger: Awaited<ReturnType<World['visitor']>>
beforeAll(async () => {
  world = await openWorld()
  stranger = await world.visitor()
  await keepExamples(world.directory.performer, world.clock.now())
})
afterAll(() => world.close())

test('CAP-12: everybody takes a document home, whole, in each form that its page offers', async () => {
  const { text } = await stranger.get(`/en/documents/${exampleSymbol}`)
  const links = [...text.matchAll(/href="(\/en\/document-files\/[^"]+)"/g)].map(([, link]) => link ?? '')
  expect(links.length).toBe(5)
  const files = await Promise.all(links.map((link) => stranger.get(link.replaceAll('&amp;', '&'))))
  expect(files.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  expect(files.map(({ headers }) => headers.get('content-disposition'))).toEqual(
    ['txt', 'akn.xml', 'json', 'bib', 'ris'].map((ending) => `attachment; filename="A-900-1-ar.${ending}"`),
  )
  const [plain, akoma, json, bibtex, ris] = files.map((file) => file.text)
  const kept: unknown = JSON.parse(json ?? '')
  expect(kept).toMatchObject({ manifest: { symbol: exampleSymbol, language: 'ar', kind: 'report' } })
  expect(plain?.startsWith(`${exampleSymbol}\n`)).toBe(true)
  expect(akoma).toContain('<akomaNtoso')
  expect(bibtex).toContain('author = {{الأمم المتحدة}}')
  expect(ris).toContain(`M1  - ${exampleSymbol}\r\n`)
})

test('CAP-12: what is no form or no document is not there, whatever is asked for', async () => {
  for (const path of [
    'exe/A/900/1',
    'text/A/1',
    'text/A/900/1%00',
    'constructor/A/900/1',
    `text/${'a/'.repeat(90)}b`,
  ])
    expect((await stranger.get(`/en/document-files/${path}`)).status).toBe(404)
})

test('CAP-12: the paragraph that was asked for says how it is cited, in the reader’s language', async () => {
  const { text } = await stranger.get(`/fr/documents/${exampleSymbol}/annex/12`)
  expect(text).toContain('A/900/1, annexe, par. 12')
  expect(text).toContain('/fr/documents/A/900/1/annex/12</bdi>')
  expect(text.split('Citer comme').length).toBe(2)
})
