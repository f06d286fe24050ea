import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Gnupg, type MailServers, openGnupg, startMailServers } from '@parley/testkit'
import { ImapFlow } from 'imapflow'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openedDesk, openOffice } from '../../test/desk-browser.ts'
import { emptyFolder } from '../../test/desk-folder.ts'
import { mailFields } from '../../test/mail-fields.ts'
import { readMailSettings, writePlace } from './mail-settings.ts'
import type { RunningDesk } from '../open-desk.ts'

let servers: MailServers
let gnupg: Gnupg
const domain = 'offices.example'
vi.setConfig({ testTimeout: 120_000 })

beforeAll(async () => {
  servers = await startMailServers({ domain, mailboxes: ['desk', 'ana', 'second'] })
  gnupg = openGnupg()
})

afterAll(async () => {
  gnupg?.close()
  await servers?.stop()
})

/** A Desk whose mail goes through the servers of this test. */
async function deskWithMail({ mailbox = 'desk' } = {}) {
  const folder = emptyFolder()
  const desk = openedDesk({ folder })
  const browser = await openOffice(desk)
  const kept = await browser.post('/en/mail-settings', mailFields(servers, mailbox, domain))
  expect(kept.status).toBe(200)
  await desk.desk.intake?.look()
  return { desk, browser }
}

function swaks(to: string, words: readonly string[]): void {
  const { host } = new URL(servers.smtpUrl)
  execFileSync('swaks', ['--silent', '2', '--server', host, '--from', `ana@${domain}`, '--to', to, ...words])
}

async function until(desk: RunningDesk, isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !isSo(); tries += 1) {
    await desk.desk.intake?.look()
    await sleep(100)
  }
  expect(isSo()).toBe(true)
}

/** What lies in a mailbox, with its flags, the oldest first. */
async function lyingIn(
  mailbox: string,
): Promise<readonly { readonly raw: string; readonly flags: readonly string[] }[]> {
  const url = new URL(servers.imapUrl(mailbox))
  const client = new ImapFlow({
    host: url.hostname,
    port: Number(url.port),
    secure: false,
    auth: { user: decodeURIComponent(url.username), pass: url.password },
    logger: false,
  })
  await client.connect()
  await client.mailboxOpen('INBOX', { readOnly: true })
  const found = await client.fetchAll('1:*', { source: true, flags: true, uid: true }).catch(() => [])
  await client.logout()
  return found
    .toSorted((one, other) => one.uid - other.uid)
    .map(({ source, flags }) => ({ raw: String(source), flags: [...(flags ?? [])] }))
}

async function arrives(mailbox: string, words: string): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = (await lyingIn(mailbox)).find(({ raw }) => raw.includes(words))
    if (found) return found.raw
    await sleep(100)
  }
  throw new Error(`Nothing in ${mailbox} says ${words}`)
}

test('a person with a plain mail program writes, is answered from the Desk, and answers again in the same case', async () => {
  const { desk, browser } = await deskWithMail()
  swaks(`desk@${domain}`, [
    '--header',
    'Subject: A port',
    '--header',
    'Message-Id: <one@ana.example>',
    '--body',
    'The dispatch system stopped.',
  ])
  const mails = () => desk.desk.store.opened()?.mails.unfiled() ?? []
  await until(desk, () => mails().length === 1)
  const line = mails()[0]?.n ?? 0
  const opened = await browser.post(`/en/mailbox/${line}/open`, {
    title: 'Port',
    state: 'NO',
    kind: 'technical',
    entity: 'NSM NCSC',
  })
  const id = /cases\/([0-9a-f-]{36})/.exec(opened.at)?.[1] ?? ''
  const preview = await browser.post('/en/write/acknowledgement', { case: id, language: 'fr' })
  expect(preview.text).toContain(`value="ana@${domain}"`)
  const sent = await browser.post(`${preview.at}/send`, { to: `ana@${domain}` })
  expect(sent.text).toContain('Receipt acknowledged')
  const answer = await arrives('ana', 'vnd.parley.message+json')
  expect(answer).toContain('In-Reply-To: <one@ana.example>')
  expect(answer).toContain(`From: "National KE-CIRT/CC" <desk@${domain}>`)
  const messageId = /^Message-ID: (<[^>]+>)/im.exec(answer)?.[1] ?? ''
  swaks(`desk@${domain}`, [
    '--header',
    'Subject: Re',
    '--header',
    `In-Reply-To: ${messageId}`,
    '--body',
    'Thank you; more tomorrow.',
  ])
  await until(
    desk,
    () =>
      desk.desk.store
        .opened()
        ?.cases.find(id)
        ?.lines.some(({ what, n }) => what === 'message.received' && n > line) === true,
  )
  const shown = await browser.get(`/en/cases/${id}`)
  expect(shown.text).toContain('more tomorrow')
  // Nothing of the mailbox was touched: no flag, no folder, nothing gone.
  expect((await lyingIn('desk')).map(({ flags }) => flags.filter((flag) => flag !== '\\Recent'))).toEqual([
    [],
    [],
  ])
})

