import { type Locale, locales } from '@parley/kernel'
import {
  composeReply,
  type Mailbox,
  openMailbox,
  openOutbound,
  type Outbound,
  parseMail,
  type ReceivedMail,
} from '@parley/mail'
import { type MailServers, settableClock, startMailServers } from '@parley/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { mailBySwaks } from '../../../test/mail-by-swaks.ts'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { wholeDatabase } from '../../../test/whole-database.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { checksTables } from './store.ts'

const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')

let servers: MailServers
let outbound: Outbound
let duty: Mailbox
let checks: Mailbox
let world: World

beforeAll(async () => {
  servers = await startMailServers({ domain: 'directory.example', mailboxes: ['checks', 'duty'] })
  outbound = openOutbound(servers.smtpUrl, { connections: 2 })
  duty = openMailbox(servers.imapUrl('duty'))
  checks = openMailbox(servers.imapUrl('checks'))
})
afterAll(async () => {
  await outbound?.close()
  await servers?.stop()
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
  await pressStart(manager)
  await world.work('send-messages')
}

/** The next message in the POC's mailbox, as it came over the wire. */
async function nextForPoc(): Promise<Uint8Array> {
  const found: Uint8Array[] = []
  await vi.waitFor(
    async () => {
      await duty.readNew(async (raw) => {
        if (found.length > 0) return 'leave'
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
function mailWithSwaks(to: string, from: string, raw: Uint8Array | string): Promise<void> {
  return mailBySwaks(servers.smtpUrl, { to, from, raw })
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

interface Habit {
  /** What the program puts before the subject. */
  readonly prefix: string
  /** The person's own words above the quote. */
  readonly says: string
  /** How the program brings the message that it answers. */
  readonly quote: (text: string) => string
  /** What carries the answer to its check: each of the three is enough. */
  readonly by: 'reply-address' | 'message-id' | 'code'
}

const marked = (opening: string) => (text: string) => `${opening}\n${text.replace(/^/gm, '> ')}`
const below = (opening: string) => (text: string) => `${opening}\n\n${text}`

/** How mail programs in each language answer. */
const habits: Readonly<Record<Locale, Habit>> = {
  ar: {
    prefix: 'رد: ',
    says: 'تم الاستلام، شكرا لكم.\nضابط المناوبة',
    quote: below(
      'من: Directory <checks@directory.example>\nتاريخ الإرسال: الثلاثاء، 3 نوفمبر 2026 10:12 ص\nإلى: duty@directory.example\nالموضوع: فحص الاتصال',
    ),
    by: 'code',
  },
  zh: {
    prefix: '回复：',
    says: '收到，信息无误。',
    quote: below(
      '------------------ 原始邮件 ------------------\n发件人: "Directory" <checks@directory.example>\n发送时间: 2026年11月3日(星期二) 上午10:12',
    ),
    by: 'message-id',
  },
  en: {
    prefix: 'AW: ',
    says: 'Received, thank you.\n\nKind regards\nThe duty desk',
    quote: below('-----Original Message-----\nFrom: Directory <checks@directory.example>\nSent: Tuesday'),
    by: 'code',
  },
  fr: {
    prefix: 'RE : ',
    says: 'Bonjour,\n\nBien reçu, merci.',
    quote: below(
      'De : Directory <checks@directory.example>\nEnvoyé : mardi 3 novembre 2026 10:12\nÀ : duty@directory.example\nObjet : Vérification',
    ),
    by: 'reply-address',
  },
  ru: {
    prefix: 'Ответ: ',
    says: 'Подтверждаем получение.',
    quote: marked('Вторник, 3 ноября 2026, 10:12 +03:00 от Directory <checks@directory.example>:'),
    by: 'message-id',
  },
  es: {
    prefix: 'RV: ',
    says: 'Acusamos recibo, sin cambios.',
    quote: marked('El mar, 3 nov 2026 a las 10:12, Directory (<checks@directory.example>) escribió:'),
    by: 'reply-address',
  },
}

test('POC-17: plain replies in six languages, as mail programs there write them, go through Postfix and Dovecot and answer', async () => {
  const states = ['XA', 'XB', 'XC', 'XD', 'XE', 'XF'].map(stateCode)
  await world.participate(...states)
  for (const [at, locale] of locales.entries())
    await nominate(world, states[at] ?? sahiliya, 'technical', {
      workingLanguages: [locale],
      addresses: [email(`duty+${locale}@directory.example`)],
    })
  await startRound()
  const unreadBefore = await checks.count()
  const waiting = new Set<string>(locales)
  while (waiting.size > 0) {
    const parsed = await parseMail(await nextForPoc())
    if (!parsed.ok) throw new Error(parsed.refusal.code)
    const locale = locales.find((each) => each === parsed.value.language)
    if (!locale) throw new Error(`in ${parsed.value.language}`)
    waiting.delete(locale)
    const { to, raw } = inTheHabitOf(habits[locale], `duty+${locale}@directory.example`, parsed.value)
    await mailWithSwaks(to, `duty+${locale}@directory.example`, raw)
  }
  await vi.waitFor(
    async () => {
      await world.work('read-mail')
      const answered = { status: 'answered', answered_by: 'reply', relation: 'same-address' }
      expect((await statuses()).checks).toEqual(locales.map(() => answered))
    },
    { timeout: 20_000, interval: 200 },
  )
  expect(await checks.count()).toBe(unreadBefore)
})

function inTheHabitOf({ prefix, says, quote, by }: Habit, from: string, mail: ReceivedMail) {
  const replyTo = mail.replyTo[0]?.address ?? ''
  const to = by === 'reply-address' ? replyTo : 'checks@directory.example'
  const body = Buffer.from(`${says}\n\n${quote(mail.text)}\n`).toString('base64')
  const head = [
    `From: ${words('مكتب 值班 Дежурный')} <${from}>`,
    `To: <${to}>`,
    // An encoded word has a longest length: programs fold there.
    `Subject: ${`${prefix}${mail.subject}`
      .match(/.{1,15}/gu)
      ?.map(words)
      .join('\r\n ')}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${from.replace(/@.*/, '')}.${Date.now()}@mail.example>`,
    ...(by === 'message-id' ? [`In-Reply-To: ${mail.messageId}`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ]
  return { to, raw: [...head, '', ...(body.match(/.{1,76}/g) ?? []), ''].join('\r\n') }
}

function words(text: string): string {
  return `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
}
