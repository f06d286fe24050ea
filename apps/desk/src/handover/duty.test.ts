import { after, hour, locales } from '@parley/kernel'
import { expect, test } from 'vitest'
import { browse, openedDesk } from '../../test/desk-browser.ts'
import { amal, beginDesk, bruno, emptyFolder, quick, valueOf } from '../../test/desk-folder.ts'

const begin = new Date('2026-11-27T03:00:00Z')

/** Two users and a settable clock; the other side wrote and wants an answer within six hours. */
async function twoOnDuty() {
  let now = begin
  const clock = { now: () => now }
  const begun = await beginDesk(emptyFolder(), { ...quick, clock })
  valueOf(await begun.users.add(begun.user, bruno))
  const said = { at: now, by: amal.name, case: 'port' }
  const counterpart = { state: 'NO', kind: 'technical', entity: 'NSM NCSC' }
  const opening = { title: 'Odd traffic', side: 'theirs', counterpart, nature: 'REAL' } as const
  const until = after(now, 20 * hour).toISOString()
  for (const entry of [
    { ...said, what: 'case.opened', content: opening },
    { ...said, what: 'message.received', content: { text: 'They wrote.', channel: 'e-mail' } },
    { ...said, what: 'case.timed', content: { side: 'theirs', hours: 6 } },
    {
      ...said,
      what: 'channel.proposed',
      content: { side: 'theirs', channel: 'messenger', detail: 'Signal' },
    },
    { ...said, what: 'channel.agreed', content: { side: 'ours' } },
    { ...said, case: 'grid', what: 'case.opened', content: { ...opening, title: 'Phishing' } },
    { ...said, case: 'grid', what: 'case.estimated', content: { side: 'ours', until } },
  ] as const)
    valueOf(await begun.record.append(entry))
  await begun.store.close()
  const running = openedDesk({ isShared: true, folder: begun.folder, clock })
  const [amals, brunos] = [browse(running), browse(running)]
  await amals.post('/en/unlock', { ...amal })
  await brunos.post('/en/unlock', { ...bruno })
  const pass = (hours: number) => (now = after(now, hours * hour))
  const lines = () => running.desk.store.opened()?.record.lines() ?? []
  return { amals, brunos, pass, lines }
}

/** What stands under a heading, as text. */
function under(page: string, heading: string): string {
  const [, rest = ''] = page.split(`<h2>${heading}</h2>`)
  return rest.split('<h2>')[0]?.replace(/<[^>]+>|\s+/g, ' ') ?? ''
}

test('POC-28, POC-29: the note says what is unanswered, due, promised and by which channel each case goes on', async () => {
  const { amals, pass } = await twoOnDuty()
  const { text } = await amals.get('/en/duty')
  expect(text).toContain('Nobody has taken duty yet')
  expect(under(text, 'Messages without an answer of ours')).toContain('Odd traffic')
  expect(under(text, 'Falls due within 12 hours')).toContain('Odd traffic')
  expect(under(text, 'Falls due within 12 hours')).not.toContain('Phishing')
  expect(under(text, 'What we promised')).toContain('Phishing')
  expect(under(text, 'Open cases and their channels')).toContain('Signal')
  expect(under(text, 'Overdue')).toContain('None')
  expect(under((await amals.get('/en/duty?hours=24')).text, 'Falls due within 24 hours')).toContain(
    'Phishing',
  )
  pass(0.4)
  pass(6)
  await amals.post('/en/unlock', { ...amal })
  expect(under((await amals.get('/en/duty')).text, 'Overdue')).toContain('Odd traffic')
})

test('who goes off duty leaves words, who comes on confirms: both are lines of the record', async () => {
  const { amals, brunos, lines } = await twoOnDuty()
  await amals.post('/en/duty/take', { for: '8' })
  expect((await brunos.get('/en/duty')).text).toMatch(/On duty<\/dt>\s*<dd><bdi>Amal Haddad/)
  const left = await amals.post('/en/duty', { note: 'Oslo calls at noon.' })
  expect(left.text).toContain('I stay on duty after all')
  const shown = await brunos.get('/en/duty')
  expect(shown.text).toContain('Oslo calls at noon.')
  expect(shown.text).toContain('I have read this and take duty')
  await brunos.post('/en/duty/take', { for: '12' })
  const after12 = await amals.get('/en/duty')
  expect(after12.text).toMatch(/On duty<\/dt>\s*<dd><bdi>Bruno Salvi/)
  expect(after12.text).not.toContain('Nobody has confirmed')
  expect(lines().slice(-3)).toMatchObject([
    { what: 'duty.taken', by: amal.name, content: { until: after(begin, 8 * hour).toISOString() } },
    { what: 'duty.handed-over', by: amal.name, content: { note: 'Oslo calls at noon.' } },
    { what: 'duty.taken', by: bruno.name, content: { until: after(begin, 12 * hour).toISOString() } },
  ])
  // The words stay in the record, where they can be read again.
  expect((await amals.get('/en/record')).text).toContain('Oslo calls at noon.')
})

test('RULE-10: the note is there in six languages, and on paper without its forms', async () => {
  const { amals } = await twoOnDuty()
  for (const locale of locales) {
    const { status, text } = await amals.get(`/${locale}/duty`)
    expect(status).toBe(200)
    expect(text.indexOf('<div class="unprinted">')).toBeLessThan(text.indexOf(`action="/${locale}/duty"`))
  }
})
