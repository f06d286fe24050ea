import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { composeReply, type Mailbox, openMailbox, openOutbound, type Outbound, parseMail } from '@parley/mail'
import { type MailServers, settableClock, startMailServers } from '@parley/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { wholeDatabase } from '../../../test/whole-database.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { checksTables } from './store.ts'

const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')

let servers: MailServers
let folder: string
let outbound: Outbound
let duty: Mailbox
let checks: Mailbox
let world: World

beforeAll(async () => {
  servers = await startMailServers({ domain: 'directory.example', mailboxes: ['checks', 'duty'] })
  folder = await mkdtemp(join(tmpdir(), 'parley-replies-'))
  outbound = openOutbound(servers.smtpUrl, { connections: 2 })
  duty = openMailbox(servers.imapUrl('duty'))
  checks = openMailbox(servers.imapUrl('checks'))
})
afterAll(async () => {
  await outbound?.close()
  await servers?.stop()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  for (const mailbox of [duty, checks]) await mailbox.readNew(async () => 'read')
  world = await openWorld({
    clock: settableClock(new Date()),
    relay: { outbound, connections: 2 },
    mailbox: checks,
  })
  await world.participate(sahiliya, norvalia)
})
afterEach(() => world.close())

/** Starts a round over the entries that stand in the world, and sends its messages through Postfix. */
async function startRound(): Promise<void> {
  const manager = await world.visitor({ role: 'manager' })
  await manager.post('/en/rounds', { confirmed: 'yes' })
  await world.work('send-messages')
}

/** The next message in the POC's mailbox, as it came over the wire. */
async function nextForPoc(): Promise<Uint8Array> {
  const found: Uint8Array[] = []
  await vi.waitFor(
    async () => {
      await duty.readNew(async (raw) => {
        found.push(raw)
        return 'read'
      })
      expect(found.length).toBeGreaterThan(0)
    },
    { timeout: 20_000, interval: 200 },
  )
  const [first] = found
  if (!first) throw new Error('nothing came')
  return first
}

/** Sends a mail to the checks' mailbox with another mail program. */
async function mailWithSwaks(to: string, envelopeFrom: string, raw: Uint8Array | string): Promise<void> {
  const file = join(folder, 'mail.eml')
  await writeFile(file, raw)
  const server = new URL(servers.smtpUrl).host
  await promisify(execFile)('swaks', [
    '--server',
    server,
    '--from',
    envelopeFrom,
    '--to',
    to,
    '--data',
    `@${file}`,
  ])
}

/** Reads the checks' mailbox until this many mails were concluded from; gives back the verdicts. */
async function verdicts(least: number): Promise<readonly string[]> {
  return vi.waitFor(
    async () => {
      await world.work('read-mail')
      const rows = await world.directory.database.transaction({ role: 'manager' }, (tx) =>
        checksTables(tx).selectFrom('checks.received').select('verdict').orderBy('at').execute(),
      )
      expect(rows.length).toBeGreaterThanOrEqual(least)
      return rows.map(({ verdict }) => verdict)
    },
    { timeout: 20_000, interval: 200 },
  )
}

async function statuses() {
  return world.directory.database.transaction({ role: 'manager' }, async (tx) => ({
    checks: await checksTables(tx)
      .selectFrom('checks.check')
      .select(['status', 'answered_by', 'relation'])
      .execute(),
    messages: await checksTables(tx).selectFrom('checks.message').select(['status', 'cause']).execute(),
  }))
}

