import { day, newId } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stateOf } from '../../../test/people.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { endUsersOfState } from './end-users-of-state.ts'
import type { AccountsTables } from './tables.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

function stored(): Promise<string> {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const tables = tx.withTables<AccountsTables & { 'history.content': { content: unknown } }>()
    return JSON.stringify([
      await tables.selectFrom('accounts.account').selectAll().execute(),
      await tables.selectFrom('accounts.session').selectAll().execute(),
      await tables.selectFrom('accounts.invitation').selectAll().execute(),
      await tables.selectFrom('history.content').select('content').execute(),
    ])
  })
}

test('POC-05: with a State that leaves, its sessions, roles and invitations end at once, and no other’s', async () => {
  const [leaving, staying] = [stateOf('XC'), stateOf('XD')]
  const mission = await world.visitor({ role: 'mission', state: leaving })
  const other = await world.visitor({ role: 'mission', state: staying })
  const email = 'about-to@xc.example'
  await mission.post('/en/our-users', { name: 'Nearly There', email, role: 'technical', language: 'en' })
  await world.directory.database.transaction(
    { role: 'participant', state: leaving, account: newId() },
    (tx) => endUsersOfState(tx, world.clock.now(), leaving),
  )
  expect((await mission.get('/en/my-account')).status).toBe(303)
  expect((await other.get('/en/my-account')).status).toBe(200)
  await world.work('relay')
  expect(world.sent.map(({ to }) => to)).not.toContain(email)
})

test('30 days after the last role ended a person is a number, and so is an invitation that nobody took up', async () => {
  const state = stateOf('XA')
  const mission = await world.visitor({ role: 'mission', state })
  await world.visitor({ role: 'poc', kind: 'technical', state })
  const email = 'never-came@sahiliya.example'
  await mission.post('/en/our-users', { name: 'Never Came', email, role: 'technical', language: 'en' })
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    endUsersOfState(tx, world.clock.now(), state),
  )
  await world.work('accounts.forget')
  expect(await stored()).toContain('Test Person')
  world.clock.advance(38 * day)
  const kept = await world.visitor({ role: 'poc', kind: 'technical', state: stateOf('XB') })
  await world.work('accounts.forget')
  const left = await stored()
  expect(left).toContain('forgotten:')
  expect(left).not.toContain('never-came')
  expect(left).not.toContain('Never Came')
  // The Mission that stayed, the one who came now, and the latter's session.
  expect(left.split('Test Person')).toHaveLength(1 + 3)
  expect((await kept.get('/en/my-account')).status).toBe(200)
})
