import { after, hour } from '@parley/kernel'
import type { Message } from '@parley/protocol'
import { expect, test } from 'vitest'
import { type browse, office, openedDesk, openOffice } from '../../test/desk-browser.ts'
import { inquiry, received } from '../../test/received.ts'
import type { RunningDesk } from '../open-desk.ts'
import { readDrafts } from '../write/drafts.ts'

const start = new Date('2026-11-27T03:00:00Z')

async function openCase(message?: Message) {
  let now = start
  const desk = openedDesk({ clock: { now: () => now } })
  const browser = await openOffice(desk)
  const id = await received(desk, now, message)
  const forward = async (hours: number) => {
    now = after(now, hours * hour)
    await browser.post('/en/unlock', { name: office.name, passphrase: office.passphrase })
  }
  return { desk, browser, id, at: `/en/cases/${id}`, forward }
}

function whats({ desk }: RunningDesk, from: number): readonly string[] {
  return (desk.store.opened()?.record.lines() ?? []).slice(from).map(({ what }) => what)
}

function count(desk: RunningDesk): number {
  return whats(desk, 0).length
}

async function draftsOf({ desk }: RunningDesk): Promise<readonly Message[]> {
  const opened = desk.store.opened()
  return opened ? (await readDrafts(opened)).map(({ message }) => message) : []
}

async function send(browser: ReturnType<typeof browse>, draft: string) {
  return browser.post(`${draft}/sent`, { channel: 'e-mail' })
}

