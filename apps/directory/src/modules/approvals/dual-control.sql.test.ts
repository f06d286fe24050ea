import { hour, minute } from '@parley/kernel'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { stateOf } from '../../../test/people.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { runCommand } from '../../platform/command.ts'

const sahiliya = stateOf('XA')
let world: World
let first: Visitor
let second: Visitor
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  // Proof lasts ten minutes: each test has two managers who have just come in.
  first = await world.visitor({ role: 'manager' })
  second = await world.visitor({ role: 'manager' })
})

const address = {
  reference: 'NV/2026/44',
  email: 'mission@sahiliya.example',
  telephone: '+99955500001',
  language: 'ar',
}

async function askForAddress(by: Visitor, email: string): Promise<string> {
  const asked = await by.post('/en/states/XA/mission', { ...address, email })
  expect(asked.status).toBe(303)
  expect(asked.location).toMatch(/^\/en\/approvals\/[0-9a-f-]{36}$/)
  return asked.location
}

async function missionEmail(): Promise<string> {
  return (await first.get('/en/states/XA')).text
}

test('POC-15: the address of a Mission changes when a second manager has seen the exact change and approved', async () => {
  const request = await askForAddress(first, 'new-mission@sahiliya.example')
  expect(await missionEmail()).not.toContain('new-mission@sahiliya.example')
  const seen = await second.get(request)
  for (const value of [address.reference, 'new-mission@sahiliya.example', address.telephone])
    expect(seen.text).toContain(value)
  const approved = await second.post(`${request}/approve`)
  expect(approved).toMatchObject({ status: 303, location: '/en/states/XA' })
  expect(await missionEmail()).toContain('new-mission@sahiliya.example')
})

test('whoever asked does not decide, and nothing is approved twice', async () => {
  const request = await askForAddress(first, 'twice@sahiliya.example')
  expect((await first.post(`${request}/approve`)).status).toBe(403)
  expect((await first.post(`${request}/decline`)).status).toBe(403)
  expect(await missionEmail()).not.toContain('twice@sahiliya.example')
  expect((await second.post(`${request}/approve`)).status).toBe(303)
  expect((await second.post(`${request}/approve`)).status).toBe(409)
})

test('a request is declined by another manager, and withdrawn by the one who asked', async () => {
  const declined = await askForAddress(first, 'declined@sahiliya.example')
  expect((await second.post(`${declined}/withdraw`)).status).toBe(403)
  expect((await second.post(`${declined}/decline`)).status).toBe(303)
  const withdrawn = await askForAddress(first, 'withdrawn@sahiliya.example')
  expect((await first.post(`${withdrawn}/withdraw`)).status).toBe(303)
  for (const each of [declined, withdrawn]) expect((await second.post(`${each}/approve`)).status).toBe(409)
  expect(await missionEmail()).not.toMatch(/(declined|withdrawn)@sahiliya/)
})

test('a request lapses after seven days', async () => {
  const request = await askForAddress(first, 'lapsed@sahiliya.example')
  world.clock.advance(7 * 24 * hour + minute)
  const later = await world.visitor({ role: 'manager' })
  expect((await later.get(request)).text).toContain('Lapsed')
  expect((await later.post(`${request}/approve`)).status).toBe(409)
})

test('the same is not asked for twice at a time', async () => {
  await askForAddress(first, 'same@sahiliya.example')
  const again = await second.post('/en/states/XA/mission', { ...address, email: 'same@sahiliya.example' })
  expect(again.status).toBe(409)
})

test('asking and approving need a proof of identity that is no older than ten minutes', async () => {
  const request = await askForAddress(first, 'proof@sahiliya.example')
  world.clock.advance(11 * minute)
  expect((await second.post(`${request}/approve`)).status).toBe(403)
  expect(
    (await first.post('/en/states/XA/mission', { ...address, email: 'p2@sahiliya.example' })).status,
  ).toBe(403)
})

test('the other managers are told by mail that something waits, and not what', async () => {
  await world.work('relay')
  world.sent.length = 0
  const request = await askForAddress(first, 'told@sahiliya.example')
  await world.work('relay')
  const mails = world.sent.filter(({ text }) => text.includes(request))
  expect(mails.length).toBeGreaterThan(0)
  for (const mail of mails) expect(mail.text).not.toContain('told@sahiliya.example')
})

