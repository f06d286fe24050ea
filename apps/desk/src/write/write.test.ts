import { expect, test } from 'vitest'
import { browse, openedDesk, openOffice } from '../../test/desk-browser.ts'
import { emptyFolder, filesIn } from '../../test/desk-folder.ts'

const toNorvalia = {
  title: 'Scan of a ministry',
  state: 'NO',
  kind: 'technical',
  entity: 'NSM NCSC',
  language: 'fr',
}
const marker = 'zanzibarmarker'

test('POC-32: an inquiry is written from its template, shown exactly as it goes out, and then a line of the record', async () => {
  const folder = emptyFolder()
  const desk = openedDesk({ folder })
  const browser = await openOffice(desk)
  expect((await browser.get('/en/write')).text).toContain('Inquiry')
  const preview = await browser.post('/en/write/inquiry', {
    ...toNorvalia,
    'v-known': marker,
    'v-answer-within': '6',
  })
  expect(preview.at).toMatch(/^\/en\/drafts\//)
  // RULE-4: the reservations stand on it, in the languages of both sides.
  expect(preview.text).toContain('=== REAL ===')
  expect(preview.text).toContain('Reservations')
  expect(preview.text).toContain('Réserves')
  expect(preview.text).toContain(marker)
  for (const [, bytes] of filesIn(folder)) expect(bytes.includes(marker)).toBe(false)
  const mail = await browser.post(`${preview.at}/mail`, {
    from: 'desk@kenya.example',
    to: 'poc@norway.example',
  })
  expect(mail.headers.get('content-disposition')).toMatch(/\.eml"$/)
  expect(mail.text).toContain('To: poc@norway.example')
  const sent = await browser.post(`${preview.at}/sent`, { channel: 'e-mail' })
  expect(sent.text).toContain('Message sent')
  expect(sent.text).toContain('Time sensitivity')
  expect((await browser.get('/en/write')).text).not.toContain('Drafts')
  const kinds = [...(desk.desk.store.opened()?.record.lines() ?? [])].map(({ what }) => what)
  expect(kinds.slice(1)).toEqual(['case.opened', 'message.sent', 'case.timed'])
})

test('RULE-2: a message may leave every field empty; what cannot be read is said at its field', async () => {
  const browser = await openOffice(openedDesk())
  expect((await browser.post('/en/write/call-us', toNorvalia)).text).toContain('=== END ===')
  const wrong = await browser.post('/en/write/inquiry', { ...toNorvalia, 'v-answer-within': 'soon' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('href="#v-answer-within"')
  const nobody = await browser.post('/en/write/inquiry', { ...toNorvalia, title: '' })
  expect(nobody.text).toContain('href="#title"')
})

test('POC-30, POC-28: what came in is acknowledged in one message, and its clock stands in the case', async () => {
  const desk = openedDesk()
  const browser = browse(desk)
  await browser.post('/en/door', { secret: desk.secret ?? '' })
  const start = await browser.post('/en/try')
  const [, id = ''] = /href="\/en\/cases\/(3b0c[^"]*)"/.exec(start.text) ?? []
  const preview = await browser.post('/en/write/acknowledgement', {
    case: id,
    language: 'es',
    'v-estimate': '2027-01-01 05:00',
  })
  expect(preview.text).toContain('Acuse de recibo')
  const sent = await browser.post(`${preview.at}/sent`, { channel: 'e-mail' })
  expect(sent.text).toContain('Receipt acknowledged')
  expect(sent.text).toContain('2027-01-01T05:00:00.000Z')
  expect((await browser.get('/en')).text).not.toContain('Waits for our acknowledgement')
})

test('a call is entered by hand; a pasted message without its reservations, or of an exercise unknown here, is said so', async () => {
  const desk = openedDesk()
  const browser = await openOffice(desk)
  const came = {
    title: 'Odd traffic',
    state: 'NO',
    kind: 'technical',
    entity: 'NSM NCSC',
    text: 'They called.',
  }
  const before = desk.desk.store.opened()?.record.lines().length
  expect((await browser.post('/en/incoming', { ...came, channel: 'pigeon' })).status).toBe(422)
  expect(desk.desk.store.opened()?.record.lines().length).toBe(before)
  expect((await browser.post('/en/incoming', { ...came, channel: 'telephone' })).text).toContain(
    'They called.',
  )
  const pasted = { ...came, channel: 'e-mail', text: '=== EXERCISE ===\nNothing in it is real.' }
  const shown = await browser.post('/en/incoming', pasted)
  expect(shown.text).toContain('treat it as real until clarified')
  expect(shown.text).toContain('reservations are missing')
})
