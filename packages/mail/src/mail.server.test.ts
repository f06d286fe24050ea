import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { startMailServers, type MailServers } from '@parley/testkit'
import { ImapFlow } from 'imapflow'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import {
  judgeMail,
  openMailbox,
  openOutbound,
  parseMail,
  type Judgement,
  type Mailbox,
  type Outbound,
  type OutgoingMail,
  type ReceivedMail,
} from './index.ts'

let servers: MailServers
let outbound: Outbound
let checks: Mailbox
let bounces: Mailbox
let duty: Mailbox

beforeAll(async () => {
  servers = await startMailServers({ domain: 'directory.example', mailboxes: ['checks', 'bounce', 'duty'] })
  outbound = openOutbound(servers.smtpUrl, { connections: 2 })
  checks = openMailbox(servers.imapUrl('checks'))
  bounces = openMailbox(servers.imapUrl('bounce'))
  duty = openMailbox(servers.imapUrl('duty'))
})

afterAll(async () => {
  await outbound?.close()
  await servers?.stop()
})

beforeEach(async () => {
  await checks.readNew(async () => 'read')
})

test('POC-17: a check is sent, arrives, is answered by another mail program, and the answer is read', async () => {
  expect(await outbound.send(check({ to: 'duty@directory.example' }))).toEqual({ kind: 'accepted' })
  const arrived = await readOne(duty, 'duty@directory.example')
  expect(arrived.mail.messageId).toBe('<c1.abc@directory.example>')

  await answerWithSwaks('checks+abc@directory.example', 'We are on duty.')
  const answer = await readOne(checks, 'checks+abc@directory.example')
  expect(answer.judgement).toEqual({ kind: 'personal', says: 'came' })
  expect(answer.mail.inReplyTo).toEqual(['<c1.abc@directory.example>'])
})

test('an address that the server accepted is reported as delivered, at the return path', async () => {
  await outbound.send(check({ to: 'duty@directory.example', returnPath: 'bounce+k7@directory.example' }))
  const notice = await readOne(bounces, 'bounce+k7@directory.example')
  expect(notice.mail.returned?.messageId).toBe('<c1.abc@directory.example>')
  expect(notice.judgement).toMatchObject({
    kind: 'report',
    deliveries: [{ action: 'delivered', originalRecipient: 'duty@directory.example' }],
  })
})

test.each([
  ['office@bounces.example', '5.1.1', 'dead-address'],
  ['office@full.example', '5.2.2', 'mailbox-full'],
  ['office@strict.example', '5.7.1', 'ours'],
])('a real bounce of %s is read as failed, %s, %s', async (to, status, cause) => {
  const returnPath = `bounce+${cause}@directory.example`
  expect(await outbound.send(check({ to, returnPath }))).toEqual({ kind: 'accepted' })
  const notice = await readOne(bounces, returnPath)
  expect(notice.judgement).toMatchObject({
    kind: 'report',
    deliveries: [{ action: 'failed', status, cause, originalRecipient: to }],
  })
})

test.each([
  ['nobody@directory.example', '5.1.1'],
  ['office@elsewhere.example', '5.1.2'],
])('%s does not exist and is refused while we wait', async (to, status) => {
  expect(await outbound.send(check({ to }))).toEqual({ kind: 'refused', status, cause: 'dead-address' })
})

test('what a person must read waits in its own folder and is counted', async () => {
  await answersArrive('first', 'second')
  expect(await checks.readNew(async () => 'to-be-read')).toEqual({ read: 0, waiting: 2, left: 0, failed: 0 })
  expect(await checks.count()).toBe(2)
})

test('read mail is purged by its age, to the instant', async () => {
  await checks.purge(inAnHour())
  await answersArrive('old')
  await checks.readNew(async () => 'read')
  expect(await checks.purge(new Date('2020-01-01T00:00:00Z'))).toBe(0)
  expect(await checks.purge(inAnHour())).toBe(1)
  expect(await checks.purge(inAnHour())).toBe(0)
})

test('a message on which the work fails stays, is counted, and does not hold up the next', async () => {
  await answersArrive('poison', 'harmless')
  expect(await checks.readNew(failOnPoison)).toEqual({ read: 1, waiting: 0, left: 0, failed: 1 })
  expect(await checks.readNew(async () => 'read')).toEqual({ read: 1, waiting: 0, left: 0, failed: 0 })
})

