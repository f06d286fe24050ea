import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { stateCode } from '../../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../../test/world.ts'
import type { LibraryTables } from '../tables.ts'

let world: World
let manager: Visitor
beforeAll(async () => {
  world = await openWorld()
  manager = await world.visitor({ role: 'manager' })
})
afterAll(() => world.close())
beforeEach(() =>
  world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const tables = tx.withTables<LibraryTables>()
    await tables.deleteFrom('library.document').execute()
    await tables.deleteFrom('library.waiting').execute()
  }),
)

const path = '/en/documents/import'
const report = (symbol = 'A/901/3', second = 'It rested.') =>
  `${symbol}\n4 August 2846\nReport of the Group on Desks\n\n1. It met, as in A/900/1.\n\n2. ${second}\n`

test('CAP-12: what was recognised is shown before it is kept, and kept by a press', async () => {
  const shown = await bring([['report.txt', report()]])
  expect(shown.status).toBe(200)
  for (const expected of ['A/901/3', 'report.txt', 'Paragraphs: 2', 'Report', '4 August 2846', 'New'])
    expect(shown.text).toContain(expected)
  expect((await manager.get('/en/documents/A/901/3')).status).toBe(404)
  expect((await manager.get(path)).text).toContain('A/901/3')
  const kept = await press(shown.text, 'keep')
  expect(kept.location).toBe('/en/documents/A/901/3?in=en#A/901/3')
  expect((await manager.get('/en/documents/A/901/3')).status).toBe(200)
  expect((await manager.get(path)).text).not.toContain('A/901/3')
  expect(await listActs()).toContain('document.kept')
})

test('CAP-12: what is left out is gone, and nothing of it is in the library', async () => {
  const shown = await bring([['report.txt', report()]])
  expect((await press(shown.text, 'leave-out')).location).toBe(path)
  expect((await manager.get(path)).text).not.toContain('A/901/3')
  expect((await manager.get('/en/documents/A/901/3')).status).toBe(404)
})

test('CAP-12: one that cannot be read loses no other, and all are kept at once', async () => {
  const shown = await bring([
    ['one.txt', report()],
    ['two.txt', report()],
    ['three.docx', report('A/901/4')],
    ['four.md', report('A/901/5')],
  ])
  expect(shown.status).toBe(422)
  expect(shown.text).toContain('Two files are given as A/901/3 in one language')
  expect(shown.text).toContain('The content of three.docx is not what its name says')
  expect(shown.text).toContain('Keep all: 2')
  const ids = [...shown.text.matchAll(/name="waiting" value="([^"]+)"/g)].map(([, id = '']) => id)
  expect((await manager.post(`${path}/keep`, { waiting: [...new Set(ids)] })).location).toBe('/en/documents')
  for (const symbol of ['A/901/3', 'A/901/5'])
    expect((await manager.get(`/en/documents/${symbol}`)).status).toBe(200)
})

test('CAP-12: it says what is there already, and what would be replaced', async () => {
  await press((await bring([['report.txt', report()]])).text, 'keep')
  expect((await bring([['report.txt', report()]])).text).toContain('In the library already')
  expect((await bring([['report.txt', report('A/901/3', 'It slept.')]])).text).toContain(
    'Replaces what is in the library',
  )
})

test('CAP-12: a manifest overrides; what it says against the text is doubted in the words of the text', async () => {
  const manifest = { file: 'a.txt', symbol: 'A/901/6', language: 'zh', kind: 'report' }
  const shown = await bring(
    [['a.txt', 'تقرير الفريق \u202e<b>\n\n1 - اجتمع الفريق في القاعة الكبرى.\n']],
    JSON.stringify({ documents: [manifest] }),
  )
  expect(shown.text).toContain('The text seems to be in another language than was told')
  expect(shown.text).toMatch(/<bdi lang="zh" dir="ltr">تقرير الفريق ⟨U\+202E⟩&lt;b&gt;<\/bdi>/)
  expect(shown.text).toContain('1 invisible marks of writing direction')
})

test.each([
  ['no file', [], undefined, 'Choose at least one file.'],
  ['a manifest that is none', [['a.txt', report()]], '{', 'The manifest is not valid JSON.'],
  [
    'a manifest of other files',
    [['a.txt', report()]],
    '{"documents":[]}',
    'The manifest cannot be read here',
  ],
] as const)('CAP-12: %s is refused beside its field', async (_, files, manifest, sentence) => {
  const refused = await bring(files, manifest)
  expect(refused.status).toBe(422)
  expect(refused.text).toContain(sentence)
  expect(refused.text).toMatch(/href="#(?:documents|manifest)-file"/)
})

test('CAP-12: a symbol that the same file prints as what it cites leads to itself without harm', async () => {
  const shown = await bring([['self.txt', report('A/901/3', 'It recalls A/901/3, para. 2.')]])
  const kept = await press(shown.text, 'keep')
  expect((await manager.get(kept.location)).status).toBe(200)
  expect((await manager.get('/en/concordance')).text).not.toContain('/concordance/A/901/3')
})

describe('a body is held to its limit before anything of it is read', () => {
  const multipart = { 'content-type': 'multipart/form-data; boundary=x' }
  const announced = { ...multipart, 'content-length': '51000001' }

  test.each([
    ['a stranger is asked to sign in', undefined, 303],
    ['a Mission may not', { role: 'mission', state: stateCode('XA') }, 403],
  ] as const)('RULE-2: %s', async (_, holding, status) => {
    await world.participate(stateCode('XA'))
    const visitor = await world.visitor(holding)
    const { stream, pulled } = endless()
    expect((await visitor.send(path, stream, multipart)).status).toBe(status)
    expect(pulled()).toBeLessThanOrEqual(1)
    expect((await visitor.get(path)).status).toBe(status)
  })

  test('CAP-12: what announces more than 50 MB is not read', async () => {
    const { stream, pulled } = endless()
    const refused = await manager.send(path, stream, announced)
    expect(refused.status).toBe(413)
    expect(refused.text).toContain('larger than 50 MB')
    expect(pulled()).toBeLessThanOrEqual(1)
  })

  test('CAP-12: what announces nothing is cut off at 50 MB', async () => {
    const { stream, pulled } = endless()
    expect((await manager.send(path, stream, multipart)).status).toBe(413)
    expect(pulled()).toBeLessThan(60)
  })

  test('other forms still take one megabyte', async () => {
    const { stream } = endless()
    expect((await manager.send(`${path}/keep`, stream, multipart)).status).toBe(413)
  })
})

/** A megabyte at a time, without end; how often somebody asked for the next one. */
function endless() {
  let count = 0
  const stream = new ReadableStream({
    pull: (controller) => {
      count += 1
      controller.enqueue(new Uint8Array(1_000_000))
    },
  })
  return { stream, pulled: () => count }
}

function bring(files: readonly (readonly [name: string, text: string])[], manifest?: string) {
  const data = new FormData()
  for (const [name, text] of files) data.append('documents', new File([text], name))
  if (manifest !== undefined) data.append('manifest', new File([manifest], 'manifest.json'))
  return manager.send(path, data)
}

/** The button of the only document that waits. */
function press(shown: string, which: 'keep' | 'leave-out') {
  const [, waiting = ''] = /name="waiting" value="([^"]+)"/.exec(shown) ?? []
  return manager.post(`${path}/${which}`, { waiting })
}

async function listActs(): Promise<readonly string[]> {
  const rows = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    tx.withTables<{ 'history.act': { verb: string } }>().selectFrom('history.act').select('verb').execute(),
  )
  return rows.map(({ verb }) => verb)
}
