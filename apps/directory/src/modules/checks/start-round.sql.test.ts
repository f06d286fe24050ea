import { newId } from '@parley/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { openWorld, type World } from '../../../test/world.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { startRound } from './start-round.ts'
import { checksTables } from './store.ts'
import { codeDigest, codeOf } from './tokens.ts'

let world: World

beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

test('POC-17: two messages whose codes would be the same get different ones, and the round starts', async () => {
  const state = stateCode('XA')
  await world.participate(state)
  const addresses = ['one', 'two', 'three'].map((name) => email(`${name}@cert.example`))
  await nominate(world, state, 'technical', { addresses })
  const { keys, directory, community } = world
  // The first two codes that are asked for are one and the same.
  let asked = 0
  const crowded: Keys = {
    ...keys,
    mac: (purpose, text) => {
      if (purpose === 'code') asked += 1
      return keys.mac(purpose, purpose === 'code' && asked <= 2 ? 'the same' : text)
    },
  }
  const request = {
    actor: { role: 'duty' as const, duty: 'test' },
    now: world.clock.now(),
    requestId: newId(),
  }
  const started = await directory.performer.perform(request, (scope) =>
    startRound(scope, { keys: crowded, community }),
  )
  expect(started.ok).toBe(true)
  const messages = await directory.database.transaction({ role: 'worker' }, (tx) =>
    checksTables(tx)
      .selectFrom('checks.message')
      .select(['address', 'code_digest'])
      .orderBy('address')
      .execute(),
  )
  expect(messages.map(({ address }) => address.split('@')[0])).toEqual(['one', 'three', 'two'])
  expect(new Set(messages.map(({ code_digest }) => code_digest)).size).toBe(3)
  expect(asked).toBe(4)
  const same = codeOf({ ...keys, mac: (purpose) => keys.mac(purpose, 'the same') }, newId())
  expect(messages.map(({ code_digest }) => code_digest)).toContain(codeDigest(keys, same))
})
