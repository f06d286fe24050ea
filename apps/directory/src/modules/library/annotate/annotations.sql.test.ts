import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleSymbol, keepExample, keepExamples, longReport } from '../../../../test/library-example.ts'
import { stateCode } from '../../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../../test/world.ts'
import { text } from '../locales/index.ts'

let world: World
let manager: Visitor
beforeAll(async () => {
  world = await openWorld()
  await keepExamples(world.directory.performer, world.clock.now())
  manager = await world.visitor({ role: 'manager' })
})
afterAll(() => world.close())

const place = `${exampleSymbol}/annex/12`
const words =
  longReport('ar')
    .nodes.find(({ address }) => address === 'annex/12')
    ?.text.slice(0, 30) ?? ''

async function main(path: string, visitor?: Visitor): Promise<string> {
  const { text: page } = await (visitor ?? (await world.visitor())).get(path)
  return page.slice(page.indexOf('<main'), page.indexOf('</main>'))
}

function annotate(fields: Readonly<Record<string, string>>, address = place, language = 'ar') {
  return manager.post(`/en/annotate/${address}?in=${language}`, { textLanguage: 'en', ...fields })
}

test('CAP-12: an annotation stands beside its paragraph for everybody, and the paragraph stays as it is', async () => {
  const before = await main(`/en/documents/${place}`)
  const { location } = await annotate({ text: 'Read “directory” here.', printed: words })
  expect(location).toMatch(/^\/en\/annotations\//)
  const after = await main(`/en/documents/${place}`)
  expect(after).toContain('Read “directory” here.')
  expect(after).toContain(`<q><bdi lang="ar" dir="rtl">${words}</bdi></q>`)
  const paragraph = /<p>[^<]{200,}<\/p>/g
  expect(after.match(paragraph)).toEqual(before.match(paragraph))
  expect(await main(`/en/document-annotations/${exampleSymbol}?in=ar`)).toContain('Read “directory” here.')
})

test('CAP-12: it is about the document in one language, and says so under its own address', async () => {
  await keepExample(world.directory.performer, world.clock.now(), longReport('zh'))
  expect(await main(`/en/documents/${place}?in=zh`)).not.toContain('Read “directory” here.')
  expect(await main(`/en/document-annotations/${exampleSymbol}?in=zh`)).toContain(
    text('en')('annotation.none'),
  )
})

test('CAP-12: imported again, a document keeps what is said beside its paragraphs', async () => {
  await keepExample(world.directory.performer, world.clock.now(), longReport('ar'))
  expect(await main(`/en/documents/${place}?in=ar`)).toContain('Read “directory” here.')
})

test('CAP-12: withdrawn, it stands no longer beside the paragraph, and the list and the history keep it', async () => {
  const { location } = await annotate({ text: 'To be taken back.' })
  expect(await main(`/en/documents/${place}?in=ar`)).toContain('To be taken back.')
  await manager.post(`${location}/withdraw`)
  expect(await main(`/en/documents/${place}?in=ar`)).not.toContain('To be taken back.')
  const list = await main(`/en/document-annotations/${exampleSymbol}?in=ar`)
  expect(list).toContain('To be taken back.')
  expect(list).toContain(text('en')('annotation.is-withdrawn'))
  const history = await main('/en/history', manager)
  expect(history).toContain(text('en')('history.annotation.made'))
  expect(history).toContain(text('en')('history.annotation.withdrawn'))
  // A second press changes nothing and is no fault.
  expect((await manager.post(`${location}/withdraw`)).status).toBe(303)
})

test('RULE-3: only the directory manager annotates, and withdraws', async () => {
  const { location } = await annotate({ text: 'Stays.' })
  const mission = await world.visitor({ role: 'mission', state: stateCode('XA') })
  expect((await mission.post(`/en/annotate/${place}?in=ar`, { text: 'No', textLanguage: 'en' })).status).toBe(
    403,
  )
  expect((await mission.post(`${location}/withdraw`)).status).toBe(403)
  expect(await main(location, mission)).not.toContain(text('en')('annotation.withdraw'))
  expect(await main(`/en/documents/${place}?in=ar`, mission)).not.toContain('/en/annotate/')
  expect(await main(`/en/documents/${place}?in=ar`)).toContain('Stays.')
})

test('CAP-12: words that do not stand in the paragraph are refused, with a sentence that says what to do', async () => {
  const { status, text: page } = await annotate({ text: 'Misread', printed: 'not printed there' })
  expect(status).toBe(422)
  expect(page).toContain(text('en')('library/printed-elsewhere'))
  // What was typed is still there.
  expect(page).toContain('not printed there')
})

test.each([
  ['nothing', { text: '  ' }, 422],
  ['too much', { text: 'x'.repeat(401) }, 422],
  ['words that are too long', { text: 'x', printed: 'x'.repeat(201) }, 422],
  ['a language that the library has not', { text: 'x', textLanguage: 'tlh' }, 422],
  ['a list for a text', { text: 'x', textLanguage: '__proto__' }, 422],
])('CAP-12: hostile: %s is refused', async (_, fields, status) => {
  expect((await annotate(fields)).status).toBe(status)
})

test.each([
  [`${exampleSymbol}/annex/1200`, 'ar'],
  [exampleSymbol, 'ar'],
  [place, 'fr'],
  [place, "ar' or true --"],
  [`${exampleSymbol}/%00`, 'ar'],
  ['%2e%2e/%2e%2e/etc', 'ar'],
  [Array.from({ length: 60 }, () => 'a').join('/'), 'ar'],
])('CAP-12: hostile: beside %s in %s there is nothing to annotate', async (address, language) => {
  const { status } = await annotate({ text: 'x' }, address, encodeURIComponent(language))
  expect(status).toBe(404)
})

test.each(['nothing', '00000000-0000-4000-8000-000000000000', '%00', "' or true --"])(
  'CAP-12: hostile: %s is no annotation, to read or to withdraw',
  async (id) => {
    expect((await manager.get(`/en/annotations/${id}`)).status).toBe(404)
    expect((await manager.post(`/en/annotations/${id}/withdraw`)).status).toBe(404)
  },
)

test('CAP-12: hostile: markup and marks of direction of an annotation are shown, and do nothing', async () => {
  await annotate({ text: '<img src=x onerror=alert(1)> \u202Eturned' })
  const page = await main(`/en/documents/${place}?in=ar`)
  expect(page).toContain('&lt;img src=x')
  expect(page).not.toContain('\u202E')
})
