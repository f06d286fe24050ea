import { locales } from '@parley/kernel'
import { describeFile } from '@parley/protocol'
import { expect, test } from 'vitest'
import { browse, openedDesk, openOffice } from '../../test/desk-browser.ts'
import { emptyFolder, filesIn } from '../../test/desk-folder.ts'
import { parleyMail, parleyMessage, plainMail } from '../../test/mails.ts'

function file(bytes: Buffer, name = 'mail.eml') {
  return new File([new Uint8Array(bytes)], name)
}

test('POC-32: a mail that was saved as a file is brought in, and is a case with its text and its original', async () => {
  const folder = emptyFolder()
  const browser = await openOffice(openedDesk({ folder }))
  const attached = { name: 'ioc.bin', bytes: new Uint8Array([0, 255, 10, 13, 0, 7]) }
  const message = parleyMessage({ attachments: [await describeFile(attached)] })
  const mail = parleyMail(message, { files: [attached] })
  const shown = await browser.post('/en/mailbox/bring', { mail: file(mail) })
  expect(shown.at).toMatch(/^\/en\/cases\//)
  expect(shown.text).toContain('Las bombas del puerto')
  expect(shown.text).toContain('as the message lists it')
  const links = [...shown.text.matchAll(/href="(\/en\/lines\/[^"]+)"/g)].map(([, to = '']) => to)
  const kept = await Promise.all(links.map((to) => browser.bytes(to)))
  expect(kept.map((bytes) => bytes.equals(mail) || bytes.equals(Buffer.from(attached.bytes)))).toEqual([
    true,
    true,
  ])
  const again = await browser.post('/en/mailbox/bring', { mail: file(mail) })
  expect(again.text).toContain('it counts once')
  for (const [, bytes] of filesIn(folder)) expect(bytes.includes('bombas')).toBe(false)
})

test('a plain mail waits under Mail and on the start page, is put into a case, or aside and back', async () => {
  const browser = await openOffice(openedDesk())
  const waiting = await browser.post('/en/mailbox/bring', {
    text: plainMail('Do you know 198.51.100.7?').toString(),
  })
  expect(waiting.text).toContain('198.51.100.7')
  expect((await browser.get('/en')).text).toContain('Mail in no case yet: 1')
  const aside = await browser.post(`${waiting.at}/aside`)
  expect(aside.text).toContain('Put aside: 1')
  const counterpart = { title: 'An address', state: 'NO', kind: 'technical', entity: 'NSM NCSC' }
  const missing = await browser.post(`${waiting.at}/open`, { ...counterpart, state: '' })
  expect([missing.status, missing.text.includes('Please choose the State')]).toEqual([422, true])
  const opened = await browser.post(`${waiting.at}/open`, counterpart)
  expect(opened.text).toContain('198.51.100.7')
  expect((await browser.post(`${waiting.at}/open`, counterpart)).text).toContain(
    'put this mail into a case meanwhile',
  )
  expect((await browser.get('/en/mailbox')).text).not.toContain('Put aside: 1')
})

test('everything that is wrong with a mail stands on top of it, in six languages', async () => {
  const browser = await openOffice(openedDesk())
  const text = '=== EXERCISE ===\nNothing of it is real.'
  const shown = await browser.post('/en/mailbox/bring', { text })
  expect(shown.text.indexOf('treat it as real until clarified')).toBeLessThan(shown.text.indexOf('<pre'))
  expect(shown.text).toContain('reservations are missing')
  for (const locale of locales) {
    const page = await browser.get(shown.at.replace('/en/', `/${locale}/`))
    expect([page.status, page.text.includes('class="notice warn"')]).toEqual([200, true])
  }
})

test('RULE-1: markup of a stranger is text, and nothing that it names is asked for', async () => {
  const browser = await openOffice(openedDesk())
  const html = '<p>Hello</p><img src="http://tracker.hostile.example/x.gif"><script>alert(1)</script>'
  const fields = { Subject: '<script>alert(2)</script>', 'Content-Type': 'text/html' }
  const shown = await browser.post('/en/mailbox/bring', { mail: file(plainMail(html, fields)) })
  expect(shown.text).not.toContain('<script>alert')
  expect(shown.text).not.toContain('tracker.hostile.example')
  expect(shown.text).toContain('Hello')
})

test('the demonstration has the page, too; a mail that is not there is said so', async () => {
  const desk = openedDesk()
  const browser = browse(desk)
  await browser.post('/en/door', { secret: desk.secret ?? '' })
  await browser.post('/en/try')
  expect((await browser.get('/ar/mailbox')).text).toContain('البريد')
  expect((await browser.get('/en/mailbox/1')).status).toBe(404)
  expect((await browser.get('/en/lines/1/files/x')).status).toBe(404)
  expect((await browser.post('/en/mailbox/bring')).text).toContain('Choose a file')
})
