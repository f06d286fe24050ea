import { setTimeout as sleep } from 'node:timers/promises'
import { openScriptedRelay, type ScriptedRelay } from '@parley/testkit'
import { afterEach, expect, test, vi } from 'vitest'
import { openOutbound } from './outbound.ts'

const later = { kind: 'later', cause: 'ours' }
const mail = {
  from: { name: 'Directory', address: 'checks@directory.example' },
  to: 'duty+night@cert.example',
  returnPath: 'bounce+abc@directory.example',
  messageId: '<c1.abc@directory.example>',
  subject: 'Communication check',
  text: 'Please answer.\n',
  language: 'en',
  at: new Date('2026-11-03T09:00:00Z'),
}

let relayOfTest: ScriptedRelay | undefined

afterEach(() => relayOfTest?.close())

test('the relay is asked for notices of success, failure and delay, with headers only, about the address as we know it', async () => {
  const relay = await openRelay()
  expect(await sendTo(relay.url)).toEqual({ kind: 'accepted' })
  expect(relay.said.find((line) => line.startsWith('MAIL'))).toBe(
    'MAIL FROM:<bounce+abc@directory.example> RET=HDRS',
  )
  expect(relay.said.find((line) => line.startsWith('RCPT'))).toBe(
    'RCPT TO:<duty+night@cert.example> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;duty+2Bnight@cert.example',
  )
})

test('a relay that hangs up after the message is tried again by the caller, not behind its back', async () => {
  const relay = await openRelay({ '.': undefined })
  expect(await sendTo(relay.url)).toMatchObject(later)
  expect(relay.said.filter((line) => line === '.')).toHaveLength(1)
})

test.each([
  ['hangs up at once', { '': undefined }],
  ['hangs up at the sender', { MAIL: undefined }],
  ['says that it closes', { MAIL: '421 4.3.2 Closing' }],
  ['defers the sender', { MAIL: '451 4.3.0 Later' }],
  ['never answers after the message', { '.': '' }],
])('a relay that %s is for later, and ours', async (_what, replies) => {
  const relay = await openRelay(replies)
  expect(await sendTo(relay.url)).toMatchObject(later)
})

test('a relay without notices is sent to without asking for any', async () => {
  const relay = await openRelay({ EHLO: '250 relay.example' })
  expect(await sendTo(relay.url)).toEqual({ kind: 'accepted' })
  expect(relay.said).toContain('RCPT TO:<duty+night@cert.example>')
})

test('after a refusal the same connection takes the next message', async () => {
  const relay = await openRelay({ RCPT: '550 5.1.1 User unknown' })
  const outbound = openOutbound(relay.url, { connections: 1 })
  for (let sent = 0; sent < 3; sent += 1) expect(await outbound.send(mail)).toMatchObject({ kind: 'refused' })
  await outbound.close()
  expect(relay.said.filter((line) => line.startsWith('EHLO'))).toHaveLength(1)
})

test('no more connections than allowed are open, and every message has its turn', async () => {
  const relay = await openRelay()
  const outbound = openOutbound(relay.url, { connections: 2 })
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => outbound.send(mail)))
  await outbound.close()
  expect(outcomes).toEqual(Array.from({ length: 20 }, () => ({ kind: 'accepted' })))
  expect(relay.said.filter((line) => line.startsWith('EHLO'))).toHaveLength(2)
})

test('a connection is left after a hundred messages', async () => {
  const relay = await openRelay()
  const outbound = openOutbound(relay.url, { connections: 1 })
  for (let sent = 0; sent < 101; sent += 1) expect(await outbound.send(mail)).toEqual({ kind: 'accepted' })
  await outbound.close()
  expect(relay.said.filter((line) => line.startsWith('EHLO'))).toHaveLength(2)
})

test('a relay that hung up between two messages is called again', async () => {
  const relay = await openRelay()
  const outbound = openOutbound(relay.url, { connections: 1 })
  expect(await outbound.send(mail)).toEqual({ kind: 'accepted' })
  await relay.hangUp()
  expect(await outbound.send(mail)).toEqual({ kind: 'accepted' })
  await outbound.close()
})

test('where the relay wants it, we sign in with what the address of the relay says', async () => {
  const relay = await openRelay({ EHLO: '250-relay.example\r\n250 AUTH PLAIN', AUTH: '235 2.7.0 In' })
  const url = relay.url.replace('smtp://', 'smtp://user:p%40ss@')
  expect(await sendTo(url)).toEqual({ kind: 'accepted' })
  const credentials = Buffer.from('\0user\0p@ss').toString('base64')
  expect(relay.said).toContain(`AUTH PLAIN ${credentials}`)
})

test('a relay that does not let us in is for later, and ours', async () => {
  const relay = await openRelay({ EHLO: '250-relay.example\r\n250 AUTH PLAIN', AUTH: '535 5.7.8 No' })
  const url = relay.url.replace('smtp://', 'smtp://user:wrong@')
  expect(await sendTo(url)).toMatchObject(later)
})

test('a message that may not leave yet is announced, and leaves when it may', async () => {
  const relay = await openRelay()
  const outbound = openOutbound(relay.url, { connections: 1 })
  const mayLeave = Promise.withResolvers<void>()
  const sending = outbound.send(mail, () => mayLeave.promise)
  await vi.waitFor(() => expect(relay.said.at(-1)).toBe('DATA'))
  await sleep(50)
  expect(relay.said.at(-1)).toBe('DATA')
  mayLeave.resolve()
  expect(await sending).toEqual({ kind: 'accepted' })
  expect(relay.said).toContain('.')
  await outbound.close()
})

test('a message that may not leave after all is not taken, and the next one is', async () => {
  const relay = await openRelay()
  const outbound = openOutbound(relay.url, { connections: 1 })
  const held = new Error('held back')
  await expect(outbound.send(mail, () => Promise.reject(held))).rejects.toBe(held)
  expect(relay.said).not.toContain('.')
  expect(await outbound.send(mail)).toEqual({ kind: 'accepted' })
  expect(relay.said.filter((line) => line === '.')).toHaveLength(1)
  await outbound.close()
})

async function sendTo(url: string) {
  const outbound = openOutbound(url, { connections: 1, silenceFor: 300 })
  const outcome = await outbound.send(mail)
  await outbound.close()
  return outcome
}

async function openRelay(replies?: Parameters<typeof openScriptedRelay>[0]): Promise<ScriptedRelay> {
  relayOfTest = await openScriptedRelay(replies)
  return relayOfTest
}
