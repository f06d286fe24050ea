// A Directory that does one step and may be struck dead in the middle of it. Orders come in as one line of JSON.
import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { createInterface } from 'node:readline'
import { openOutbound, type Outbound } from '@parley/mail'
import { settableClock } from '@parley/testkit'
import { run } from '../../src/run.ts'
import { openLog } from '../../src/platform/telemetry/log.ts'
import { openWorld } from '../world.ts'
import { openPlace, type Orders } from './orders.ts'
import { arm, around, watchDatabaseCalls } from './strike.ts'

// Few of these processes come to an end of their own, when this would be written.
flushCompileCache()
const say = (words: object) => writeSync(1, `${JSON.stringify(words)}\n`)
const { value } = await createInterface(process.stdin)[Symbol.asyncIterator]().next()
const orders: Orders = JSON.parse(value ?? '')

watchDatabaseCalls()
const { engine, leave } = await openPlace(orders.place)
const outbound = watched(openOutbound(orders.smtp, { connections: orders.connections }))
const world = await openWorld({
  engine,
  clock: settableClock(new Date(orders.now)),
  relay: { outbound, connections: orders.connections },
})

arm(orders.strike)
if (orders.step === 'answer') {
  await openDoors()
} else {
  await world.work(...orders.step)
  arm(undefined)
  await outbound.close()
  await world.close()
  leave()
  process.exit()
}

/** As the program does. Whoever wants us to end kills us. */
async function openDoors() {
  const { directory, clock } = world
  const fetch: typeof directory.street.fetch = async (request, env) => {
    const answer = await directory.street.fetch(request, env)
    await around('the answer', async () => undefined)
    return answer
  }
  const how = { host: '127.0.0.1', port: 0, web: true, worker: false, clock, log: openLog('silent') }
  const { port } = await run({ ...directory, street: { ...directory.street, fetch } }, how)
  say({ port })
}

function watched(outbound: Outbound): Outbound {
  return {
    send: (mail, mayLeave) => around('hand-over to the relay', () => outbound.send(mail, mayLeave)),
    close: () => outbound.close(),
  }
}
