import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hour, minute, second } from '@parley/kernel'
import { composeMail, composeReply, type FolderMailbox, openFolderMailbox } from '@parley/mail'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart, pressStop } from '../../../test/start-round.ts'
import { wholeDatabase } from '../../../test/whole-database.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { isWaiting } from './receive-mail.ts'
import { checksTables } from './store.ts'
import { mostToBeRead } from './take-mail.ts'

const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')
const office = 'duty@cert.sahiliya.example'

let folder: string
let mailbox: FolderMailbox
let world: World
let manager: Visitor

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-mailbox-'))
  mailbox = await openFolderMailbox(folder)
  world = await openWorld({ mailbox })
  await world.participate(sahiliya, norvalia)
  await nominate(world, sahiliya, 'technical', { addresses: [email(office)] })
  await nominate(world, norvalia, 'technical', { addresses: [email('team@norvalia.example')] })
  manager = await world.visitor({ role: 'manager' })
  await pressStart(manager)
  await world.work('send-messages')
  world.clock.advance(10 * minute)
})
afterEach(async () => {
  await world.close()
  rmSync(folder, { recursive: true })
})
afterAll(() => vi.restoreAllMocks())

/** A mail that no rule recognises, in the folder as the intake puts it there. */
async function lay(raw: Uint8Array): Promise<string> {
  const now = world.clock.now()
  const verdict = await world.directory.receive(raw, now)
  if (!isWaiting(verdict)) throw new Error(`taken for ${verdict}`)
  await mailbox.keepWaiting(raw, now)
  const [newest] = await mailbox.listWaiting(1)
  return newest?.id ?? ''
}

function question(text: string, from = office): Buffer {
  const lines = [`From: Duty <${from}>`, 'To: checks@directory.example', 'Message-ID: <q1@mail.example>']
  return Buffer.from([...lines, 'Subject: About your letter', '', text, ''].join('\r\n'))
}

/** The answer of a help desk, stamped as automatic: signals disagree. */
async function stamped(text: string, from = office): Promise<Buffer> {
  const [message] = world.sent.filter(({ to }) => to === office)
  if (!message) throw new Error('nothing was sent')
  const original = await composeMail(message)
  const reply = await composeReply(original, {
    from: { name: '', address: from },
    text,
    at: world.clock.now(),
  })
  return Buffer.concat([Buffer.from('Auto-Submitted: auto-generated\r\n'), reply ?? Buffer.of()])
}

async function decide(id: string, fields: Readonly<Record<string, string>>) {
  const page = await manager.get(`/en/to-be-read/${id}`)
  const received = /name="received" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  return manager.post(`/en/to-be-read/${id}`, { received, ...fields })
}

async function messageTo(address: string): Promise<string> {
  const row = await world.directory.database.transaction({ role: 'manager' }, (tx) =>
    checksTables(tx)
      .selectFrom('checks.message')
      .select('id')
      .where('address', '=', address)
      .executeTakeFirstOrThrow(),
  )
  return row.id
}

async function checkOf(state: string) {
  return world.directory.database.transaction({ role: 'manager' }, (tx) =>
    checksTables(tx)
      .selectFrom('checks.check')
      .selectAll()
      .where('state', '=', state)
      .executeTakeFirstOrThrow(),
  )
}

async function historyOf(state: string): Promise<string> {
  const mission = await world.visitor({ role: 'mission', state: stateCode(state) })
  return (await mission.get('/en/our-history')).text
}

test('RULE-1: what no rule recognised is read on the mail server, as plain text, and nothing of it is kept', async () => {
  const id = await lay(
    question('Who are you? PLANTEDWORD <img src="https://evil.example/x.png"> <b>bold</b>'),
  )
  const list = await manager.get('/en/to-be-read')
  expect(list.text).toContain(office)
  expect(list.text).not.toContain('PLANTEDWORD')
  const page = await manager.get(`/en/to-be-read/${id}`)
  expect(page.text).toContain('PLANTEDWORD &lt;img')
  expect(page.text).not.toContain('<img')
  expect(page.text).toContain('please do not copy it anywhere in the directory')
  expect(page.headers.get('cache-control')).toContain('no-store')
  expect((await decide(id, { decision: 'nothing' })).status).toBe(303)
  expect(await wholeDatabase(world.directory.database)).not.toMatch(/PLANTEDWORD|About your letter/)
})

test('POC-17: what the manager counts as an answer counts as of the time when it came, and the State sees the act', async () => {
  world.clock.advance(47 * hour)
  manager = await world.visitor({ role: 'manager' })
  const came = world.clock.now()
  const id = await lay(await stamped('We are here, thank you.'))
  expect((await manager.get('/en/to-be-read')).text).toContain('Sahiliya')
  world.clock.advance(10 * hour)
  manager = await world.visitor({ role: 'manager' })
  await world.work('close-rounds')
  expect(await checkOf('XA')).toMatchObject({ status: 'no-answer' })
  expect((await decide(id, { decision: 'answer', message: await messageTo(office) })).status).toBe(303)
  expect(await checkOf('XA')).toMatchObject({
    status: 'answered',
    answered_by: 'reply',
    relation: 'same-address',
    answered_at: came,
  })
  expect(await checkOf('XB')).toMatchObject({ status: 'no-answer' })
  const history = await historyOf('XA')
  expect(history).toContain('A mail was counted as an answer to a check')
  expect(history).toContain('was read by the directory manager')
  expect(await historyOf('XB')).not.toContain('A mail')
})

