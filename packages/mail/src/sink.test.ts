import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { composeReply } from './compose-reply.ts'
import { judgeMail } from './judge-mail.ts'
import { openOutbound } from './outbound.ts'
import type { OutgoingMail } from './outgoing-mail.ts'
import { parseMail } from './parse-mail.ts'
import { openSink, type Sink, type SunkMail } from './sink.ts'

let folder: string
const open: (() => Promise<void>)[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-sink-'))
})

afterEach(async () => {
  for (const close of open.splice(0)) await close()
  await rm(folder, { recursive: true })
})

test('what is sent lies in the sink, the newest first, as a mailbox holds it', async () => {
  const { sink, outbound } = await sinkAndOutbound()
  for (const to of ['one@cert.example', 'two@cert.example'])
    expect(await outbound.send(mail({ to, subject: `To ${to}` }))).toEqual({ kind: 'accepted' })
  const [newest, older] = await sink.list()
  expect([newest?.subject, older?.subject]).toEqual(['To two@cert.example', 'To one@cert.example'])
  const raw = (await sink.read(newest?.id ?? '')) ?? new Uint8Array()
  const read = await parseMail(raw)
  expect(read.ok && [read.value.recipients, read.value.returnPath]).toEqual([
    ['two@cert.example'],
    'bounce+abc@directory.example',
  ])
  expect(await sink.read('99999999')).toBeUndefined()
  expect(await sink.read('../../etc/passwd')).toBeUndefined()
})

test('an address that does not exist is refused as dead', async () => {
  const { outbound } = await sinkAndOutbound((address) => !address.startsWith('nobody'))
  const refused = { kind: 'refused', status: '5.1.1', cause: 'dead-address' }
  expect(await outbound.send(mail({ to: 'nobody@cert.example' }))).toEqual(refused)
  expect(await outbound.send(mail({ to: 'somebody@cert.example' }))).toEqual({ kind: 'accepted' })
})

test('an address that cannot be written in an envelope is refused without asking the relay', async () => {
  const { sink, outbound } = await sinkAndOutbound()
  const outcome = await outbound.send(mail({ to: 'a@b.example>\r\nRCPT TO:<c@d.example' }))
  expect(outcome).toEqual({ kind: 'refused', status: '5.1.3', cause: 'dead-address' })
  expect(sink.taken()).toBe(0)
})

test('a sink opened again goes on where it was', async () => {
  const first = await sinkAndOutbound()
  await first.outbound.send(mail({ to: 'one@cert.example' }))
  const second = await sinkAndOutbound()
  await second.outbound.send(mail({ to: 'two@cert.example' }))
  expect((await second.sink.list()).map(({ id }) => id)).toEqual(['00000002', '00000001'])
})

test('a sink that keeps nothing counts, and tells who was written to', async () => {
  const sink = await openSink({ host: '127.0.0.1', port: 0, keep: false })
  const outbound = openOutbound(sink.url, { connections: 4 })
  open.push(outbound.close, sink.close)
  const heard: SunkMail[] = []
  const stop = sink.onMessage((sunk) => heard.push(sunk))
  const recipients = Array.from({ length: 250 }, (_, index) => `office-${index}@cert.example`)
  await Promise.all(recipients.map((to) => outbound.send(mail({ to }))))
  stop()
  expect(sink.taken()).toBe(250)
  expect(heard.flatMap(({ to }) => to).sort()).toEqual(recipients.toSorted())
  expect(await readdir(folder)).toEqual([])
})

test('the sink holds the newest 2,000 messages', async () => {
  const old = Array.from({ length: 2_000 }, (_, index) => `${String(index + 1).padStart(8, '0')}.eml`)
  await Promise.all(old.map((name) => writeFile(join(folder, name), 'Subject: old\r\n\r\n')))
  const { outbound } = await sinkAndOutbound()
  await outbound.send(mail({ to: 'one@cert.example' }))
  expect((await readdir(folder)).sort()).toEqual([...old.slice(1), '00002001.eml'])
})

test('a sink opens on loopback only', async () => {
  await expect(openSink({ host: '0.0.0.0', port: 0, keep: false })).rejects.toThrow(TypeError)
})

test('an answer composed from the sink is read as a person’s, threaded, at the reply address', async () => {
  const { sink, outbound } = await sinkAndOutbound()
  await outbound.send(
    mail({ to: 'duty@cert.example', subject: 'تحقق من الاتصال', text: 'الرمز: 4172 0385 9168\n' }),
  )
  const original = (await sink.read('00000001')) ?? new Uint8Array()
  const reply = await composeReply(original, {
    from: { name: 'نقطة الاتصال\r\nBcc: a@evil.example', address: 'duty@cert.example' },
    text: 'نحن هنا.',
    at: new Date('2026-11-03T10:00:00Z'),
  })
  const read = await parseMail(reply ?? new Uint8Array())
  if (!read.ok) throw new Error(read.refusal.code)
  expect(read.value).toMatchObject({
    subject: 'Re: تحقق من الاتصال',
    recipients: ['checks+abc@directory.example'],
    inReplyTo: ['<c1.abc@directory.example>'],
    references: ['<c1.abc@directory.example>'],
    ownText: 'نحن هنا.',
  })
  expect(read.value.text).toContain('> الرمز: 4172 0385 9168')
  expect(judgeMail(read.value)).toEqual({ kind: 'personal', says: 'else' })
})

test('closing waits for what is in flight', async () => {
  const { sink, outbound } = await sinkAndOutbound()
  const sending = outbound.send(mail({ to: 'one@cert.example' }))
  await outbound.close()
  expect([sink.taken(), await sending]).toEqual([1, { kind: 'accepted' }])
})

async function sinkAndOutbound(accept?: (address: string) => boolean) {
  const sink: Sink = await openSink({ host: '127.0.0.1', port: 0, folder, ...(accept ? { accept } : {}) })
  const outbound = openOutbound(sink.url, { connections: 1 })
  open.push(outbound.close, sink.close)
  return { sink, outbound }
}

function mail(differs: Partial<OutgoingMail> & { readonly to: string }): OutgoingMail {
  return {
    from: { name: 'Directory', address: 'checks@directory.example' },
    replyTo: 'checks+abc@directory.example',
    returnPath: 'bounce+abc@directory.example',
    messageId: '<c1.abc@directory.example>',
    subject: 'Communication check',
    text: 'Please answer.\n',
    language: 'en',
    at: new Date('2026-11-03T09:00:00Z'),
    ...differs,
  }
}