test('a message over 1 MiB goes to a person without being read', async () => {
  await answersArrive('x'.repeat(70).concat('\n').repeat(16_000))
  const work = vi.fn<() => Promise<'read'>>()
  expect(await checks.readNew(work)).toEqual({ read: 0, waiting: 1, left: 0, failed: 0 })
  expect(work).not.toHaveBeenCalled()
})

test('Dovecot stopped while its mail is read: what was not moved yet is repeated, none is lost, and reading goes on', async () => {
  await answersArrive('one', 'two', 'three')
  const seen: string[] = []
  const reading = checks.readNew(async (raw) => {
    seen.push(await ownTextOf(raw))
    if (seen.length === 2) await servers.stopImap()
    return 'read'
  })
  await expect(reading).rejects.toMatchObject({
    code: 'unreachable',
    message: 'the mailbox could not be read',
  })
  await expect(checks.count()).rejects.toMatchObject({ code: 'unreachable' })

  await servers.startImap()
  await checks.readNew(async (raw) => {
    seen.push(await ownTextOf(raw))
    return 'read'
  })
  expect(seen).toEqual(['one', 'two', 'one', 'two', 'three'])
})

test('a wrong password is told apart from a server that is away', async () => {
  const url = new URL(servers.imapUrl('checks'))
  url.password = 'wrong'
  await expect(openMailbox(url.href).count()).rejects.toMatchObject({ code: 'sign-in' })
})

test('Postfix stopped: the message is for later and the fault is ours; started again, it is taken', async () => {
  await servers.stopSmtp()
  const outcome = await outbound.send(check({ to: 'duty@directory.example' }))
  expect(outcome).toMatchObject({ kind: 'later', cause: 'ours' })
  await servers.startSmtp()
  expect(await outbound.send(check({ to: 'duty@directory.example' }))).toEqual({ kind: 'accepted' })
})

function check(differs: Partial<OutgoingMail> & { readonly to: string }): OutgoingMail {
  return {
    from: { name: 'Directory', address: 'checks@directory.example' },
    replyTo: 'checks+abc@directory.example',
    returnPath: 'bounce+abc@directory.example',
    messageId: '<c1.abc@directory.example>',
    subject: 'Communication check',
    text: 'Please answer.\n',
    html: '<p>Please answer.</p>',
    language: 'en',
    at: new Date('2026-11-03T09:00:00Z'),
    ...differs,
  }
}

/** Reads `mailbox` until a message to `recipient` has come. Late notices of other tests are passed over. */
async function readOne(
  mailbox: Mailbox,
  recipient: string,
): Promise<{ mail: ReceivedMail; judgement: Judgement }> {
  for (;;) {
    const found: ReceivedMail[] = []
    await mailbox.readNew(async (raw) => {
      const read = await parseMail(raw)
      if (read.ok && read.value.recipients.includes(recipient)) found.push(read.value)
      return 'read'
    })
    const [mail] = found
    if (mail) return { mail, judgement: judgeMail(mail) }
    await sleep(50)
  }
}

/** Answers with these texts, one after the other, lie unread in the inbox of `checks`. */
async function answersArrive(...texts: readonly string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    await answerWithSwaks('checks@directory.example', text)
    while ((await unread()) <= index) await sleep(50)
  }
}

async function unread(): Promise<number> {
  const client = new ImapFlow(imapOptions())
  await client.connect()
  const status = await client.status('INBOX', { messages: true })
  await client.logout()
  return (status && status.messages) || 0
}

function imapOptions() {
  const { hostname, port, username, password } = new URL(servers.imapUrl('checks'))
  return {
    host: hostname,
    port: Number(port),
    auth: { user: username, pass: password },
    logger: false as const,
  }
}

function inAnHour(): Date {
  return new Date(Date.now() + 3_600_000)
}

async function failOnPoison(raw: Uint8Array): Promise<'read'> {
  if (new TextDecoder().decode(raw).includes('poison')) throw new Error('cannot')
  return 'read'
}

async function ownTextOf(raw: Uint8Array): Promise<string> {
  const read = await parseMail(raw)
  return read.ok ? read.value.ownText : ''
}

async function answerWithSwaks(to: string, text: string): Promise<void> {
  const { port } = new URL(servers.smtpUrl)
  const envelope = ['--server', `127.0.0.1:${port}`, '--from', 'duty@cert.example', '--to', to]
  const headers = [
    '--header',
    'Subject: Re: Communication check',
    '--header',
    'In-Reply-To: <c1.abc@directory.example>',
  ]
  const sending = promisify(execFile)('swaks', [...envelope, ...headers, '--silent', '2', '--body', '-'])
  sending.child.stdin?.end(text)
  await sending
}
