import { day, hour } from '@parley/kernel'
import { type Mailbox, openMailbox } from '@parley/mail'
import { type MailServers, settableClock, startMailServers } from '@parley/testkit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { imapByHand } from '../../../test/imap-by-hand.ts'
import { mailBySwaks } from '../../../test/mail-by-swaks.ts'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { checksTables } from './store.ts'
import { mostToBeRead } from './take-mail.ts'

// "To be read" on a real Dovecot, from the mail that comes in to the day on which it is deleted.
const sahiliya = stateCode('XA')
const office = 'duty@cert.sahiliya.example'
const unread = 'Parley-to-be-read'
const read = 'Parley-read'

let servers: MailServers
let mailbox: Mailbox
let world: World
let manager: Visitor

beforeAll(async () => {
  servers = await startMailServers({ domain: 'directory.example', mailboxes: ['checks'] })
  mailbox = openMailbox(servers.imapUrl('checks'))
  world = await openWorld({ clock: settableClock(new Date()), mailbox })
  await world.participate(sahiliya)
  await nominate(world, sahiliya, 'technical', { addresses: [email(office)] })
  manager = await world.visitor({ role: 'manager' })
  await pressStart(manager)
  await world.work('send-messages')
})
afterAll(async () => {
  await world?.close()
  await servers?.stop()
})

/** Puts a mail into the inbox as somebody's mail program and Postfix do; waits until it lies there. */
async function comesIn(subject: string, text: string, from = office): Promise<void> {
  const before = await lying('INBOX')
  const head = [`From: Duty <${from}>`, 'To: checks@directory.example', `Subject: ${subject}`]
  const own = [`Message-ID: <${subject}@mail.example>`, `Date: ${new Date().toUTCString()}`]
  const raw = [...head, ...own, '', text, ''].join('\r\n')
  await mailBySwaks(servers.smtpUrl, { to: 'checks@directory.example', from, raw })
  await vi.waitFor(async () => expect(await lying('INBOX')).toBe(before + 1), {
    timeout: 20_000,
    interval: 100,
  })
}

async function lying(folder: string): Promise<number> {
  const lines = await imapByHand(servers.imapUrl('checks'), `STATUS ${folder} (MESSAGES)`)
  return Number(/MESSAGES (\d+)/.exec(lines.join(' '))?.[1])
}

/** The links of the list, the newest first. */
async function listed(): Promise<readonly string[]> {
  const list = await manager.get('/en/to-be-read')
  return [...list.text.matchAll(/href="\/en\/to-be-read\/([^"]+)"/g)].map(([, id = '']) => id)
}

async function decide(id: string, fields: Readonly<Record<string, string>>): Promise<number> {
  const page = await manager.get(`/en/to-be-read/${id}`)
  const received = /name="received" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  return (await manager.post(`/en/to-be-read/${id}`, { received, ...fields })).status
}

async function check() {
  return world.directory.database.transaction({ role: 'manager' }, (tx) =>
    checksTables(tx).selectFrom('checks.check').selectAll().executeTakeFirstOrThrow(),
  )
}

async function message(): Promise<string> {
  const row = await world.directory.database.transaction({ role: 'manager' }, (tx) =>
    checksTables(tx).selectFrom('checks.message').select('id').executeTakeFirstOrThrow(),
  )
  return row.id
}

test('POC-17: what no rule recognises is listed, read and decided on the mail server, which is away in the middle', async () => {
  await comesIn('first', 'Who are you, please? PLANTEDWORD')
  await comesIn('second', 'We moved to the second floor.', 'colleague@cert.sahiliya.example')
  await world.work('read-mail')
  expect([await lying('INBOX'), await lying(unread), await lying(read)]).toEqual([0, 2, 0])

  const [second = '', first = ''] = await listed()
  expect((await manager.get(`/en/to-be-read/${first}`)).text).toContain('PLANTEDWORD')
  expect((await manager.get(`/en/to-be-read/${second}`)).text).toContain('second floor')
  expect(await lying(unread)).toBe(2)
  const cameAt = (await mailbox.listWaiting(2)).at(-1)?.receivedAt
  world.clock.advance(hour)
  manager = await world.visitor({ role: 'manager' })

  const page = await manager.get(`/en/to-be-read/${first}`)
  const received = /name="received" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  await servers.stopImap()
  expect((await manager.get('/en/to-be-read')).text).toContain('The mail server does not answer')
  expect((await manager.get(`/en/to-be-read/${first}`)).status).toBe(404)
  // The decision needs no mail server: it counts at once, as of the time when the mail came.
  const counts = { received, decision: 'answer', message: await message() }
  expect((await manager.post(`/en/to-be-read/${first}`, counts)).status).toBe(303)
  expect(await check()).toMatchObject({ status: 'answered', answered_by: 'reply', answered_at: cameAt })
  await expect(world.work('read-mail')).rejects.toMatchObject({ code: 'unreachable' })

  await servers.startImap()
  expect(await listed()).toEqual([second])
  await world.work('read-mail')
  expect([await lying(unread), await lying(read)]).toEqual([1, 1])
  expect(await decide(second, { decision: 'nothing' })).toBe(303)
  await world.work('read-mail')
  expect([await lying(unread), await lying(read)]).toEqual([0, 2])
  expect(await listed()).toEqual([])
})

test('RULE-1: read mail is deleted from the mail server 30 days after it came, and what is still to be read is not', async () => {
  await comesIn('waits', 'Another question.')
  await world.work('read-mail')
  world.clock.advance(29 * day)
  await world.work('delete-read-mail')
  expect([await lying(unread), await lying(read)]).toEqual([1, 2])
  world.clock.advance(day)
  await world.work('delete-read-mail')
  expect([await lying(unread), await lying(read)]).toEqual([1, 0])
})

test('POC-17: at 10,000 to be read nothing more is taken in, and the next is when the manager has decided one', async () => {
  manager = await world.visitor({ role: 'manager' })
  await fill(unread, mostToBeRead)
  await comesIn('one-more', 'Hello?')
  await world.work('read-mail')
  expect([await lying('INBOX'), await lying(unread)]).toEqual([1, mostToBeRead])
  expect((await manager.get('/en/to-be-read')).text).toContain('because 10,000 wait to be read')
  const ids = await listed()
  expect(ids).toHaveLength(50)
  expect(await decide(ids[0] ?? '', { decision: 'nothing' })).toBe(303)
  await world.work('read-mail')
  expect([await lying('INBOX'), await lying(unread)]).toEqual([0, mostToBeRead])
}, 60_000)

/** Doubles what lies in a folder until it holds so many: ten thousand by mail would take the morning. */
async function fill(folder: string, wanted: number): Promise<void> {
  for (let held = await lying(folder); held < wanted; held = await lying(folder)) {
    const copy = `COPY 1:${Math.min(held, wanted - held)} ${folder}`
    await imapByHand(servers.imapUrl('checks'), `SELECT ${folder}`, copy)
  }
}
