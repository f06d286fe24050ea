import { minute } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'
import { openKeys } from '../../platform/config/keys.ts'
import { issueTicket, isTicket, spendTicket } from './ticket.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('a ticket holds for its purpose, its time and this program, and for nothing else', () => {
  const { keys, clock } = world
  const now = clock.now()
  const ticket = issueTicket(keys, 'sign-in', now, minute)
  expect(isTicket(keys, 'sign-in', now, ticket)).toBe(true)
  expect(isTicket(keys, 'enrol', now, ticket)).toBe(false)
  expect(isTicket(keys, 'sign-in', new Date(now.getTime() + minute), ticket)).toBe(false)
  expect(isTicket(openKeys('the secret of another program, as long'), 'sign-in', now, ticket)).toBe(false)
  const changed = (ticket.startsWith('A') ? 'B' : 'A') + ticket.slice(1)
  for (const wrong of ['', 'x', changed, ticket.slice(0, -4), `${ticket}AAAA`])
    expect(isTicket(keys, 'sign-in', now, wrong)).toBe(false)
})

test('a ticket is spent once, also by two at the same moment', async () => {
  const { keys, clock, directory } = world
  const ticket = issueTicket(keys, 'sign-in', clock.now(), minute)
  const spend = () =>
    directory.database.transaction({ role: 'public' }, (tx) => spendTicket(tx, keys, ticket))
  expect((await Promise.all([spend(), spend(), spend()])).filter(Boolean)).toHaveLength(1)
})
