import { afterAll, beforeAll, expect, test } from 'vitest'
import { locales } from '@parley/kernel'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'

let world: World
let manager: Visitor
beforeAll(async () => {
  world = await openWorld()
  const sahiliya = stateCode('XA')
  await world.participate(sahiliya)
  await nominate(world, sahiliya, 'technical', { addresses: [email('poc@cert.example')] })
  manager = await world.visitor({ role: 'manager' })
})
afterAll(() => world.close())

async function heard() {
  const before = world.sent.length
  for (let run = 0; run < 3; run += 1) await world.work('relay')
  return world.sent.slice(before)
}

test.each(locales)(
  'POC-17: the message is previewed as it is sent, and a test of it answers nothing (%s)',
  async (language) => {
    await manager.post('/en/next-round/message', { language })
    const [tested, ...others] = await heard()
    expect(others).toEqual([])
    expect(tested?.to).toMatch(/@person\.example$/)
    expect(tested?.subject).toMatch(/^\[.+\] /)
    expect(tested?.language).toBe(language)
    const shown = (await manager.get(`/en/next-round/message?language=${language}`)).text
    for (const line of tested?.text.split('\n\n').slice(1, 4) ?? [])
      expect(shown).toContain(line.replaceAll("'", '&#39;').replaceAll('"', '&quot;'))
    const code = /checks\/(\d{12})/.exec(tested?.text ?? '')?.[1] ?? ''
    expect((await (await world.visitor()).post(`/en/checks/${code}`)).status).toBe(404)
  },
)

test('POC-17: who gets what leads to the message in the language of each entry', async () => {
  const { text } = await manager.get('/ar/next-round')
  const [, address = ''] = /href="([^"]*next-round\/message\?language=[a-z]+)"/.exec(text) ?? []
  const language = address.slice(-2)
  expect((await manager.get(address)).text).toMatch(new RegExp(`<div class="card" lang="${language}"`))
})

test('POC-17: a test message during a round answers nothing of it either', async () => {
  await pressStart(manager)
  await world.work('send-messages')
  await manager.post('/en/next-round/message', { language: 'en' })
  const mail = (await heard()).find(({ subject }) => subject.startsWith('[TEST]'))
  const code = /checks\/(\d{12})/.exec(mail?.text ?? '')?.[1] ?? ''
  expect((await (await world.visitor()).post(`/en/checks/${code}`)).status).toBe(404)
})

test('a check is sent as a program sends mail: no desk or absence note needs to answer it', async () => {
  const check = world.sent.find(({ to }) => to === 'poc@cert.example')
  expect(check?.headers).toMatchObject({ 'Auto-Submitted': 'auto-generated' })
  expect(check?.html).not.toMatch(/<(img|script|style|link)|src=/)
})

test('a preview in a language that nobody speaks here is shown in the page’s own', async () => {
  const { status, text } = await manager.get('/fr/next-round/message?language="><script>')
  expect(status).toBe(200)
  expect(text).not.toContain('"><script>')
})
