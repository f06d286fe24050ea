import { gzipSync } from 'node:zlib'
import { locales } from '@parley/kernel'
import { describe, expect, test } from 'vitest'
import { familyDocuments, type KnownDocument, seedDocuments } from '../../../../test/known-documents.ts'
import { keepExample } from '../../../../test/library-example.ts'
import { areSourcesThere } from '../../../../test/source-documents.ts'
import { openWorld, type World } from '../../../../test/world.ts'

const mostBytes = 14 * 1024

async function withDocuments(
  documents: readonly KnownDocument[],
  read: (world: World) => Promise<void>,
): Promise<void> {
  const world = await openWorld()
  try {
    for (const { document, citations } of documents)
      await keepExample(world.directory.performer, world.clock.now(), document, citations)
    await read(world)
  } finally {
    await world.close()
  }
}

/** Next steps and operative paragraphs, as the first two figures say. */
async function countsAt(world: World, query = ''): Promise<readonly number[]> {
  const { text } = await (await world.visitor()).get(`/en/tracker${query}`)
  return [...text.matchAll(/<dd>(\d+)<\/dd>/g)].slice(0, 2).map(([, value]) => Number(value))
}

/** Every step that the pages of the list lead to, in their order, and what the largest page costs compressed. */
async function walk(world: World, first: string) {
  const visitor = await world.visitor()
  const steps: string[] = []
  let largest = 0
  let path: string | undefined = first
  while (path !== undefined) {
    const { text }: { text: string } = await visitor.get(path)
    largest = Math.max(largest, gzipSync(text).length)
    steps.push(...[...text.matchAll(/href="\/[a-z]{2}\/tracker\/([^"?#]+)"/g)].map(([, step = '']) => step))
    path = /rel="next" href="([^"#]+)/.exec(text)?.[1]?.replaceAll('&amp;', '&')
  }
  return { steps, largest }
}

test('OEW-16: of the documents of our own each step is there once, whatever languages they are in', async () => {
  await withDocuments(familyDocuments(), async (world) => {
    // Ten, three and three next steps; six operative paragraphs in six languages (family/expected.json).
    expect(await countsAt(world)).toEqual([16, 6])
    for (const locale of locales) {
      const { steps } = await walk(world, `/${locale}/tracker`)
      expect({ locale, steps: steps.length, once: new Set(steps).size }).toEqual({
        locale,
        steps: 22,
        once: 22,
      })
    }
  })
}, 60_000)

describe.runIf(areSourcesThere)('the five source documents', () => {
  test('OEW-16: 49 next steps (29 and 20) and 66 operative paragraphs (7 and 59), none of the draft', async () => {
    await withDocuments(areSourcesThere ? seedDocuments() : [], async (world) => {
      const { steps, largest } = await walk(world, '/en/tracker')
      const of = (symbol: string) => steps.filter((step) => step.startsWith(`${symbol}/`)).length
      const found = {
        figures: await countsAt(world),
        'A/78/265': of('A/78/265'),
        'A/77/275': of('A/77/275'),
        'A/RES/77/36': of('A/RES/77/36'),
        'A/RES/78/132': of('A/RES/78/132'),
        draft: of('A/C.1/77/L.23/Rev.1'),
        once: new Set(steps).size,
      }
      const expected = {
        figures: [49, 66],
        'A/78/265': 29,
        'A/77/275': 20,
        'A/RES/77/36': 7,
        'A/RES/78/132': 59,
        draft: 0,
        once: 115,
      }
      console.info('expected', expected, 'found', found, 'largest page, bytes', largest)
      expect(found).toEqual(expected)
      for (const locale of locales) {
        const { steps: own, largest: bytes } = await walk(world, `/${locale}/tracker?group=verb`)
        expect({ locale, steps: own.length, fits: bytes <= mostBytes }).toEqual({
          locale,
          steps: 115,
          fits: true,
        })
      }
    })
  }, 120_000)

  test('OEW-16: steps of the earlier report are carried on by the paragraphs whose notes say so', async () => {
    await withDocuments(areSourcesThere ? seedDocuments() : [], async (world) => {
      const visitor = await world.visitor()
      const carriedOn = async (step: string) => {
        const { text } = await visitor.get(`/en/tracker/A/77/275/annex/${step}`)
        const [, part = ''] = /Carried on by<\/dt>\s*<dd>(.*?)<\/dd>/s.exec(text) ?? []
        return [...part.matchAll(/#A\/78\/265\/annex\/([^"]+)"/g)].map(([, place]) => place)
      }
      const found = {
        'D/step-1': await carriedOn('D/step-1'),
        'D/step-2': await carriedOn('D/step-2'),
        'E/step-2': await carriedOn('E/step-2'),
        'G/step-2': await carriedOn('G/step-2'),
      }
      expect(found).toEqual({
        'D/step-1': [],
        'D/step-2': ['28', '29'],
        'E/step-2': ['37/a', '39'],
        'G/step-2': ['52/b', '58'],
      })
    })
  }, 60_000)
})
