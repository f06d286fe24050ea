import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('a regional organization sees which of its members participate, and none of their entries', async () => {
  const { code, members } = world.community.organizations.find(({ members }) => members.size > 3) ?? {}
  const member = stateCode([...(members ?? [])][0] ?? '')
  await world.participate(member)
  const name = 'A response team of this State'
  await nominate(world, member, 'technical', { name, addresses: [email('soc@member.example')] })
  const visitor = await world.visitor({ role: 'regional', organization: code ?? '' })
  expect((await visitor.get('/en/start')).location).toBe('/en/welcome')
  const page = await visitor.get('/en/welcome')
  expect(page.text.match(/>\s*Yes\s*</g)).toHaveLength(1)
  expect(page.text).not.toContain(name)
  expect((await visitor.get(`/en/find/${member}`)).status).toBe(403)
})

test('an auditor is told how to verify the history; others what will be here', async () => {
  const auditor = await (await world.visitor({ role: 'auditor' })).get('/en/welcome')
  expect(auditor.text).toContain('parley verify-history --against FILE')
  const chair = await (await world.visitor({ role: 'chair' })).get('/en/welcome')
  expect(chair.text).toContain('will be here')
})