test('POC-13, POC-17: a plain reply through Postfix and Dovecot answers the check, and nothing of it is kept', async () => {
  await nominate(world, sahiliya, 'technical', {
    workingLanguages: ['ar'],
    addresses: [email('duty@directory.example')],
  })
  await startRound()
  const message = await nextForPoc()
  const parsed = await parseMail(message)
  const replyTo = parsed.ok ? (parsed.value.replyTo[0]?.address ?? '') : ''
  expect(replyTo).toMatch(/^checks\+a[a-z2-7]{42}@directory\.example$/)
  const text = 'وصلت الرسالة، شكرا لكم. PLANTEDWORD'
  const reply = await composeReply(message, {
    from: { name: 'ضابط المناوبة', address: 'duty@directory.example' },
    text,
    at: new Date(),
  })
  await mailWithSwaks(replyTo, 'duty@directory.example', reply ?? '')
  await vi.waitFor(async () => expect(await verdicts(1)).toContain('acknowledged'), {
    timeout: 20_000,
    interval: 200,
  })
  const {
    checks: [check],
  } = await statuses()
  expect(check).toEqual({ status: 'answered', answered_by: 'reply', relation: 'same-address' })
  expect(await wholeDatabase(world.directory.database)).not.toContain('PLANTEDWORD')
})

test('POC-17: an out-of-office reply and a ticket receipt do not answer the check', async () => {
  await nominate(world, sahiliya, 'technical', { addresses: [email('duty@directory.example')] })
  await startRound()
  const message = await nextForPoc()
  const parsed = await parseMail(message)
  if (!parsed.ok) throw new Error('unreadable')
  const replyTo = parsed.value.replyTo[0]?.address ?? ''
  const head = `From: duty@directory.example\r\nTo: ${replyTo}\r\nDate: ${new Date().toUTCString()}\r\nIn-Reply-To: ${parsed.value.messageId}\r\n`
  await mailWithSwaks(
    replyTo,
    '<>',
    `${head}Message-ID: <away@directory.example>\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nI am out of the office until Monday.\r\n`,
  )
  await mailWithSwaks(
    replyTo,
    'duty@directory.example',
    `${head}Message-ID: <ticket@directory.example>\r\nSubject: [#4711] Your request has been received\r\nAuto-Submitted: auto-generated\r\n\r\nYour request has been received and a ticket has been created. This is an automated message.\r\n`,
  )
  await vi.waitFor(
    async () => expect((await verdicts(2)).filter((verdict) => verdict === 'automatic')).toHaveLength(2),
    { timeout: 20_000, interval: 200 },
  )
  expect((await statuses()).checks.map(({ status }) => status)).toEqual(['waiting'])
})

test('POC-17: a real bounce of an unknown user ends the check as undeliverable; the success notice of another makes it delivered', async () => {
  await nominate(world, sahiliya, 'technical', { addresses: [email('duty@directory.example')] })
  await nominate(world, norvalia, 'technical', { addresses: [email('nobody@bounces.example')] })
  await startRound()
  await vi.waitFor(
    async () => {
      await verdicts(1)
      const { checks: results, messages } = await statuses()
      expect(results.map(({ status }) => status).sort()).toEqual(['undeliverable', 'waiting'])
      expect(messages).toContainEqual({ status: 'failed', cause: 'dead-address' })
      expect(messages).toContainEqual({ status: 'delivered', cause: null })
    },
    { timeout: 20_000, interval: 200 },
  )
})

test('POC-17: a forged bounce, away from the return path of the message, is not believed and waits to be read', async () => {
  await nominate(world, sahiliya, 'technical', { addresses: [email('duty@directory.example')] })
  await startRound()
  const parsed = await parseMail(await nextForPoc())
  const id = parsed.ok ? parsed.value.messageId : ''
  const forged = [
    'From: MAILER-DAEMON@directory.example',
    'To: checks@directory.example',
    'Subject: Undelivered Mail Returned to Sender',
    'Message-ID: <forged@elsewhere.example>',
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.elsewhere.example',
    '',
    'Final-Recipient: rfc822; somebody@elsewhere.example',
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: ${id}`,
    'Subject: check',
    '',
    'text',
    '--b--',
    '',
  ].join('\r\n')
  await mailWithSwaks('checks@directory.example', '<>', forged)
  await vi.waitFor(async () => expect(await verdicts(1)).toContain('to-be-read'), {
    timeout: 20_000,
    interval: 200,
  })
  expect(await checks.count()).toBeGreaterThan(0)
  const {
    checks: [check],
  } = await statuses()
  expect(check?.status).toBe('waiting')
})
