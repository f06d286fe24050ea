import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, nominate, phone, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'

const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')

let world: World
let stranger: Visitor
let code: string
let other: string
let foreign: string

beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, norvalia)
  await nominate(world, sahiliya, 'technical', {
    name: 'CERT Sahiliya',
    addresses: [email('poc@cert.sahiliya.example')],
  })
  const desk = await nominate(world, sahiliya, 'diplomatic', {
    name: 'Cyber desk',
    personName: 'Noor Planted',
    addresses: [email('desk@mfa.sahiliya.example'), phone('+99955022117')],
  })
  await nominate(world, sahiliya, 'diplomatic', {
    name: 'Quiet office',
    cardOnly: ['entityName'],
    addresses: [phone('+99955022118')],
  })
  const away = await nominate(world, norvalia, 'technical', { addresses: [phone('+99955022119')] })
  other = desk.id
  foreign = away.id
  const manager = await world.visitor({ role: 'manager' })
  await pressStart(manager)
  await world.work('send-messages')
  const mail = world.sent.find(({ to }) => to === 'poc@cert.sahiliya.example')
  code = /checks\/(\d{12})/.exec(mail?.text ?? '')?.[1] ?? ''
  stranger = await world.visitor()
})
afterAll(() => world.close())

test('POC-17: before the answer nothing is offered, and naming another entry is refused', async () => {
  for (const page of [
    await stranger.get(`/en/checks/${code}`),
    await stranger.get(`/en/checks/${code}/thanks`),
  ])
    expect(page.text).not.toContain('Cyber desk')
  expect((await stranger.post(`/en/checks/${code}/instead`, { entry: other })).status).toBe(409)
})

test('POC-17: the thanks page names the other entries of the State by kind and entity alone', async () => {
  await stranger.post(`/en/checks/${code}`)
  const page = await stranger.get(`/en/checks/${code}/thanks`)
  expect(page.text).toContain('Cyber desk')
  for (const hidden of [
    'CERT Sahiliya',
    'Quiet office',
    'Norvalia',
    'Sahiliya<',
    '@',
    'Noor Planted',
    '+999',
  ])
    expect(page.text).not.toContain(hidden)
})

test('POC-17: an entry of another State, this one itself and nonsense are refused', async () => {
  for (const entry of [foreign, code, "' or 1=1 --", '']) {
    const refused = await stranger.post(`/en/checks/${code}/instead`, { entry })
    expect(refused.status).toBe(422)
    expect(refused.text).not.toContain('+999')
  }
  expect((await stranger.post('/en/checks/000000000000/instead', { entry: other })).status).toBe(404)
})

test('POC-17: the State and the manager are told which entry should answer, and nothing else changes', async () => {
  expect((await stranger.post(`/ar/checks/${code}/instead`, { entry: other })).status).toBe(303)
  expect((await stranger.get(`/ar/checks/${code}/thanks`)).text).toContain('هذا القيد هو الذي ينبغي أن يرد')
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  expect((await mission.get('/en/our-checks')).text).toContain('Should answer instead')
  expect((await mission.get('/en/our-history')).text).toContain('another entry of the State should answer')
  const manager = await world.visitor({ role: 'manager' })
  const round = /href="(\/en\/rounds\/[0-9a-f-]{36})"/.exec((await manager.get('/en/rounds')).text)?.[1] ?? ''
  expect((await manager.get(round)).text).toContain('says another entry should answer')
  expect((await manager.get('/en/states/XA')).text).toContain('Cyber desk')
})