test('POC-35: nothing is read twice nor skipped: by a server that was away, after a crash, and where mails are numbered anew', async () => {
  const { desk } = await deskWithMail({ mailbox: 'second' })
  const opened = () => desk.desk.store.opened()
  const received = () =>
    opened()
      ?.record.lines()
      .filter(({ what }) => what === 'message.received').length ?? 0
  for (const each of ['one', 'two']) swaks(`second@${domain}`, ['--body', each])
  await until(desk, () => received() === 2)
  await servers.stopImap()
  await desk.desk.intake?.look()
  expect(desk.desk.intake?.status().fault).toBe('unreachable')
  await servers.startImap()
  swaks(`second@${domain}`, ['--body', 'three'])
  await until(desk, () => received() === 3)
  expect(desk.desk.intake?.status().fault).toBeUndefined()
  // What was read and not noted, as after a crash, is read again and known.
  await opened()?.sealed('mailbox-place').remove()
  await desk.desk.intake?.look()
  expect(received()).toBe(3)
  const settings = await readMailSettings(opened() ?? { sealed: () => expect.unreachable() })
  const other = { validity: '1', uid: 4_000 }
  if (settings?.imap) await writePlace(opened() ?? expect.unreachable(), settings.imap, other)
  swaks(`second@${domain}`, ['--body', 'four'])
  await until(desk, () => received() === 4)
})

test('RULE-5: a locked Desk fetches nothing', async () => {
  const { desk, browser } = await deskWithMail({ mailbox: 'ana' })
  await browser.post('/en/lock')
  const before = desk.desk.intake?.status().lookedAt
  await desk.desk.intake?.look()
  expect(desk.desk.intake?.status().lookedAt).toEqual(before)
  expect((await browser.get('/en/mailbox')).text).toContain('no mail is fetched')
})

test('POC-35: with a key of its own the Desk signs, and reads what gpg encrypts to it', async () => {
  const { desk, browser } = await deskWithMail()
  gnupg.makeKey(`Desk <desk@${domain}>`)
  const secret = gnupg.run(['--armor', '--export-secret-keys', `desk@${domain}`]).toString()
  const kept = await browser.post('/en/mail-settings/key', { armored: secret })
  expect(kept.text).toContain('BEGIN PGP PUBLIC KEY BLOCK')
  expect(kept.text).not.toContain('PRIVATE KEY BLOCK')
  const preview = await browser.post('/en/write/call-us', {
    title: 'Signed',
    state: 'NO',
    kind: 'technical',
    entity: 'NSM NCSC',
    language: 'en',
  })
  await browser.post(`${preview.at}/send`, { to: `ana@${domain}` })
  const raw = await arrives('ana', 'multipart/signed')
  const boundary = /multipart\/signed[\s\S]*?boundary="([^"]+)"/.exec(raw)?.[1] ?? ''
  const [, content = '', signature = ''] = raw.split(`--${boundary}`)
  const signed = gnupg.file('signed', content.slice(2, -2))
  const detached = gnupg.file('signature.asc', signature.slice(signature.indexOf('-----BEGIN')))
  expect(gnupg.statusOf(['--verify', detached, signed])).toContain('GOODSIG')

  const inner = 'Content-Type: text/plain; charset=utf-8\r\n\r\nOnly for the Desk: 198.51.100.7\r\n'
  const encrypted = gnupg.run(['--armor', '--encrypt', '-r', `desk@${domain}`], inner).toString()
  const mime = [
    `From: ana@${domain}`,
    `To: desk@${domain}`,
    'Subject: Encrypted',
    'MIME-Version: 1.0',
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="e"',
    '',
    '--e',
    'Content-Type: application/pgp-encrypted',
    '',
    'Version: 1',
    '',
    '--e',
    'Content-Type: application/octet-stream',
    '',
    encrypted,
    '--e--',
    '',
  ].join('\n')
  swaks(`desk@${domain}`, ['--data', mime])
  const received = () =>
    desk.desk.store
      .opened()
      ?.mails.unfiled()
      .find(({ content }) => content.subject === 'Encrypted')
  await until(desk, () => received() !== undefined)
  expect(received()?.content).toMatchObject({ channel: 'encrypted-e-mail' })
  expect(received()?.content.text).toContain('198.51.100.7')
})

test('a message that the server refuses stays a draft, and the record says so', async () => {
  const { desk, browser } = await deskWithMail()
  const preview = await browser.post('/en/write/call-us', {
    title: 'Nobody',
    state: 'NO',
    kind: 'technical',
    entity: 'NSM NCSC',
    language: 'en',
  })
  const refused = await browser.post(`${preview.at}/send`, { to: 'nobody@elsewhere.example' })
  expect([refused.status, refused.text.includes('did not take this message')]).toEqual([409, true])
  expect((await browser.get(preview.at)).text).toContain('=== END ===')
  const whats =
    desk.desk.store
      .opened()
      ?.record.lines()
      .map(({ what }) => what) ?? []
  expect(whats.slice(-2)).toEqual(['message.leaving', 'message.not-sent'])
})
