import { gzipSync } from 'node:zlib'
import { locales } from '@parley/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { familyDocuments, seedDocuments } from '../../../../test/known-documents.ts'
import { keepExample } from '../../../../test/library-example.ts'
import { areSourcesThere } from '../../../../test/source-documents.ts'
import { openWorld, type World } from '../../../../test/world.ts'
import { text } from '../locales/index.ts'
import { documentHref } from '../routes.ts'

const t = text('en')

async function openWith(documents: ReturnType<typeof familyDocuments>): Promise<World> {
  const world = await openWorld()
  for (const { document, citations } of documents)
    if (document.nodes.some(({ kind }) => kind === 'working-paper'))
      await keepExample(world.directory.performer, world.clock.now(), document, citations)
  return world
}

async function get(world: World, path: string) {
  const { status, text: page, headers } = await (await world.visitor()).get(path)
  return { status, page, headers, rows: page.match(/<td data-label="Working paper">.*?<\/tr>/gs) ?? [] }
}

/** Papers, from one State, from several, States that submitted alone, States in all: as the figures say. */
function figuresOf(page: string): readonly number[] {
  return [...page.matchAll(/<dd>(\d+)<\/dd>/g)].map(([, value]) => Number(value))
}

describe('the documents of our own', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world?.close())

  test.each(locales)(
    'OEW-15: in %s an empty list says how working papers come to be there',
    async (locale) => {
      const { status, page } = await get(world, `/${locale}/working-papers`)
      expect(status).toBe(200)
      expect(page).toContain(text(locale)('papers.empty'))
    },
  )

  test('OEW-15: six and three papers, once each though their reports are in several languages', async () => {
    for (const { document, citations } of familyDocuments())
      if (document.nodes.some(({ kind }) => kind === 'working-paper'))
        await keepExample(world.directory.performer, world.clock.now(), document, citations)
    // Joint: the second and fifth of the one, the second of the other (family/expected.json).
    expect(figuresOf((await get(world, '/en/working-papers')).page).slice(0, 3)).toEqual([9, 6, 3])
  })

  test.each(['submitter=%00', 'submitter=XX', 'submitter=<b>', 'kind=all', 'page=0', 'page=1e99'])(
    'an odd query, ?%s, is answered with a page and a file',
    async (query) => {
      for (const path of ['/en/working-papers', '/ar/working-papers/list.csv']) {
        const { status, page } = await get(world, `${path}?${query}`)
        expect(status).toBe(200)
        expect(page).not.toContain('<b>')
      }
    },
  )
})

describe.runIf(areSourcesThere)('the list of a real report', () => {
  let world: World
  beforeAll(async () => {
    world = await openWith(areSourcesThere ? seedDocuments() : [])
  }, 240_000)
  afterAll(() => world?.close())

  test('OEW-15: 81 papers: 67 by one State, 14 joint; 36 States alone, 90 in all', async () => {
    const found = figuresOf((await get(world, '/en/working-papers')).page)
    const expected = [81, 67, 14, 36, 90]
    console.info('expected', expected, 'found', found)
    expect(found).toEqual(expected)
  })

  test('OEW-15: a filter by State and by how many submitted shows these alone, each with its paragraph', async () => {
    const russian = await get(world, '/en/working-papers?submitter=RU&kind=single')
    expect(russian.rows).toHaveLength(8)
    expect((await get(world, '/en/working-papers?kind=joint')).rows).toHaveLength(14)
    expect(russian.page).toContain(`href="${documentHref('en', 'A/78/265/annex-D/7')}"`)
    expect(russian.page).toContain('<bdi lang="ar" dir="rtl">')
  })

  test('OEW-15: what the document does not say is not guessed: no States of 65, of 50 the one that is named', async () => {
    const joint = await get(world, '/en/working-papers?kind=joint')
    const unnamed = joint.rows.filter((row) => row.includes(t('papers.not-named')))
    expect(unnamed).toHaveLength(1)
    expect(unnamed[0]).toContain('annex-D/65')
    const german = await get(world, '/en/working-papers?submitter=DE&kind=single')
    expect(german.rows.find((row) => row.includes('annex-D/50'))).toContain('Germany')
  })

  test('OEW-15: the file holds every paper in the reader’s language, titles in their own', async () => {
    for (const locale of locales) {
      const { page, headers } = await get(world, `/${locale}/working-papers/list.csv`)
      expect(headers.get('content-type')).toContain('text/csv')
      expect(page).toContain(text(locale)('papers.submitters'))
      expect(page.match(/^\d+,A\/78\/265\/annex-D\/\d+,/gm)).toHaveLength(81)
    }
  })

  test('OEW-15: no page of the list costs more than 14 KB', async () => {
    const sizes: number[] = []
    for (const locale of locales)
      for (const page of [1, 2, 3])
        sizes.push(gzipSync((await get(world, `/${locale}/working-papers?page=${page}`)).page).length)
    console.info('largest page of papers, bytes', Math.max(...sizes))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(14 * 1024)
  })
})
