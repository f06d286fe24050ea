import { locales } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { areSourcesThere, sourceTexts } from '../../../../test/source-documents.ts'
import { cites, type Example, keepExample, longReport } from '../../../../test/library-example.ts'
import { openWorld, origin, type World } from '../../../../test/world.ts'
import { recogniseResolution } from '../recognise/recognise-resolution.ts'

const repeatVisit = 14 * 1024

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test.each(['ar', 'zh', 'en'] as const)(
  'no page of a long report in %s costs more than 14 KB',
  async (language) => {
    const report = longReport(language, `A/900/${language}`)
    // Each paragraph names many others, and is named by many.
    const citations = report.nodes.flatMap(({ kind, address }) =>
      kind === 'paragraph'
        ? [1, 2, 3].map((each) => cites(report, address, `A/RES/${each}/${address.replace(/\D/g, '')}`))
        : [],
    )
    await keepExample(world.directory.performer, world.clock.now(), report, citations)
    for (let number = 1; number <= 12; number += 1) {
      const symbol = `A/C.1/900/L.${number}`
      const quoting = longReport('en', symbol)
      const all = quoting.nodes.flatMap(({ kind, address }) =>
        kind === 'paragraph' ? [cites(quoting, address, report.manifest.symbol, address)] : [],
      )
      await keepExample(world.directory.performer, world.clock.now(), quoting, all)
    }
    expect(await tooDear(report)).toEqual([])
  },
)

test.runIf(areSourcesThere)('no page of a real resolution costs more than 14 KB', async () => {
  const source = sourceTexts().find((each) => each.includes('\n132/78 - ')) ?? ''
  const damage = { words: 1, broken: 0, share: 0, isDamaged: false }
  const manifest = { symbol: 'A/RES/78/132', language: 'ar', kind: 'resolution' } as const
  const document = { ...recogniseResolution(source), manifest, source, damage, doubts: [] }
  await keepExample(world.directory.performer, world.clock.now(), document)
  expect(await tooDear(document)).toEqual([])
})

/** The pages of a document, in each language of the frame, that cost more than they may. */
async function tooDear({ manifest: { symbol } }: Example): Promise<readonly string[]> {
  const dear: string[] = []
  for (const locale of locales) {
    let path: string | undefined = `/${locale}/documents/${symbol}`
    while (path !== undefined) {
      const { bytes, text }: { bytes: number; text: string } = await fetchCompressed(path)
      if (bytes > repeatVisit) dear.push(`${path}: ${bytes}`)
      path = /rel="next" href="([^"#]+)/.exec(text)?.[1]
    }
  }
  return dear
}

async function fetchCompressed(path: string): Promise<{ readonly bytes: number; readonly text: string }> {
  const ask = (headers: Readonly<Record<string, string>>) =>
    world.directory.street.fetch(
      new Request(new URL(path, origin), { headers: { host: origin.host, ...headers } }),
    )
  const [small, plain] = [await ask({ 'accept-encoding': 'gzip' }), await ask({})]
  expect(small.headers.get('content-encoding')).toBe('gzip')
  return { bytes: (await small.arrayBuffer()).byteLength, text: await plain.text() }
}
