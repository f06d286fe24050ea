import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId, parseStateCode, type StateCode } from '@parley/kernel'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { type Act } from '../../platform/history/record.ts'
import { done } from '../../platform/action.ts'

let world: World
let manager: Visitor
const [sahiliya, norvalia] = [stateCode('XA'), stateCode('XB')]
beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, norvalia)
  manager = await world.visitor({ role: 'manager' })
})
afterAll(() => world?.close())

test('the manager reads every line and filters by State', async () => {
  await record({
    verb: 'mission.changed',
    subject: 'mission:XA',
    state: sahiliya,
    content: { language: 'ar' },
  })
  await record({ verb: 'competent-authority.changed', subject: 'competent-authority:XB', state: norvalia })
  const all = await manager.get('/en/history')
  expect(all.text).toContain('The contact of the Mission was changed')
  expect(all.text).toContain('The competent authority was changed')
  const one = await manager.get('/en/history?state=XB')
  expect(one.text).not.toContain('The contact of the Mission was changed')
  expect(one.text).toContain('The competent authority was changed')
})

test('RULE-9: a State reads its own lines, with what was written, and those of no other', async () => {
  const own = await (await world.visitor({ role: 'mission', state: sahiliya })).get('/ar/our-history')
  expect(own.text).toContain('غُيرت بيانات الاتصال بالبعثة')
  expect(own.text).toContain('<bdi dir="ltr">language</bdi>')
  expect(own.text).not.toContain('غُيرت السلطة المختصة')
  const other = await (
    await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  ).get('/en/our-history?state=XA')
  expect(other.text).toContain('The competent authority was changed')
  expect(other.text).not.toContain('The contact of the Mission was changed')
})

test('a verb that no language file knows is shown as written', async () => {
  await record({ verb: 'something.new', subject: 'thing:1' })
  expect((await manager.get('/en/history')).text).toContain('<bdi dir="ltr">something.new</bdi>')
})

test('a refused attempt is a line with its reason, and says nothing of whose matter it was', async () => {
  const outside = await world.visitor({ role: 'mission', state: stateCode('XC') })
  await outside.post('/en/leave', { sure: 'yes' })
  expect((await manager.get('/en/history')).text).toMatch(
    /refused:\s*<bdi dir="ltr">community\/not-participating/,
  )
})

test('older lines follow page by page, each once', async () => {
  const [first, ...others] = Array.from({ length: 100 }, (_, number) => ({
    verb: `v${number}`,
    subject: 'many:1',
    state: norvalia,
  }))
  if (!first) throw new Error('no act')
  await record(first, ...others)
  const seen: string[] = []
  let address = '/en/history?state=XB'
  for (let pages = 0; address !== '' && pages < 10; pages += 1) {
    const { text } = await manager.get(address)
    seen.push(...[...text.matchAll(/<bdi dir="ltr">(v\d+)</g)].map(([, verb = '']) => verb))
    address = /<a href="([^"]+)">Older lines</.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
  }
  expect(seen.sort()).toEqual([first, ...others].map(({ verb }) => verb).sort())
  expect((await manager.get('/en/history?before=nonsense')).status).toBe(200)
})

test('POC-16: anybody sees the newest checkpoint, and it is the same on the overview and in its short form', async () => {
  const stranger = await world.visitor()
  expect((await stranger.get('/en/checkpoint')).text).toContain('No checkpoint yet')
  expect((await stranger.get('/en/checkpoint/file')).status).toBe(404)
  await world.work('seal', 'checkpoint')
  const { text } = await stranger.get('/en/checkpoint')
  expect(text).toMatch(/parley checkpoint\nseq \d+\nhash [0-9a-f]{64}\nat 2026-11-23T/)
  const [short = ''] = /\d+:[0-9a-f]{16}/.exec(text) ?? []
  expect((await stranger.get('/ar')).text).toContain(short)
  expect((await stranger.get('/en/history')).status).toBe(303)
  expect((await stranger.get('/en/our-history')).status).toBe(303)
})

test('RULE-9: what the public page shows, and the file that anybody takes from it, verify the history', async () => {
  const auditor = await world.visitor({ role: 'auditor' })
  expect((await auditor.get('/en/welcome')).text).toContain('href="/en/checkpoint/file"')
  const stranger = await world.visitor()
  const taken = await stranger.get('/en/checkpoint/file')
  expect(taken.headers.get('content-disposition')).toMatch(/^attachment; filename="checkpoint-\d+\.txt"$/)
  const shown = /<pre[^>]*>([^<]+)</.exec((await stranger.get('/en/checkpoint')).text)?.[1] ?? ''
  for (const file of [shown, taken.text, taken.text.replaceAll('\n', '\r\n')])
    expect(await verifyAgainst(file)).toEqual([0, expect.stringContaining('of those kept elsewhere: 1')])
  expect((await verifyAgainst('nothing'))[0]).toBe(1)
  const forged = taken.text.replace(/hash [0-9a-f]{8}/, 'hash 00000000')
  expect((await verifyAgainst(forged))[0]).toBe(1)
})

async function verifyAgainst(file: string): Promise<readonly [number | undefined, string]> {
  const command = world.directory.commands.find(({ name }) => name === 'verify-history')
  const said: string[] = []
  const scope = {
    performer: world.directory.performer,
    clock: world.clock,
    say: (line: string) => said.push(line),
    pathOf: (name: string) => name,
    readFile: () => file,
    readBytes: () => new Uint8Array(),
    writeFile: async () => undefined,
  }
  return [await command?.run(scope, ['--against', 'kept']), said.join()]
}

async function record(...acts: readonly [Act, ...Act[]]): Promise<void> {
  const actor = { role: 'duty', duty: 'test' } as const
  const request = { now: world.clock.now(), actor, requestId: newId() }
  await world.directory.performer.perform(request, async () => done(undefined, acts))
}

function stateCode(text: string): StateCode {
  const code = parseStateCode(text)
  if (!code) throw new Error(`${text} is no State code`)
  return code
}
