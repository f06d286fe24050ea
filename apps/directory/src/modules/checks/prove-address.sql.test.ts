import { day } from '@parley/kernel'
import { composeMail, composeReply } from '@parley/mail'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart, pressStop } from '../../../test/start-round.ts'
import { openWorld, type World } from '../../../test/world.ts'

const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')
const office = 'duty@cert.sahiliya.example'
const foreign = 'team@norvalia.example'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, norvalia)
  await nominate(world, sahiliya, 'technical', { addresses: [email(office)] })
  await nominate(world, norvalia, 'technical', { addresses: [email(foreign)] })
  // A younger entry that has answered is left out of the next round.
  world.clock.advance(40 * day)
})
afterAll(() => world.close())

/** Each test has a round of its own, and nothing is known of any address before it. */
beforeEach(async () => {
  const manager = await world.visitor({ role: 'manager' })
  const open = /href="(\/en\/rounds\/[0-9a-f-]{36})"/.exec((await manager.get('/en/rounds')).text)?.[1]
  if (open) await pressStop(manager, open)
  world.sent.length = 0
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    tx.withTables<{ 'directory.known': { rung: string } }>().deleteFrom('directory.known').execute(),
  )
  await pressStart(manager)
  await world.work('send-messages')
  world.clock.advance(10 * 60_000)
})

/** Which addresses are known to have answered. */
async function proven(): Promise<readonly string[]> {
  for (let run = 0; run < 3; run += 1) await world.work('relay')
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const rows = await tx
      .withTables<{
        'directory.known': { address_id: string; rung: string }
        'directory.address': { id: string; value: string }
      }>()
      .selectFrom('directory.known')
      .innerJoin('directory.address', 'directory.address.id', 'directory.known.address_id')
      .select('directory.address.value')
      .where('directory.known.rung', '=', 'answered')
      .execute()
    return rows.map(({ value }) => value)
  })
}

function mailTo(address: string) {
  const mail = world.sent.find(({ to }) => to === address)
  if (!mail) throw new Error(`nothing was sent to ${address}`)
  return mail
}

function codeIn(address: string): string {
  return /checks\/(\d{12})/.exec(mailTo(address).text)?.[1] ?? ''
}

async function reply(from: string, text = 'Received, thank you.'): Promise<string> {
  const original = await composeMail(mailTo(office))
  const raw = await composeReply(original, { from: { name: '', address: from }, text, at: world.clock.now() })
  if (!raw) throw new Error('the message says nowhere to answer')
  return world.directory.receive(raw, world.clock.now())
}

test('POC-17: a reply at that very address confirms it', async () => {
  expect(await reply(office)).toBe('acknowledged')
  expect(await proven()).toEqual([office])
})

test('POC-17: the button behind the link confirms the address that the link was sent to', async () => {
  await (await world.visitor()).post(`/en/checks/${codeIn(office)}`)
  expect(await proven()).toEqual([office])
})

test.each([
  ['another address', 'somebody@elsewhere.example'],
  ['another address of the same domain', 'colleague@cert.sahiliya.example'],
  ['a subaddress of it', 'duty+tickets@cert.sahiliya.example'],
])('POC-17: a reply from %s proves receipt and confirms no address', async (_what, from) => {
  expect(await reply(from)).toBe('acknowledged')
  expect(await proven()).toEqual([])
})

test('POC-17: a code that is typed proves receipt and confirms no address', async () => {
  expect((await (await world.visitor()).post('/en/answer', { code: codeIn(office) })).status).toBe(303)
  expect(await proven()).toEqual([])
})

test('POC-17: our Message-ID beside the code of another State’s check answers ours alone', async () => {
  expect(await reply(office, `The code is ${codeIn(foreign)}.`)).toBe('acknowledged')
  expect(await proven()).toEqual([office])
  const manager = await world.visitor({ role: 'manager' })
  const round = /href="(\/en\/rounds\/[0-9a-f-]{36})"/.exec((await manager.get('/en/rounds')).text)?.[1] ?? ''
  expect((await manager.get(round)).text).toMatch(/<dt>waiting<\/dt>\s*<dd>1<\/dd>/)
})
