import { day, hour } from '@parley/kernel'
import { composeMail, composeReply } from '@parley/mail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'

const state = stateCode('XA')
let world: World
let mission: Visitor
beforeAll(async () => {
  world = await openWorld()
  await world.participate(state, stateCode('XB'))
  await nominate(world, state, 'technical', {
    name: 'CERT Sahiliya',
    addresses: [email('duty@cert.sahiliya.example'), email('other@cert.sahiliya.example')],
    // The clock of the tests stands at eight on a Tuesday in UTC.
    availability: { timeZone: 'Asia/Tokyo', opens: '09:00', closes: '16:00', days: [], always: false },
  })
  const manager = await world.visitor({ role: 'manager' })
  await pressStart(manager)
  await world.work('send-messages')
}, 60_000)
afterAll(() => world?.close())

/** What the page of the State says of an address. */
async function ladderOf(address: string): Promise<readonly string[]> {
  mission = await world.visitor({ role: 'mission', state })
  const { text } = await mission.get('/en/our-checks')
  const row = text.slice(text.indexOf(`<bdi dir="ltr">${address}`)).split('</tr>')[0] ?? ''
  return [...row.matchAll(/<div>([\s\S]*?)<\/div>/g)].map(([, line = '']) =>
    line
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  )
}

test('an address climbs from well formed to answered, out of hours and confirmed, each by its month', async () => {
  expect(await ladderOf('duty@cert')).toEqual([expect.stringContaining('well formed'), 'nothing yet'])
  world.clock.advance(hour)
  const mail = world.sent.find(({ to }) => to.startsWith('duty@'))
  if (!mail) throw new Error('no message')
  const code = /checks\/(\d{12})/.exec(mail.text)?.[1]
  const stranger = await world.visitor()
  await stranger.post(`/en/checks/${code}`)
  await stranger.post(`/en/checks/${code}/remark`, { remark: 'correct' })
  for (let run = 0; run < 5; run += 1) await world.work('relay')
  const rungs = await ladderOf('duty@cert')
  expect(rungs.map((line) => line.split(' · ')[0])).toEqual([
    'well formed',
    'answered',
    'confirmed',
    'answered out of hours',
  ])
  for (const line of rungs) expect(line).toMatch(/ · [A-Z][a-z]+ 20\d\d$/)
})

test('the other address of the entry climbs nothing by that', async () => {
  expect(await ladderOf('other@cert')).toEqual([expect.stringContaining('well formed'), 'nothing yet'])
})

test('RULE-3: another State sees neither the ladder nor the checks', async () => {
  const other = await world.visitor({ role: 'mission', state: stateCode('XB') })
  const { text } = await other.get('/en/our-checks')
  expect(text).not.toContain('cert.sahiliya.example')
  expect(text).not.toContain('CERT Sahiliya')
  const find = await other.get('/en/find/XA')
  const card = /\/en\/entries\/[0-9a-f-]{36}/.exec(find.text)?.[0] ?? ''
  const seen = await other.get(card)
  expect(seen.status).toBe(200)
  expect(seen.text).not.toContain('answered out of hours')
})

test('POC-17: a State sees the rounds past and the date of the next', async () => {
  const { text } = await mission.get('/en/our-checks')
  expect(text).toContain('Round 1')
  expect(text).toMatch(/next check round is due on <time[^>]+>/)
})

test('POC-17: a State reads one date of the next round: the one that the manager chose', async () => {
  const manager = await world.visitor({ role: 'manager' })
  const on = new Date(world.clock.now().getTime() + 100 * day).toISOString().slice(0, 10)
  expect((await manager.post('/en/next-round/date', { on })).status).toBe(303)
  mission = await world.visitor({ role: 'mission', state })
  const { text } = await mission.get('/en/our-checks')
  const dates = [...text.matchAll(/due on <time datetime="([^"]+)"/g)].map(([, at = '']) => at.slice(0, 10))
  expect(dates).toEqual([on])
})

test('a delivery notice takes an address to delivered, and an answer from elsewhere confirms nothing', async () => {
  const mail = world.sent.find(({ to }) => to.startsWith('other@'))
  if (!mail) throw new Error('no message')
  const raw = await composeReply(await composeMail(mail), {
    from: { name: '', address: 'colleague@elsewhere.example' },
    text: 'Received.',
    at: world.clock.now(),
  })
  if (!raw) throw new Error('the message says nowhere to answer')
  await world.directory.receive(raw, world.clock.now())
  const report = [
    `From: MAILER-DAEMON@relay.example`,
    `To: ${mail.returnPath}`,
    'Subject: Successful Mail Delivery Report',
    'Message-ID: <delivered@relay.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'Your message was delivered.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; relay.example',
    '',
    `Final-Recipient: rfc822; ${mail.to}`,
    `Original-Recipient: rfc822; ${mail.to}`,
    'Action: delivered',
    'Status: 2.0.0',
    '',
    '--b--',
    '',
  ].join('\r\n')
  expect(await world.directory.receive(Buffer.from(report), world.clock.now())).toBe('report')
  for (let run = 0; run < 5; run += 1) await world.work('relay')
  const rungs = await ladderOf('other@cert')
  expect(rungs.map((line) => line.split(' · ')[0])).toEqual(['well formed', 'delivered'])
})