test('POC-15: access is given by two managers; the second is shown the code for the telephone, once', async () => {
  const recorded = await first.post('/en/states/XC/access-request', {
    reference: 'NV/2026/45',
    receivedOn: '2026-01-05',
    email: 'mission@xc.example',
    telephone: '+99955500002',
    language: 'es',
  })
  await first.post(`${recorded.location}/verify`)
  const asked = await first.post(`${recorded.location}/issue`)
  expect(asked.location).toContain('/en/approvals/')
  expect((await first.get('/en/states/XC')).text).toContain('Not participating')
  const issued = await second.post(`${asked.location}/approve`)
  expect(issued.status).toBe(200)
  expect(issued.text).toMatch(/\d{4}\u00a0\d{4}/)
  expect((await first.get('/en/states/XC')).text).toContain('Participating since')
})

test('POC-05: access is ended against a State’s will by two managers; its users are out at once and the Mission is told why', async () => {
  await world.participate(stateOf('XD'))
  const user = await world.visitor({ role: 'mission', state: stateOf('XD') })
  const email = 'mission@xd.example'
  const contact = { email, telephone: '+99955500003', language: 'fr' }
  await second.post(
    `${(await first.post('/en/states/XD/mission', { ...contact, reference: 'NV/1' })).location}/approve`,
  )
  const asked = await first.post('/en/states/XD/end-access', { reason: 'The note verbale was forged' })
  expect((await user.get('/en/our-state')).status).toBe(200)
  await second.post(`${asked.location}/approve`)
  expect((await user.get('/en/our-state')).status).toBe(303)
  world.sent.length = 0
  await world.work('relay')
  const [told] = world.sent.filter(({ to, text }) => to === email && text.includes('forged'))
  expect(told?.language).toBe('fr')
})

test('RULE-9: the State reads in its history what was asked for about it, who decided, and what was done', async () => {
  await world.participate(sahiliya)
  const request = await askForAddress(first, 'history@sahiliya.example')
  await second.post(`${request}/approve`)
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  const { text } = await mission.get('/en/our-history')
  expect(text).toContain('A manager asked for an act that needs two')
  expect(text).toContain('A second manager approved what was asked for')
  expect(text).toContain('The contact of the Mission was changed')
})

test('RULE-9: dual control is switched off by two managers, and every State is shown that it was', async () => {
  const asked = await first.post('/en/approvals/switch-off')
  expect(asked.location).toContain('/en/approvals/')
  await second.post(`${asked.location}/approve`)
  expect((await first.get('/en/approvals')).text).toContain('Dual control is off')
  const alone = await first.post('/en/states/XA/mission', { ...address, email: 'alone@sahiliya.example' })
  expect(alone.location).toBe('/en/states/XA')
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  expect((await mission.get('/en/our-history')).text).toContain('Dual control was switched off')
  await first.post('/en/approvals/switch-on')
  expect((await first.get('/en/approvals')).text).toContain('Dual control is on')
})

test('a single manager acts alone; from the second one on two are needed, also where one leaves again', async () => {
  const small = await openWorld()
  try {
    const only = await small.visitor({ role: 'manager' })
    expect((await only.post('/en/states/XA/mission', address)).location).toBe('/en/states/XA')
    await small.visitor({ role: 'manager' })
    const more = { ...address, email: 'two@sahiliya.example' }
    expect((await only.post('/en/states/XA/mission', more)).location).toContain('/en/approvals/')
    const said: string[] = []
    const scope = {
      performer: small.directory.performer,
      clock: small.clock,
      say: (line: string) => said.push(line),
      readFile: () => '',
      readBytes: () => new Uint8Array(),
      writeFile: async () => undefined,
      pathOf: (name: string) => name,
    }
    expect(await runCommand(small.directory.commands, scope, ['dual-control', 'off'])).toBe(1)
    await small.directory.database.transaction({ role: 'worker' }, async (tx) => {
      await tx
        .withTables<{ 'accounts.holding': { ended_at: Date | null; since: Date } }>()
        .updateTable('accounts.holding')
        .set({ ended_at: small.clock.now() })
        .where('ended_at', 'is', null)
        .execute()
    })
    const last = await small.visitor({ role: 'manager' })
    const third = { ...address, email: 'three@sahiliya.example' }
    expect((await last.post('/en/states/XA/mission', third)).location).toContain('/en/approvals/')
    expect(await runCommand(small.directory.commands, scope, ['dual-control', 'off'])).toBe(0)
    expect(
      (await last.post('/en/states/XA/mission', { ...third, email: 'four@sahiliya.example' })).location,
    ).toBe('/en/states/XA')
  } finally {
    await small.close()
  }
})
