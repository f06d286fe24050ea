import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { areSourcesThere, sourceFolder } from '../../../../test/source-documents.ts'
import { openWorld, type World } from '../../../../test/world.ts'
import { importFolder } from '../import/import-folder.ts'

const family = fileURLToPath(new URL('../family/', import.meta.url))

let world: World
let stranger: Awaited<ReturnType<World['visitor']>>
beforeAll(async () => {
  world = await openWorld()
  stranger = await world.visitor()
  for (const folder of [family, ...(areSourcesThere ? [sourceFolder] : [])])
    await importFolder(world.directory.performer, world.clock.now(), folder, (line) => {
      throw new Error(line)
    })
})
afterAll(() => world.close())

/** The links to paragraphs of both sides, in order; what one lacks has none. */
async function pairsAt(path: string): Promise<{ readonly text: string; readonly links: readonly string[] }> {
  const { status, text } = await stranger.get(path)
  expect(status).toBe(200)
  const links = [...text.matchAll(/aria-label="([^"]+)"\s*>/g)].map(([, link]) => link ?? '')
  return { text, links: links.filter((link) => /\/(?:pp|op)\/\d+$/.test(link)) }
}

test('CAP-12: a draft stands beside what it became, number by number, with the words marked that only one has', async () => {
  const page = await stranger.get('/en/documents/A/C.1/901/L.4')
  const link = /href="([^"]*\/comparison\/[^"]*with=A%2FRES%2F901%2F7[^"]*)"/.exec(page.text)?.[1] ?? ''
  const { text, links } = await pairsAt(link.replaceAll('&amp;', '&'))
  expect(links.filter((each) => each.startsWith('A/C.1/'))).toHaveLength(11)
  expect(links.filter((each) => each.startsWith('A/RES/'))).toHaveLength(11)
  expect(text).toContain('<ins>')
  expect(text).toContain('<del>')
})

test('OEW-12: two languages of one document stand side by side, each in its own direction, without marks', async () => {
  const { text, links } = await pairsAt('/fr/comparison/A/RES/901/7?in=ar&with=A/RES/901/7&and=zh')
  expect(links).toHaveLength(22)
  for (const [index, link] of links.entries()) if (index % 2 === 1) expect(link).toBe(links[index - 1])
  expect(text).toContain('lang="ar" dir="rtl"')
  expect(text).toContain('lang="zh" dir="ltr"')
  expect(text).not.toContain('<ins>')
})

test('CAP-12: what is not there, or the same, is not compared, whatever is asked', async () => {
  for (const query of ['?with=A/1', '?in=ar&with=A/RES/901/7&and=ar', '?with=%00', '?page=9'])
    expect((await stranger.get(`/en/comparison/A/RES/901/7${query}`)).status).toBe(404)
  for (const page of ['0', '-1', 'x', '99', '1e9'])
    expect(
      (await stranger.get(`/en/comparison/A/RES/901/7?in=en&with=A/RES/901/7&and=fr&page=${page}`)).status,
    ).toBe(200)
})

describe.runIf(areSourcesThere)('the documents of the community', () => {
  test('CAP-12: A/RES/77/36 stands beside its draft: 8 preambular and 7 operative paragraphs on both sides', async () => {
    const { links } = await pairsAt('/ar/comparison/A/RES/77/36?in=ar&with=A/C.1/77/L.23/Rev.1&and=zh')
    expect(links).toHaveLength(30)
    expect(links.slice(0, 2)).toEqual(['A/RES/77/36/pp/1', 'A/C.1/77/L.23/Rev.1/pp/1'])
    expect(links.slice(-2)).toEqual(['A/RES/77/36/op/7', 'A/C.1/77/L.23/Rev.1/op/7'])
  })
})