test('POC-17: counted as the answer to another check, it proves receipt and confirms no address', async () => {
  const id = await lay(await stamped('This is for our colleagues.'))
  const message = await messageTo('team@norvalia.example')
  expect((await decide(id, { decision: 'answer', message })).status).toBe(303)
  expect(await checkOf('XB')).toMatchObject({ status: 'answered', relation: 'elsewhere' })
  expect(await checkOf('XA')).toMatchObject({ status: 'waiting', answered_at: null })
})

test('POC-17: what the manager takes for a bounce of a message ends its delivery', async () => {
  const id = await lay(
    question('Nobody of this name works here any more.', 'postmaster@cert.sahiliya.example'),
  )
  expect((await decide(id, { decision: 'dead-address' })).status).toBe(422)
  const refused = await decide(id, {
    decision: 'dead-address',
    message: '00000000-0000-4000-8000-000000000000',
  })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Nobody of this name')
  expect((await decide(id, { decision: 'dead-address', message: await messageTo(office) })).status).toBe(303)
  expect(await checkOf('XA')).toMatchObject({ status: 'undeliverable' })
  expect(await historyOf('XA')).toContain('A mail was taken for a bounce: the address does not exist')
})

test('what was decided leaves the list at once, is moved to the read mail, and cannot be decided again', async () => {
  const id = await lay(question('Hello'))
  const page = await manager.get(`/en/to-be-read/${id}`)
  const received = /name="received" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  await manager.post(`/en/to-be-read/${id}`, { received, decision: 'automatic' })
  expect((await manager.get('/en/to-be-read')).text).toContain('Nothing waits to be read')
  expect((await manager.post(`/en/to-be-read/${id}`, { received, decision: 'nothing' })).status).toBe(404)
  await world.work('read-mail')
  expect(await mailbox.count()).toBe(0)
  expect((await manager.get(`/en/to-be-read/${id}`)).status).toBe(404)
  // The same mail again is not asked about again.
  expect(await world.directory.receive(question('Hello'), world.clock.now())).toBe('automatic')
})

test('POC-17: a code alone within a minute is probably automatic; it waits with that label', async () => {
  await pressStop(manager, `/en/rounds/${(await checkOf('XA')).round_id}`)
  await pressStart(manager)
  await world.work('send-messages')
  world.clock.advance(30 * second)
  const message = world.sent.findLast(({ to }) => to === office)
  const code = /checks\/(\d{12})/.exec(message?.text ?? '')?.[1] ?? ''
  expect(await world.directory.receive(question(code), world.clock.now())).toBe('probably-automatic')
  await mailbox.keepWaiting(question(code), world.clock.now())
  expect((await manager.get('/en/to-be-read')).text).toContain('probably automatic')
})

test('a mail server that is away is said, and nothing is held up meanwhile', async () => {
  const away = vi.spyOn(mailbox, 'listWaiting').mockImplementation(async () => {
    // Another page is answered while this one waits: no transaction is open.
    expect((await manager.get('/en/rounds')).status).toBe(200)
    throw new Error('away')
  })
  expect((await manager.get('/en/to-be-read')).text).toContain('The mail server does not answer')
  expect(away).toHaveBeenCalledOnce()
})

test('RULE-9: nobody but the manager reads mail, and nobody asks the mail server for a stranger', async () => {
  const asked = vi.spyOn(mailbox, 'listWaiting')
  for (const holding of [undefined, { role: 'mission', state: sahiliya }, { role: 'auditor' }] as const) {
    const visitor = await world.visitor(holding)
    expect((await visitor.get('/en/to-be-read')).status).toBe(holding ? 403 : 303)
    expect((await visitor.post('/en/to-be-read/00000001', { decision: 'answer' })).status).not.toBe(200)
  }
  expect(asked).not.toHaveBeenCalled()
})

test('POC-17: at 10,000 unread the intake stops and says so, and goes on when fewer wait', async () => {
  const count = vi.spyOn(mailbox, 'count').mockResolvedValue(mostToBeRead)
  const read = vi.spyOn(mailbox, 'readNew')
  await world.work('read-mail')
  expect(read).not.toHaveBeenCalled()
  expect((await manager.get('/en/today')).text).toContain('no more mail is taken in')
  expect((await manager.get('/en/to-be-read')).text).toContain('because 10,000 wait to be read')
  count.mockResolvedValue(mostToBeRead - 1)
  read.mockImplementation(async (work) => {
    expect(await work(question('the last that fits'), world.clock.now())).toBe('to-be-read')
    expect(await work(question('one too many'), world.clock.now())).toBe('leave')
    return { read: 0, waiting: 1, left: 1, failed: 0 }
  })
  await world.work('read-mail')
  expect(read).toHaveBeenCalledOnce()
  expect((await manager.get('/en/today')).text).not.toContain('no more mail is taken in')
})

test.each(['../secret', '00000001/../../x', '1-1', '%00', "' or 1=1"])(
  'hostile: %s is no mail',
  async (name) => {
    const path = `/en/to-be-read/${encodeURIComponent(name)}`
    expect((await manager.get(path)).status).toBe(404)
    const posted = await manager.post(path, { received: "x' --", decision: 'answer', message: name })
    expect([404, 422]).toContain(posted.status)
  },
)
