import { afterAll, beforeAll, expect, test } from 'vitest'
import { day, minute, parseStateCode, type StateCode } from '@parley/kernel'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'

let world: World
let manager: Visitor
const state = stateCode('XA')
beforeAll(async () => {
  world = await openWorld()
  manager = await world.visitor({ role: 'manager' })
  await world.participate(state)
})
afterAll(() => world?.close())

test('RULE-9: the manager’s reading of a State page is one line a day in that State’s history', async () => {
  await manager.get('/en/states/XA')
  await manager.get('/ar/states/XA')
  await (await world.visitor({ role: 'manager' })).get('/en/states/XA')
  const mission = await world.visitor({ role: 'mission', state })
  expect(timesRead((await mission.get('/en/our-history')).text)).toBe(2)
  world.clock.advance(day)
  manager = await world.visitor({ role: 'manager' })
  await manager.get('/en/states/XA')
  const later = await world.visitor({ role: 'mission', state })
  expect(timesRead((await later.get('/en/our-history')).text)).toBe(3)
})

test('RULE-9: the history of another State does not show it', async () => {
  const other = await world.visitor({ role: 'mission', state: stateCode('XB') })
  expect(timesRead((await other.get('/en/our-history')).text)).toBe(0)
})

test('A 8: the Mission names the competent authority, changes it and takes it back', async () => {
  const mission = await world.visitor({ role: 'mission', state })
  const named = {
    authorityName: 'Cyber Authority',
    authorityEmail: 'duty@sahiliya.example',
    authorityTelephone: '',
  }
  expect((await mission.post('/en/our-state/competent-authority', named)).status).toBe(303)
  expect((await manager.get('/en/states/XA')).text).toContain('duty@sahiliya.example')
  const unnamed = await mission.post('/en/our-state/competent-authority', { ...named, authorityName: '' })
  expect(unnamed.status).toBe(422)
  expect(unnamed.text).toContain('href="#authorityName"')
  expect((await mission.post('/en/our-state/competent-authority')).status).toBe(303)
  expect((await manager.get('/en/states/XA')).text).not.toContain('duty@sahiliya.example')
})

test('the Mission sets its own address, telephone and language', async () => {
  const mission = await world.visitor({ role: 'mission', state })
  const fields = { email: 'mission@sahiliya.example', telephone: '+999 (12) 345-678', language: 'ar' }
  expect((await mission.post('/ar/our-state/contact', fields)).location).toBe('/ar/our-state/contact?saved')
  const { text } = await mission.get('/en/our-state/contact')
  expect(text).toContain('value="+99912345678"')
  const wrong = await mission.post('/en/our-state/contact', { ...fields, email: 'nowhere' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('value="nowhere"')
})

test('whoever left a browser open for a quarter of an hour proves anew before contact data change', async () => {
  const mission = await world.visitor({ role: 'mission', state })
  world.clock.advance(15 * minute)
  const fields = { email: 'other@sahiliya.example', telephone: '', language: 'ar' }
  expect((await mission.post('/en/our-state/contact', fields)).status).toBe(403)
  expect((await mission.post('/en/leave', { sure: 'yes' })).status).toBe(403)
  expect((await mission.get('/en/our-state/contact')).text).toContain('mission@sahiliya.example')
})

test('POC-05: a State leaves by its own act, at once, when it confirms', async () => {
  manager = await world.visitor({ role: 'manager' })
  const mission = await world.visitor({ role: 'mission', state })
  expect((await mission.get('/en/leave')).text).toContain('Sahiliya leaves the directory')
  expect((await mission.post('/en/leave')).status).toBe(422)
  expect((await manager.get('/en/states/XA')).text).toContain('Participating since')
  expect((await mission.post('/en/leave', { sure: 'yes' })).text).toContain('Your State has left')
  expect((await manager.get('/en/states/XA')).text).toContain('Not participating')
  const other = await world.visitor({ role: 'mission', state })
  expect((await other.post('/en/leave', { sure: 'yes' })).status).toBe(409)
})

test('POC-05: nobody leaves for a State, not the manager and not its POCs', async () => {
  const technical = await world.visitor({ role: 'poc', kind: 'technical', state })
  expect((await technical.post('/en/leave', { sure: 'yes' })).status).toBe(403)
  expect((await manager.post('/en/leave', { sure: 'yes' })).status).toBe(403)
})

function timesRead(text: string): number {
  return text.split('The page of the State was read').length - 1
}

function stateCode(text: string): StateCode {
  const code = parseStateCode(text)
  if (!code) throw new Error(`${text} is no State code`)
  return code
}
