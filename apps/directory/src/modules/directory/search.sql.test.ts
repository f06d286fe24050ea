import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { stateCode } from '../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'

let world: World
let mission: Visitor

beforeAll(async () => {
  world = await openWorld()
  const fictional = world.community.states.filter(({ fictional: is }) => is).map(({ code }) => code)
  await world.participate(...fictional, ...['CN', 'TR', 'FR'].map(stateCode))
  await addExample(
    world,
    stateCode('CN'),
    'technical',
    exampleContent('A', {
      language: 'zh',
      entityName: { original: '国家计算机网络应急技术处理协调中心ＣＥＲＴ' },
      workingLanguages: ['zh-Hans', 'en'],
    }),
  )
  await addExample(
    world,
    stateCode('TR'),
    'diplomatic',
    exampleContent('B', { entityName: { original: 'DIŞİŞLERİ BAKANLIĞI' }, workingLanguages: ['tr'] }),
  )
  await addExample(
    world,
    stateCode('XA'),
    'technical',
    exampleContent('C', {
      language: 'ar',
      entityName: { original: 'مركز الإستجابة للطوارئ ٢٤ ومستشفى القضاء' },
      workingLanguages: ['ar'],
    }),
  )
  await addExample(
    world,
    stateCode('XB'),
    'technical',
    exampleContent('D', {
      language: 'ru',
      entityName: { original: 'Учётный центр' },
      workingLanguages: ['ru', 'tr'],
      cardOnly: ['workingLanguages'],
    }),
  )
  mission = await world.visitor({ role: 'mission', state: stateCode('XB') })
})
afterAll(() => world.close())

/** The names of entries on a page of results. */
async function names(query: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const page = await mission.get(`/en/find?${new URLSearchParams(query)}`)
  expect(page.status).toBe(200)
  return [...page.text.matchAll(/<a href="\/en\/entries\/[^"]+"\s*><bdi[^>]*>([^<]+)/g)].map(
    ([, name = '']) => name,
  )
}

const chinese = '国家计算机网络应急技术处理协调中心ＣＥＲＴ'
const turkish = 'DIŞİŞLERİ BAKANLIĞI'
const arabic = 'مركز الإستجابة للطوارئ ٢٤ ومستشفى القضاء'
const russian = 'Учётный центр'

test.each([
  ['a Chinese piece without word breaks', '网络应急', chinese],
  ['two Chinese characters', '应急', chinese],
  ['a State and a piece in one, in Chinese', '中国应急', chinese],
  ['Latin letters for full-width ones', 'cert 中心', chinese],
  ['full-width letters for Latin ones', 'ＣＥＲＴ', chinese],
  ['Turkish without its own letters', 'disisleri bakanligi', turkish],
  ['Turkish in its own letters', 'dışişleri', turkish],
  ['Arabic with another alef and without the hamza', 'الاستجابه للطواري', arabic],
  ['Arabic with vowel signs and tatweel', 'مـركـز الاستِجابة', arabic],
  ['Arabic without the article', 'استجابة', arabic],
  ['Arabic with an article that does not stand there', 'المركز', arabic],
  ['alef maksura written as yeh', 'مستشفي', arabic],
  ['a hamza left out', 'القضا', arabic],
  ['Latin digits for Arabic-Indic ones', '24', arabic],
  ['Russian е for ё', 'учетный', russian],
  ['the beginning of a word, two letters', 'уч', russian],
])('POC-09: an entry is found by %s', async (_, text, name) => {
  expect(await names({ q: text })).toEqual([name])
})

test.each([
  [{ language: 'zh' }, [chinese]],
  [{ language: 'Arabic' }, [arabic]],
  [{ language: 'tr' }, [turkish]],
  [{ group: 'Asia-Pacific Group', kind: 'technical' }, [chinese, arabic]],
  [{ organization: 'OSCE' }, [turkish]],
  [{ state: 'CN' }, [chinese]],
  [{ state: 'CN', q: 'cert', language: 'en' }, [chinese]],
  [{ state: 'CN', q: 'cert', language: 'ar' }, []],
])('POC-09, POC-19: the address %j narrows the list', async (query, found) => {
  const shown = await names(query)
  expect(shown.filter((name) => [chinese, turkish, arabic, russian].includes(name))).toEqual(found)
})

test('the form shows again what the address asked for, and every link keeps it', async () => {
  const page = await mission.get('/ar/find?q=cert&language=zh&kind=technical')
  expect(page.text).toMatch(/<details\s+open/)
  expect(page.text).toMatch(/<option value="zh"\s+selected/)
  expect(page.text).toContain('/ar/find?q=cert&amp;kind=diplomatic&amp;language=zh')
})

test('a list that is longer than a page goes on with the next State, and leaves no State out', async () => {
  const crowded = world.community.states.filter(({ fictional }) => fictional).slice(0, 19)
  for (const { code } of crowded)
    for (let number = 0; number < 11; number += 1)
      await addExample(world, code, 'technical', exampleContent(`Crowd ${code} ${number}`))
  const seen: string[] = []
  let address: string | undefined = '/en/find?kind=technical'
  let pages = 0
  while (address !== undefined) {
    const { text } = await mission.get(address)
    pages += 1
    seen.push(...[...text.matchAll(/Crowd \w\w \d+/g)].map(([name]) => name))
    address = /<a href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
  }
  expect(pages).toBe(2)
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toHaveLength(19 * 11)
  expect((await mission.get('/en/find?q=crowd')).text).toContain('Please add a word')
  expect((await mission.get('/en/find?q=crowd xa')).text).not.toContain('Please add a word')
})

test('entries that an earlier version folded are found again once the duty has run', async () => {
  const { database } = world.directory
  await database.transaction({ role: 'worker' }, (tx) =>
    sql`update directory.entry set search = '', tokens = '{}', folding = 0`.execute(tx),
  )
  expect(await names({ q: '应急' })).toEqual([])
  await world.work('fold-entries')
  expect(await names({ q: '应急' })).toEqual([chinese])
})
