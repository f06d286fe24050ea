import { locales } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  exampleDocument,
  exampleSymbol,
  keepExample,
  keepExamples,
} from '../../../../test/library-example.ts'
import { openWorld, type World } from '../../../../test/world.ts'
import { text } from '../locales/index.ts'

let world: World
const performer = () => world.directory.performer
const now = () => world.clock.now()
beforeAll(async () => {
  world = await openWorld()
  await keepExamples(performer(), now())
  const told = { symbol: 'A/900/5', language: 'fr', kind: 'report', dated: '2022-05-01' } as const
  await keepExample(
    performer(),
    now(),
    exampleDocument(told, [
      { kind: 'section', address: 'A', label: 'A', text: 'Renforcement des capacités' },
      { kind: 'paragraph', address: '1', label: '1', text: 'L’État a nommé un référent.', in: 'A' },
      { kind: 'paragraph', address: '2', label: '2', text: 'Le référent nomme l’État <b>& autres</b>.' },
    ]),
  )
  await keepExample(
    performer(),
    now(),
    exampleDocument(
      { symbol: 'A/900/6', language: 'fr', kind: 'report', dated: '2021-05-01' },
      [{ kind: 'paragraph', address: '1', label: '1', text: 'L’État a nommé un référent.' }],
      { share: 0.4 },
    ),
  )
})
afterAll(() => world.close())

async function search(query: Readonly<Record<string, string>>, locale = 'en') {
  const visitor = await world.visitor()
  const { status, text: page } = await visitor.get(
    `/${locale}/documents/search?${new URLSearchParams(query)}`,
  )
  const main = page.slice(page.indexOf('<main'), page.indexOf('</main>'))
  const found = [...main.matchAll(/<h2>\s*<a\s+href="[^"#]*#([^"]+)"/g)].map(([, address = '']) => address)
  return { status, main, found }
}

test.each(locales)(
  'CAP-12: in %s an empty search says what to type, and one without a find what to try',
  async (locale) => {
    const t = text(locale)
    expect((await search({}, locale)).main).toContain(t('search.empty'))
    const { status, main } = await search({ q: 'zzzqqq', year: '1999' }, locale)
    expect(status).toBe(200)
    for (const key of ['search.nothing', 'search.try-everywhere', 'search.try-other'] as const)
      expect(main).toContain(t(key))
  },
)

test('CAP-12: a result is the paragraph with its address, its words marked, in its own language', async () => {
  const { main, found } = await search({ q: 'etats nommes' })
  expect(found[0]).toBe('A/900/5/1')
  expect(main).toContain('>A/900/5, para. 1</a')
  expect(main).toContain('<p lang="fr" dir="ltr">')
  expect(main).toContain('L’<mark>État</mark> a <mark>nommé</mark>')
  expect(main).toContain('&lt;b&gt;&amp; autres')
})

test('CAP-12: what is damaged is found below what can be read, and marked', async () => {
  const { main, found } = await search({ q: 'référent nommé' })
  expect(found.indexOf('A/900/6/1')).toBeGreaterThan(found.indexOf('A/900/5/2'))
  expect(main.slice(main.indexOf('A/900/6'))).toContain(text('en')('library.damaged-short'))
})

test('CAP-12: words in quotes are found in this order alone, and small words count there', async () => {
  expect((await search({ q: '"nommé un référent"' })).found).not.toContain('A/900/5/2')
  expect((await search({ q: '«référent nomme»' })).found).toEqual(['A/900/5/2'])
  expect((await search({ q: '"référent un nommé"' })).main).toContain(text('en')('search.try-words'))
})

test('CAP-12: language, kind and year narrow a search; the year in any digits', async () => {
  expect((await search({ q: 'référent', year: '٢٠٢١' })).found).toEqual(['A/900/6/1'])
  expect((await search({ q: 'référent', language: 'zh' })).found).toEqual([])
  expect((await search({ q: 'référent', kind: 'resolution' })).found).toEqual([])
  expect((await search({ q: 'référent', kind: 'nothing', year: 'x' })).found).toHaveLength(3)
})

test('CAP-12: a symbol leads to its document, and to the paragraphs that name it', async () => {
  const { main, found } = await search({ q: exampleSymbol.toLowerCase() })
  expect(main).toContain(text('en')('search.open'))
  expect(found).toContain('A/RES/900/2/op/1')
})

test('CAP-12: one page after the other shows each paragraph once, and ends', async () => {
  const seen: string[] = []
  for (let page = 1; page < 30; page += 1) {
    const { found } = await search({ q: 'تبادل المعلومات', page: String(page) }, 'ar')
    if (found.length === 0) break
    seen.push(...found)
  }
  expect(seen.length).toBeGreaterThan(20)
  expect(new Set(seen).size).toBe(seen.length)
})

const hostile: Readonly<Record<string, string>> = {
  'only punctuation': '"«»،؟ … --- !!',
  'null characters': 'a\0b\0',
  'operators of SQL': `'; drop table library.posting; -- %_\\`,
  'operators of a text search': "a & !b | (c <-> d):* ''",
  'controls of direction': '\u202eetats\u202c \u2066nommes\u2069',
  'half a character': 'État \ud800 nommé \udc00',
  'one quotation mark': '"nommé un',
  'ten thousand words': 'référent '.repeat(10_000),
  'one long word': 'é'.repeat(5_000),
  'ten thousand words that differ': Array.from({ length: 10_000 }, (_, index) => `w${index}`).join(' '),
  markup: '<script>alert(1)</script>',
}

test.each(Object.entries(hostile))('a search for %s is answered', async (_, q) => {
  const body = q.length > 4_000 ? q.slice(0, 4_000) : q
  for (const locale of ['en', 'ar'] as const) {
    const { status, main } = await search({ q: body }, locale)
    expect(status).toBe(200)
    expect(main).not.toContain('<script>')
  }
})
