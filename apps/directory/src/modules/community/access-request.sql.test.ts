import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseStateCode, type StateCode } from '@parley/kernel'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { findMission, isParticipating } from './index.ts'

let world: World
let manager: Visitor
beforeAll(async () => {
  world = await openWorld()
  manager = await world.visitor({ role: 'manager' })
})
afterAll(() => world?.close())

const note = {
  reference: 'NV/2026/17',
  receivedOn: '2026-01-05',
  email: 'mission@norvalia.example',
  telephone: '٠٠٩٩٩ ١٢٣-٤٥٦٧',
  language: 'ar',
}

test('POC-15: a request is recorded, verified, then issued; the code for the telephone is shown once', async () => {
  const state = stateCode('XB')
  const recorded = await manager.post('/en/states/XB/access-request', note)
  expect(recorded.status).toBe(303)
  const page = recorded.location
  expect((await manager.get(page)).text).toContain('+9991234567')

  const early = await manager.post(`${page}/issue`)
  expect(early.status).toBe(409)
  expect(early.text).toContain('Verify the request with the Mission first')
  expect(await ask(state)).toEqual({ participates: false, email: undefined })

  expect((await manager.post(`${page}/verify`)).status).toBe(303)
  const issued = await manager.post(`${page}/issue`)
  expect(issued.status).toBe(200)
  expect(issued.text).toMatch(/class="code"><bdi dir="ltr">\d{4}\u00a0\d{4}</)
  expect(await ask(state)).toEqual({ participates: true, email: note.email })

  expect((await manager.post(`${page}/issue`)).status).toBe(409)
  expect((await manager.get(page)).text).not.toMatch(/class="code"/)
  const own = await world.visitor({ role: 'mission', state })
  expect((await own.get('/en/our-state/contact')).text).toContain('NV/2026/17')
  const other = await world.visitor({ role: 'mission', state: stateCode('XC') })
  expect((await other.get('/en/our-state/contact')).text).not.toContain('NV/2026/17')
})

test('POC-15: a request is declined with a reason, and nothing is given', async () => {
  const { location } = await manager.post('/en/states/XD/access-request', note)
  const bare = await manager.post(`${location}/decline`, { reason: '' })
  expect(bare.status).toBe(422)
  expect((await manager.post(`${location}/decline`, { reason: 'Not from the Mission' })).status).toBe(303)
  const { text } = await manager.get(location)
  expect(text).toContain('Declined')
  expect(text).toContain('Not from the Mission')
  expect(text).not.toContain('/issue')
  expect(await ask(stateCode('XD'))).toEqual({ participates: false, email: undefined })
})

test('POC-15: nobody asks for access in a State’s name from a browser', async () => {
  const stranger = await world.visitor()
  expect((await stranger.post('/en/states/XE/access-request', note)).status).toBe(303)
  const mission = await world.visitor({ role: 'mission', state: stateCode('XE') })
  expect((await mission.post('/en/states/XE/access-request', note)).status).toBe(403)
  expect((await manager.get('/en/states/XE')).text).not.toContain(note.reference)
})

test('what is wrong is said at its field and what was typed stays', async () => {
  const wrong = { ...note, telephone: '12', receivedOn: '2027-01-01' }
  const { status, text } = await manager.post('/en/states/XE/access-request', wrong)
  expect(status).toBe(422)
  expect(text).toContain('href="#telephone"')
  expect(text).toContain('value="NV/2026/17"')
  const later = await manager.post('/en/states/XE/access-request', { ...note, receivedOn: '2999-01-01' })
  expect(later.text).toContain('href="#receivedOn"')
  expect((await manager.get('/en/states/QQ')).status).toBe(404)
  expect((await manager.get('/en/states/XE/access-request/nothing')).status).toBe(404)
})

async function ask(state: StateCode) {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => ({
    participates: await isParticipating(tx, state),
    email: (await findMission(tx, state))?.email,
  }))
}

function stateCode(text: string): StateCode {
  const code = parseStateCode(text)
  if (!code) throw new Error(`${text} is no State code`)
  return code
}
