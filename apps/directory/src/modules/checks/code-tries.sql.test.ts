import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { startRound } from '../../../test/start-round.ts'
import { openWorld, origin, type World } from '../../../test/world.ts'
import { delayFor, mostWaiting } from './code-tries.ts'

const sahiliya = stateCode('XA')

let world: World
beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya)
  await nominate(world, sahiliya, 'technical', { addresses: [email('duty@sahiliya.example')] })
  await startRound(world)
  await world.work('send-messages')
})
afterAll(() => world.close())

/** A stranger at a network address types a code. */
async function type(code: string, address: string): Promise<number> {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: address })
  const request = new Request(new URL('/en/answer', origin), {
    method: 'POST',
    body: new URLSearchParams({ code }),
    headers: { host: origin.host, origin: origin.origin, 'sec-fetch-site': 'same-origin' },
  })
  const answer = await world.directory.street.fetch(request, { incoming: new IncomingMessage(socket) })
  return answer.status
}

const wrong = '000000000000'

test('POC-17: hostile: under a flood of guesses a stranger with the right code waits and is heard, others are not held up', async () => {
  const guesses = Array.from({ length: 200 }, (_, index) => type(wrong, `192.0.2.${index}`))
  expect(new Set(await Promise.all(guesses))).toEqual(new Set([404]))

  const began = Date.now()
  const code = /checks\/(\d{12})/.exec(world.sent[0]?.text ?? '')?.[1] ?? ''
  const answered = type(code, '198.51.100.1')
  const waiting = Array.from({ length: mostWaiting - 1 }, (_, index) => type(wrong, `203.0.113.${index}`))
  let isOver = false
  void answered.then(() => (isOver = true))
  // The embedded database has one connection: whoever waited with it in hand would hold up everybody.
  const manager = await world.visitor({ role: 'manager' })
  expect((await manager.get('/en/rounds')).status).toBe(200)
  expect((await manager.post('/en/answer', { code: wrong })).status).toBe(404)
  expect(await type(wrong, '198.51.100.2')).toBe(429)
  expect(isOver).toBe(false)

  expect(await answered).toBe(303)
  expect(Date.now() - began).toBeGreaterThanOrEqual(delayFor - 50)
  expect(new Set(await Promise.all(waiting))).toEqual(new Set([404]))
})