test('POC-30, RULE-4: one press prepares the acknowledgement, in both languages, with the four reservations, to the sender and in the thread', async () => {
  const { desk, browser, at } = await openCase()
  expect((await browser.get(at)).text).toContain('Acknowledge receipt')
  const before = count(desk)
  const preview = await browser.post(`${at}/acknowledge`)
  expect(preview.at).toMatch(/^\/en\/drafts\//)
  for (const each of [
    'Acuse de recibo',
    'Acknowledgement of receipt',
    'Reservas',
    'Reservations',
    'ENR-2026/114',
  ])
    expect(preview.text).toContain(each)
  const [message] = await draftsOf(desk)
  expect(message).toMatchObject({
    kind: 'acknowledgement',
    thread: inquiry().thread,
    reference: inquiry().reference,
    answers: inquiry().id,
    languages: ['en', 'es'],
    tlp: 'AMBER+STRICT',
    from: { state: 'KE', entity: office.entity },
    to: { state: 'NO', entity: 'Equipo de guardia', ownReference: 'ENR-2026/114' },
    values: { 'received-at': '2026-11-27T03:00:00Z' },
  })
  expect(message?.from.ownReference).toBe('KE-77')
  expect(count(desk)).toBe(before)
  // Pressed again, it is the same draft.
  expect((await browser.post(`${at}/acknowledge`)).at).toBe(preview.at)
  expect(await draftsOf(desk)).toHaveLength(1)
  const sent = await send(browser, preview.at)
  expect(sent.at).toBe(at)
  expect(whats(desk, before)).toEqual(['message.sent', 'case.referenced', 'case.acknowledged'])
  expect((await browser.get('/en')).text).not.toContain('Waits for our acknowledgement')
})

test('POC-28: nothing is acknowledged or answered by itself, however long it waits', async () => {
  const { desk, browser, at, forward } = await openCase()
  const before = count(desk)
  for (const path of ['/en', '/en/cases', at, '/ar/cases']) await browser.get(path)
  await forward(100)
  for (const path of ['/en', '/en/cases', at]) await browser.get(path)
  expect([await draftsOf(desk), count(desk)]).toEqual([[], before])
})

test('POC-33: looking into it with an estimated time; the estimate is a reminder, and overdue when it is over', async () => {
  const { desk, browser, at, forward } = await openCase()
  const before = count(desk)
  const preview = await browser.post(`${at}/look-into`, { hours: '8', agree: 'yes' })
  expect(preview.text).toContain('2026-11-27 11:00:00 UTC')
  await send(browser, preview.at)
  expect(whats(desk, before)).toEqual([
    'message.sent',
    'case.referenced',
    'case.answered',
    'case.estimated',
    'channel.agreed',
  ])
  // Their six hours have given way to our eight.
  await forward(7)
  expect((await browser.get('/en/cases?shown=overdue')).text).not.toContain('Dispatch system')
  await forward(2)
  expect((await browser.get('/en/cases?shown=overdue')).text).toContain('Dispatch system')
  expect((await browser.get('/en')).text).toContain('Our response, as we estimated')
})

test('POC-33: another estimate, asked for before the first went out, is the same draft', async () => {
  const { desk, browser, at } = await openCase()
  const first = await browser.post(`${at}/look-into`, { hours: '8' })
  const second = await browser.post(`${at}/look-into`, { hours: '24' })
  expect(second.at).toBe(first.at)
  expect((await draftsOf(desk))[0]?.values['estimate']).toBe('2026-11-28T03:00:00Z')
})

test('POC-29, POC-33: a response begins with the channel that the other side proposed, to be agreed', async () => {
  const { desk, browser, id, at } = await openCase()
  const page = await browser.get(`/en/write/response?case=${id}`)
  expect(page.text).toMatch(/<option value="agree"\s+selected/)
  expect(page.text).toMatch(/<option value="telephone"\s+selected/)
  expect(page.text).toContain('+999 55 012 345')
  const preview = await browser.post('/en/write/response', {
    case: id,
    language: 'es',
    'v-answer': 'immediate',
    'v-response': 'We saw it too.',
    'v-channel-step': 'agree',
    'v-channel': 'telephone',
    'v-channel-address': '+999 55 012 345',
    'v-lead-agency': 'Ministry of ICT',
  })
  const sent = await send(browser, preview.at)
  expect(sent.text).toMatch(/agreed on\s+<time[^>]*>27 November 2026/)
  expect(sent.text).toContain('Centro Nacional')
  expect(sent.text).toContain('Ministry of ICT')
  expect(desk.desk.store.opened()?.cases.find(id)?.agreedChannel).toMatchObject({
    channel: 'telephone',
    by: 'theirs',
  })
  expect((await browser.get(at)).text).toContain('Propose a channel')
})

test('POC-28: to decline is a message, not to answer is a line; each stops the clocks and says nothing of a reason', async () => {
  const declined = await openCase()
  const preview = await declined.browser.post(`${declined.at}/decline`)
  expect(preview.text).toContain('We do not answer on the substance')
  await send(declined.browser, preview.at)
  const silent = await openCase()
  const before = count(silent.desk)
  const page = await silent.browser.post(`${silent.at}/leave-unanswered`)
  expect(page.text).toContain('No answer')
  expect([await draftsOf(silent.desk), whats(silent.desk, before)]).toEqual([[], ['case.answered']])
  for (const { browser, forward } of [declined, silent]) {
    await forward(100)
    expect((await browser.get('/en/cases?shown=overdue')).text).not.toContain('Dispatch system')
  }
  // It is no end: the choice is taken back, and a response is still possible.
  expect((await silent.browser.post(`${silent.at}/answer-after-all`)).text).toContain('Our response')
  expect((await silent.browser.get('/en/cases?shown=overdue')).text).toContain('Dispatch system')
  expect((await silent.browser.post(`${silent.at}/look-into`, { hours: '1' })).status).toBe(200)
})

test('POC-29: after a call a channel is proposed, agreed or declined by hand, with its date', async () => {
  const { desk, browser, id, at } = await openCase()
  const told = (fields: Record<string, string>) =>
    browser.post(`${at}/told`, { by: 'telephone', channel: '', ...fields })
  const agreed = await told({ side: 'ours', step: 'agree', text: 'We agreed to their number.' })
  expect(agreed.text).toMatch(/agreed on\s+<time[^>]*>27 November 2026/)
  await told({ side: 'theirs', step: 'both', channel: 'messenger', detail: 'Signal' })
  expect(desk.desk.store.opened()?.cases.find(id)?.agreedChannel).toMatchObject({
    channel: 'messenger',
    detail: 'Signal',
  })
  await told({ side: 'theirs', step: 'propose', channel: 'meeting' })
  await told({ side: 'ours', step: 'decline' })
  expect(desk.desk.store.opened()?.cases.find(id)).toMatchObject({
    proposedChannel: undefined,
    agreedChannel: { channel: 'messenger' },
  })
})

test('POC-33: what they said on the telephone becomes their clock, their answer and their lead agency', async () => {
  const { desk, browser, id, at } = await openCase()
  const told = (fields: Record<string, string>) =>
    browser.post(`${at}/told`, { side: 'theirs', by: 'telephone', channel: '', ...fields })
  await told({
    acknowledged: 'yes',
    answer: 'looking-into-it',
    estimate: '٤',
    lead: 'Ministry',
    reference: 'N-9',
  })
  expect(desk.desk.store.opened()?.cases.find(id)).toMatchObject({
    acknowledged: { theirs: start },
    answered: { theirs: { answer: 'looking-into-it' } },
    estimated: { theirs: { until: after(start, 4 * hour) } },
    leads: { theirs: 'Ministry' },
    theirReference: 'N-9',
  })
})

test.each([
  [{}, 'text'],
  [{ step: 'propose' }, 'channel'],
  [{ step: 'both' }, 'channel'],
  [{ side: 'theirs', step: 'agree' }, 'step'],
  [{ estimate: 'soon' }, 'estimate'],
  [{ hours: '-3' }, 'hours'],
  [{ hours: '99999' }, 'hours'],
  [{ channel: 'pigeon' }, 'channel'],
  [{ answer: 'guilty' }, 'answer'],
  [{ side: 'both' }, 'side'],
])('POC-29: what cannot be entered by hand is said at its field: %j', async (fields, field) => {
  const { desk, browser, at } = await openCase()
  const before = count(desk)
  const page = await browser.post(`${at}/told`, { side: 'theirs', by: 'telephone', channel: '', ...fields })
  expect(page.status).toBeGreaterThanOrEqual(400)
  expect(page.text).toContain(`href="#${field}"`)
  expect(count(desk)).toBe(before)
})

test('POC-28: a case is closed with a message or without, opened again, and opens by itself when they write', async () => {
  const { desk, browser, id, at } = await openCase()
  expect((await browser.post(`${at}/close`, { outcome: 'Clarified on the telephone' })).text).toContain(
    'Clarified on the telephone',
  )
  const closed = count(desk)
  await browser.post(`${at}/close`)
  expect(count(desk)).toBe(closed)
  expect((await browser.post(`${at}/reopen`)).text).toContain('Case opened again')
  const preview = await browser.post('/en/write/closing', {
    case: id,
    language: 'es',
    'v-outcome': 'Nothing more on our side',
  })
  expect(preview.text).toContain('Cierre')
  expect((await send(browser, preview.at)).text).toContain('Open the case again')
  const answers = inquiry().id
  const more = inquiry({ id: '11111111-2222-4333-8444-555555555555', kind: 'closing', values: {}, answers })
  await received(desk, after(start, hour), more, id)
  const page = await browser.get(at)
  expect(page.text).toContain('They wrote that they expect nothing more')
  expect((await browser.get('/en')).text).not.toContain('Our acknowledgement')
})

test('what is prepared is addressed to where they wrote from, and never by itself to an address in doubt', async () => {
  const { desk, browser, id, at } = await openCase()
  const heard = (message: string, address: string, warnings: string[]) =>
    received(desk, after(start, hour), inquiry({ id: message }), id, { address, warnings })
  await heard('11111111-2222-4333-8444-555555555555', 'duty@norway.example', [])
  await heard('22222222-2222-4333-8444-555555555555', 'duty@norvvay.example', ['sender-lookalike'])
  const preview = await browser.post(`${at}/acknowledge`)
  expect(preview.text).toContain('value="duty@norway.example"')
  expect(preview.text).not.toContain('norvvay')
})

test('a message of another State in the thread is not the one that is answered', async () => {
  const { desk, browser, id, at } = await openCase()
  const { from } = inquiry()
  const stranger = inquiry({ id: '99999999-2222-4333-8444-555555555555', from: { ...from, state: 'FI' } })
  await received(desk, after(start, hour), stranger, id)
  await browser.post(`${at}/acknowledge`)
  expect((await draftsOf(desk))[0]).toMatchObject({ answers: inquiry().id, to: { state: 'NO' } })
})

test('a call that nobody wrote after is acknowledged too, in English, to the office of the case', async () => {
  const desk = openedDesk()
  const browser = await openOffice(desk)
  const called = await browser.post('/en/incoming', {
    title: 'Odd traffic',
    state: 'NO',
    kind: 'technical',
    entity: 'NSM NCSC',
    text: 'They called.',
    channel: 'telephone',
  })
  const preview = await browser.post(`${called.at}/acknowledge`)
  const [message] = await draftsOf(desk)
  expect(message).toMatchObject({ languages: ['en'], to: { state: 'NO', entity: 'NSM NCSC' } })
  expect(message?.answers).toBeUndefined()
  await send(browser, preview.at)
  // The case has its thread and its reference from now on.
  await browser.post(`${called.at}/decline`)
  expect((await draftsOf(desk))[0]).toMatchObject({ thread: message?.thread, reference: message?.reference })
})

test.each([
  'acknowledge',
  'look-into',
  'decline',
  'leave-unanswered',
  'answer-after-all',
  'close',
  'reopen',
  'told',
])('nothing is done in a case that is not there: %s', async (act) => {
  const { desk, browser } = await openCase()
  const before = count(desk)
  const fields = { hours: '8', side: 'ours', by: 'telephone', channel: '', text: 'x' }
  expect((await browser.post(`/en/cases/nowhere/${act}`, fields)).status).toBe(404)
  expect([count(desk), await draftsOf(desk)]).toEqual([before, []])
})

test('an estimate that is not offered is refused beside its field', async () => {
  const { desk, browser, at } = await openCase()
  for (const hours of ['0', '7', '-8', 'soon', '1e9', '']) {
    const page = await browser.post(`${at}/look-into`, { hours })
    expect([page.status, page.text.includes('href="#hours"')]).toEqual([422, true])
  }
  expect(await draftsOf(desk)).toEqual([])
})
