import { minute } from '@parley/kernel'
import { openOutbound } from '@parley/mail'
import { openScriptedRelay } from '@parley/testkit'
import { expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { openWorld } from '../../../test/world.ts'
import { checksTables } from './store.ts'

const sahiliya = stateCode('XA')

/** A round of one entry, handed to a relay that keeps to a script. */
async function roundThrough(replies: Parameters<typeof openScriptedRelay>[0], silenceFor = 10_000) {
  const relay = await openScriptedRelay(replies)
  const outbound = openOutbound(relay.url, { connections: 1, silenceFor })
  const world = await openWorld({ relay: { outbound, connections: 1 } })
  await world.participate(sahiliya)
  await nominate(world, sahiliya, 'technical', { addresses: [email('duty@cert.sahiliya.example')] })
  const manager = await world.visitor({ role: 'manager' })
  await pressStart(manager)
  await world.work('send-messages')
  const standing = () =>
    world.directory.database.transaction({ role: 'manager' }, (tx) =>
      checksTables(tx)
        .selectFrom('checks.message as message')
        .innerJoin('checks.check as check', 'check.id', 'message.check_id')
        .select(['message.status', 'message.cause', 'message.sent_at', 'check.clock_started_at'])
        .executeTakeFirstOrThrow(),
    )
  const close = async () => {
    await world.close()
    await outbound.close()
    relay.close()
  }
  return { relay, world, standing, close }
}

test('POC-17: greylisting is waited out, and the clock starts when the message is taken', async () => {
  const reply = ['451 4.7.1 Greylisting in action, please come back later', '250 2.1.5 Ok']
  const { relay, world, standing, close } = await roundThrough({ RCPT: reply })
  expect(await standing()).toMatchObject({ status: 'queued', cause: 'other', clock_started_at: null })
  world.clock.advance(minute)
  await world.work('send-messages')
  expect(await standing()).toMatchObject({ status: 'queued' })
  world.clock.advance(2 * minute)
  await world.work('send-messages')
  expect(await standing()).toMatchObject({
    status: 'sent',
    sent_at: world.clock.now(),
    clock_started_at: world.clock.now(),
  })
  expect(relay.said.filter((line) => line.startsWith('RCPT'))).toHaveLength(2)
  await close()
})

test.each([
  ['hangs up after DATA', [undefined, '250 2.0.0 Taken']],
  ['is too slow to say that it took the message', ['', '250 2.0.0 Taken']],
])(
  'POC-17: a relay that %s gets the message once more and not in between, and it is our fault',
  async (_what, end) => {
    const { relay, world, standing, close } = await roundThrough({ '.': end }, 300)
    expect(await standing()).toMatchObject({ status: 'queued', cause: 'ours', clock_started_at: null })
    await world.work('send-messages')
    expect(relay.said.filter((line) => line === '.')).toHaveLength(1)
    world.clock.advance(3 * minute)
    await world.work('send-messages')
    expect(await standing()).toMatchObject({ status: 'sent', clock_started_at: world.clock.now() })
    expect(relay.said.filter((line) => line === '.')).toHaveLength(2)
    await close()
  },
)

test('POC-17: a message that was taken is sent, and delivered only when a notice or an answer says so', async () => {
  const { relay, standing, close } = await roundThrough({})
  expect(relay.said.find((line) => line.startsWith('RCPT'))).toContain('NOTIFY=SUCCESS,FAILURE,DELAY')
  expect(await standing()).toMatchObject({ status: 'sent' })
  await close()
})
