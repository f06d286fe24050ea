import { freePort, openScriptedRelay } from '@parley/testkit'
import { expect, onTestFinished, test } from 'vitest'
import { browse, openedDesk, openOffice } from '../../test/desk-browser.ts'
import { amal, emptyFolder } from '../../test/desk-folder.ts'
import type { RunningDesk } from '../open-desk.ts'

const toNorvalia = { title: 'Scan', state: 'NO', kind: 'technical', entity: 'NSM NCSC', language: 'en' }

async function relay(replies: Parameters<typeof openScriptedRelay>[0] = {}) {
  const opened = await openScriptedRelay(replies)
  onTestFinished(() => opened.close())
  return opened
}

async function deskThatSends(url: string, folder = emptyFolder()) {
  const desk = openedDesk({ folder })
  const browser = await openOffice(desk)
  const { hostname, port } = new URL(url)
  await browser.post('/en/mail-settings', {
    address: 'desk@cirt.example',
    'smtp-host': hostname,
    'smtp-port': port,
    'smtp-security': 'none',
  })
  return { desk, browser }
}

function whats(desk: RunningDesk): readonly string[] {
  return (desk.desk.store.opened()?.record.lines() ?? []).map(({ what }) => what)
}

const to = { to: 'poc@norvalia.example' }

test('POC-35: a message is in the record before it leaves, and what became of it after', async () => {
  const server = await relay()
  const { desk, browser } = await deskThatSends(server.url)
  const preview = await browser.post('/en/write/call-us', toNorvalia)
  const sent = await browser.post(`${preview.at}/send`, to)
  expect(sent.at).toMatch(/^\/en\/cases\//)
  expect(server.said).toContain(
    'RCPT TO:<poc@norvalia.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;poc@norvalia.example',
  )
  expect(whats(desk).slice(-3)).toEqual(['case.opened', 'message.leaving', 'message.sent'])
  expect((await browser.post(`${preview.at}/send`, to)).status).toBe(404)
})

test('POC-35: where the line breaks on the way it says that it may have been sent, and nothing is sent twice unknowingly', async () => {
  const server = await relay({ '.': undefined })
  const folder = emptyFolder()
  const { desk, browser } = await deskThatSends(server.url, folder)
  const preview = await browser.post('/en/write/inquiry', { ...toNorvalia, 'v-answer-within': '6' })
  const broken = await browser.post(`${preview.at}/send`, to)
  expect(broken.text).toContain('may have been sent to')
  const again = await browser.post(`${preview.at}/send`, to)
  expect([again.status, again.text.includes('may have been sent already')]).toEqual([409, true])
  expect((await browser.post(`${preview.at}/sent`, { channel: 'e-mail' })).status).toBe(409)
  expect(server.said.filter((line) => line === 'DATA')).toHaveLength(1)
  await desk.close()
  // As after a crash: nobody but the record knows of it.
  const restarted = openedDesk({ folder })
  const later = browse(restarted)
  await later.post('/en/door', { secret: restarted.secret ?? '' })
  const start = await later.post('/en/unlock', { ...amal, back: '/' })
  expect(start.text).toContain('may have been sent to')
  const [, settle = ''] = /action="(\/en\/lines\/\d+\/settle)"/.exec(start.text) ?? []
  const settled = await later.post(settle, { outcome: 'sent' })
  expect(settled.text).toContain('Time sensitivity')
  expect(whats(restarted).slice(-2)).toEqual(['message.sent', 'case.timed'])
  expect((await later.get('/en')).text).not.toContain('may have been sent')
  expect((await later.get(preview.at)).status).toBe(404)
  expect((await later.post(settle, { outcome: 'not-sent' })).status).toBe(409)
})

test('what was not sent stays a draft and can be sent again: the server was away, or somebody knows', async () => {
  const { desk, browser } = await deskThatSends(`smtp://127.0.0.1:${await freePort()}`)
  const preview = await browser.post('/en/write/call-us', toNorvalia)
  const away = await browser.post(`${preview.at}/send`, to)
  expect([away.status, away.text.includes('could not be reached')]).toEqual([409, true])
  expect(whats(desk).slice(-2)).toEqual(['message.leaving', 'message.not-sent'])
  const server = await relay()
  const { hostname, port } = new URL(server.url)
  const smtp = { 'smtp-host': hostname, 'smtp-port': port, 'smtp-security': 'none' }
  await browser.post('/en/mail-settings', { address: 'desk@cirt.example', ...smtp })
  expect((await browser.post(`${preview.at}/send`, to)).text).toContain('Message sent')
})

test('RULE-1: more than the class of the incident does not leave unencrypted unless somebody says so', async () => {
  const server = await relay()
  const { browser } = await deskThatSends(server.url)
  const preview = await browser.post('/en/write/inquiry', { ...toNorvalia, 'v-known': 'The pumps stopped.' })
  const asked = await browser.post(`${preview.at}/send`, to)
  expect([asked.status, asked.text.includes('href="#unencrypted"')]).toEqual([422, true])
  expect(server.said).toEqual([])
  expect((await browser.post(`${preview.at}/send`, { ...to, unencrypted: 'yes' })).text).toContain(
    'Message sent',
  )
})

test('files go with a message: listed in its text, kept with its line, taken off again', async () => {
  const server = await relay()
  const { desk, browser } = await deskThatSends(server.url)
  const preview = await browser.post('/en/write/call-us', toNorvalia)
  const bytes = new Uint8Array([0, 1, 2, 255])
  for (const name of ['indicators.csv', 'wrong.bin'])
    await browser.post(`${preview.at}/attach`, { file: new File([bytes], name) })
  const off = await browser.post(`${preview.at}/detach`, { name: 'wrong.bin' })
  expect([off.text.includes('indicators.csv'), off.text.includes('wrong.bin')]).toEqual([true, false])
  expect(off.text).toContain('SHA-256: ')
  const mail = await browser.post(`${preview.at}/mail`, { from: 'desk@cirt.example', ...to })
  expect(mail.text).toContain('AAEC/w==')
  const sent = await browser.post(`${preview.at}/send`, to)
  expect(sent.text).toContain('as the message lists it')
  const files = desk.desk.store.opened()?.record.lines().at(-1)?.files ?? []
  expect(files.map(({ name, size }) => [name, size])).toEqual([['indicators.csv', 4]])
})
