import { listEntries } from '../directory/index.ts'
import { saveMission } from '../community/index.ts'
import { composeReply, composeMail, type OutgoingMail } from '@parley/mail'
import { day, hour, minute, type StateCode } from '@parley/kernel'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { email, nominate, phone, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { wholeDatabase } from '../../../test/whole-database.ts'
import { listFollowUps } from './follow-up.ts'
import { checksTables } from './store.ts'
import { openWorld, type Page, type Visitor, type World } from '../../../test/world.ts'

const sahiliya: StateCode = stateCode('XA')
const norvalia: StateCode = stateCode('XB')

let world: World
let manager: Visitor
let stranger: Visitor

beforeEach(async () => {
  world = await openWorld()
  await world.participate(sahiliya, norvalia)
  manager = await world.visitor({ role: 'manager' })
  stranger = await world.visitor()
})
afterEach(() => world.close())

/** Starts a round and lets the worker send; gives back the page of the round. */
async function startRound(): Promise<string> {
  const started = await pressStart(manager)
  expect(started.status).toBe(303)
  await world.work('send-messages')
  return started.location
}

function codeIn(mail: OutgoingMail | undefined): string {
  const code = /checks\/(\d{12})/.exec(mail?.text ?? '')?.[1]
  if (!code) throw new Error('no code in the message')
  return code
}

/** A page's text with a code taken out, however it is grouped. */
function without(code: string, page: Page): string {
  return page.text.replaceAll(code, '').replaceAll(code.replace(/(\d{4})(?=\d)/g, '$1\u00a0'), '')
}

function figure(page: Page, label: string): string {
  const text = page.text.replace(/\s+/g, ' ')
  return new RegExp(`<dt>${label}</dt> ?<dd>([^<]*)</dd>`).exec(text)?.[1] ?? `no figure ${label}`
}

async function reply(mail: OutgoingMail | undefined, from: string, text: string, header = '') {
  if (!mail) throw new Error('no message to answer')
  const raw = await composeReply(await composeMail(mail), {
    from: { name: 'Duty Officer', address: from },
    text,
    at: world.clock.now(),
  })
  if (!raw) throw new Error('the message says nowhere to answer')
  return world.directory.receive(Buffer.concat([Buffer.from(header), raw]), world.clock.now())
}

describe('answering', () => {
  beforeEach(async () => {
    await nominate(world, sahiliya, 'technical', {
      name: 'CERT Sahiliya',
      addresses: [email('poc@cert.sahiliya.example'), email('duty@cert.sahiliya.example')],
    })
    await nominate(world, norvalia, 'diplomatic', { addresses: [email('desk@mfa.norvalia.example')] })
  })

  test('POC-17: every address of every entry gets one message with its own code', async () => {
    await startRound()
    expect(world.sent.map(({ to }) => to).sort()).toEqual([
      'desk@mfa.norvalia.example',
      'duty@cert.sahiliya.example',
      'poc@cert.sahiliya.example',
    ])
    expect(new Set(world.sent.map(codeIn)).size).toBe(3)
    await world.work('send-messages')
    expect(world.sent).toHaveLength(3)
  })

  test('POC-17: opening the link does not answer the check, the button does, and the first answer to any message answers it', async () => {
    const round = await startRound()
    const code = codeIn(world.sent.find(({ to }) => to.startsWith('poc@')))
    const opened = await stranger.get(`/ar/checks/${code}`)
    expect(opened.status).toBe(200)
    expect(figure(await manager.get(round), 'waiting')).toBe('2')
    const pressed = await stranger.post(`/ar/checks/${code}`)
    expect(pressed.status).toBe(303)
    const thanks = await stranger.get(pressed.location)
    expect(thanks.text).toContain('سُجل إقراركم بالاستلام')
    const seen = await manager.get(round)
    expect(figure(seen, 'waiting')).toBe('1')
    expect(figure(seen, 'answered in time, 50%')).toBe('1')
  })

  test('POC-17: the page behind the link is the same for every well-formed code, known or not', async () => {
    await startRound()
    const code = codeIn(world.sent[0])
    const known = await stranger.get(`/en/checks/${code}`)
    const invented = await stranger.get('/en/checks/000000000000')
    expect(invented.status).toBe(known.status)
    expect(without('000000000000', invented)).toBe(without(code, known))
  })

  test('POC-17: an invented or malformed code is refused in the language of the page and answers nothing', async () => {
    const round = await startRound()
    const invented = await stranger.post('/ar/checks/000000000000')
    expect(invented.status).toBe(404)
    expect(invented.text).toContain('لا فحص بهذا الرمز')
    expect((await stranger.get('/ar/checks/123456789012')).status).toBe(404)
    expect((await stranger.post('/en/answer', { code: '12 34' })).text).toContain('A code has twelve digits')
    expect(figure(await manager.get(round), 'waiting')).toBe('2')
  })

  test('POC-17: the code typed in Arabic-Indic digits with hyphens answers the check', async () => {
    await startRound()
    const code = codeIn(world.sent[0])
    const typed = code
      .replace(/(\d{4})(?=\d)/g, '$1-')
      .replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))
    const answered = await stranger.post('/ar/answer', { code: typed })
    expect(answered.status).toBe(303)
    expect((await stranger.get(answered.location)).text).toContain('سُجل إقراركم بالاستلام')
  })

  test('a form with everything empty, or over one megabyte long, is answered in the language of the page', async () => {
    const empty = await stranger.post('/ar/answer', {})
    expect(empty.status).toBe(422)
    expect(empty.text).toContain('يرجى ملء هذا الحقل')
    const long = await stranger.post('/en/answer', { code: '1'.repeat(1024 * 1024) })
    expect(long.status).toBe(413)
    expect(long.text).toContain('The most is one megabyte')
  })

  test('POC-17: after twenty wrong codes a caller waits for an hour, and is told so', async () => {
    await startRound()
    for (let tries = 0; tries < 20; tries += 1) await stranger.post('/en/answer', { code: '000000000000' })
    const refused = await stranger.post('/en/answer', { code: '000000000000' })
    expect(refused.status).toBe(429)
    expect(refused.text).toContain('Too many tries')
    world.clock.advance(hour)
    expect((await stranger.post(`/en/checks/${codeIn(world.sent[0])}`)).status).toBe(303)
  })

  test('POC-17: two answers at once are one, and answering again is harmless', async () => {
    const round = await startRound()
    const code = codeIn(world.sent[0])
    const both = await Promise.all([stranger.post(`/en/checks/${code}`), stranger.post(`/en/checks/${code}`)])
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    await stranger.post(`/en/checks/${code}`)
    expect(figure(await manager.get(round), 'answered in time, 50%')).toBe('1')
    const history = await countActs('check.answered')
    expect(history).toBe(1)
  })

  test('POC-17: an answer after 48 hours is recorded as late', async () => {
    const round = await startRound()
    world.clock.advance(48 * hour + minute)
    manager = await world.visitor({ role: 'manager' })
    await stranger.post(`/en/checks/${codeIn(world.sent[0])}`)
    const seen = await manager.get(round)
    expect(figure(seen, 'answered late')).toBe('1')
    expect(figure(seen, 'answered in time, 0%')).toBe('0')
  })

  test('POC-17: the 48 hours start when the relay accepts, not when the round begins', async () => {
    world.answerSending(() => ({ kind: 'later', status: '4.3.0', cause: 'ours' }))
    const round = await startRound()
    expect((await manager.get(round)).text).toContain('because of a fault on our side')
    world.answerSending(() => ({ kind: 'accepted' }))
    world.clock.advance(10 * hour)
    await world.work('send-messages')
    world.clock.advance(40 * hour)
    await stranger.post(`/en/checks/${codeIn(world.sent[0])}`)
    manager = await world.visitor({ role: 'manager' })
    expect(figure(await manager.get(round), 'answered late')).toBe('0')
  })

  test('a plain reply from the address itself answers the check; told twice, it does so once', async () => {
    await startRound()
    const mail = world.sent.find(({ to }) => to.startsWith('desk@'))
    world.clock.advance(5 * minute)
    expect(await reply(mail, 'desk@mfa.norvalia.example', 'Received with thanks, Anna')).toBe('acknowledged')
    expect(await reply(mail, 'desk@mfa.norvalia.example', 'Received with thanks, Anna')).toBe('acknowledged')
    expect(await countActs('check.answered')).toBe(1)
    await world.work('relay')
    expect(await rungs()).toEqual(['answered'])
  })

  test('POC-17: an out-of-office reply does not answer the check', async () => {
    const round = await startRound()
    world.clock.advance(5 * minute)
    const mail = world.sent.find(({ to }) => to.startsWith('desk@'))
    const words = 'I am out of the office until Monday and have confirmed nothing.'
    const verdict = await reply(mail, 'desk@mfa.norvalia.example', words, 'Auto-Submitted: auto-replied\r\n')
    expect(verdict).toBe('automatic')
    expect(figure(await manager.get(round), 'waiting')).toBe('2')
  })

  test('RULE-4: the message, its page and the thanks say that an acknowledgement is not agreement', async () => {
    await startRound()
    const mail = world.sent.find(({ to }) => to.startsWith('desk@'))
    expect(mail?.text).toContain('An acknowledgement of receipt is not agreement')
    const page = `/en/checks/${codeIn(mail)}`
    expect((await stranger.get(page)).text).toContain('An acknowledgement of receipt is not agreement')
    const { location } = await stranger.post(page)
    expect((await stranger.get(location)).text).toContain('An acknowledgement of receipt is not agreement')
  })

  test('a reply from elsewhere is accepted, is said to be from elsewhere, confirms no address, and the Mission is told', async () => {
    await setMission(norvalia, 'mission@norvalia.example')
    const round = await startRound()
    world.clock.advance(5 * minute)
    const mail = world.sent.find(({ to }) => to.startsWith('desk@'))
    expect(await reply(mail, 'colleague@other.example', 'I confirm receipt for the desk.')).toBe(
      'acknowledged',
    )
    await world.work('relay')
    expect((await manager.get(round)).text).toContain('from another address')
    expect(await rungs()).toEqual([])
    expect(world.sent.at(-1)?.to).toBe('mission@norvalia.example')
  })

  test('RULE-1: nothing of an incoming mail is kept but its digest, time, relation and verdict', async () => {
    await startRound()
    world.clock.advance(5 * minute)
    const mail = world.sent.find(({ to }) => to.startsWith('desk@'))
    await reply(mail, 'desk@mfa.norvalia.example', 'Received. PLANTEDWORD our power grid is under attack.')
    await world.work('relay')
    expect(await wholeDatabase(world.directory.database)).not.toContain('PLANTEDWORD')
    expect(await wholeDatabase(world.directory.database)).toContain('mfa.norvalia.example')
  })

  test('POC-17: a reminder goes out after 24 hours to those who wait, once, with the same code', async () => {
    await startRound()
    const answered = world.sent.find(({ to }) => to.startsWith('desk@'))
    await stranger.post(`/en/checks/${codeIn(answered)}`)
    world.clock.advance(day + minute)
    await world.work('send-messages')
    await world.work('send-messages')
    const reminders = world.sent.slice(3)
    expect(reminders.map(({ to }) => to).sort()).toEqual([
      'duty@cert.sahiliya.example',
      'poc@cert.sahiliya.example',
    ])
    const first = world.sent.find(({ to }) => to === reminders[0]?.to)
    expect(codeIn(reminders[0])).toBe(codeIn(first))
    expect(reminders[0]?.messageId).not.toBe(first?.messageId)
    // What answered needs no reminder, and no later look at the queue meets it again.
    const left = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
      checksTables(tx)
        .selectFrom('checks.message')
        .select(['address', 'reminder'])
        .orderBy('address')
        .execute(),
    )
    expect(left.map(({ address, reminder }) => `${address.split('@')[0]} ${reminder}`)).toEqual([
      'desk dropped',
      'duty sent',
      'poc sent',
    ])
  })

  test('a paused round sends nothing more until it is resumed', async () => {
    const { location } = await pressStart(manager)
    expect((await manager.post(`${location}/pause`)).status).toBe(303)
    await world.work('send-messages')
    expect(world.sent).toHaveLength(0)
    await manager.post(`${location}/resume`)
    await world.work('send-messages')
    expect(world.sent).toHaveLength(3)
  })

  test('a second round cannot begin while one is open, and the page says so', async () => {
    await startRound()
    const second = await pressStart(manager)
    expect(second.status).toBe(409)
    expect(second.text).toContain('Another round is still open')
  })

  test('an acknowledgement signed in: a technical POC answers for technical entries of its own State only', async () => {
    await startRound()
    const technical = await world.visitor({ role: 'poc', kind: 'technical', state: sahiliya })
    const own = await technical.get('/en/our-checks')
    const action = /action="(\/en\/our-checks\/[^"]+)"/.exec(own.text)?.[1] ?? ''
    const foreign = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
    expect((await foreign.post(action)).status).toBe(404)
    expect((await technical.post(action)).status).toBe(303)
    expect((await technical.get('/en/our-checks')).text).toContain('signed in')
  })
})

describe('after silence', () => {
  beforeEach(async () => {
    await nominate(world, sahiliya, 'technical', {
      name: 'CERT Sahiliya',
      addresses: [email('poc@cert.sahiliya.example')],
    })
    await nominate(world, norvalia, 'diplomatic', { addresses: [email('desk@mfa.norvalia.example')] })
    await nominate(world, norvalia, 'technical', { addresses: [phone('+99955501742')] })
    await setMission(sahiliya, 'mission@sahiliya.example')
  })

  test('POC-18: a closed round opens one follow-up per silent State with a note in the language of its Mission, and removes nothing', async () => {
    const round = await startRound()
    await stranger.post(`/en/checks/${codeIn(world.sent.find(({ to }) => to.startsWith('desk@')))}`)
    world.clock.advance(4 * day + hour)
    await world.work('close-rounds')
    manager = await world.visitor({ role: 'manager' })
    const closed = await manager.get(round)
    expect(figure(closed, 'no answer')).toBe('1')
    expect(figure(closed, 'not sent, by our fault')).toBe('1')
    const list = await manager.get('/en/follow-ups')
    expect(list.text.match(/href="\/en\/follow-ups\/[^"]+"/g)).toHaveLength(1)
    const one = await manager.get(/href="(\/en\/follow-ups\/[^"]+)"/.exec(list.text)?.[1] ?? '')
    expect(one.text).toContain('Sahiliya')
    expect(one.text).toContain('lang="ar"')
    expect(one.text).toContain('CERT Sahiliya')
    expect(one.text).toContain('المشاركة طوعية')
    const entries = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
      listEntries(tx, {}),
    )
    expect(entries).toHaveLength(3)
  })

  test('POC-17: a round without calls to make closes 48 hours after its last message, not before', async () => {
    const called = await startRound()
    const sheet = await manager.get(`${called}/calls`)
    const [, form = ''] = /href="([^"]+\/calls\/[0-9a-f-]{36})"/.exec(sheet.text) ?? []
    expect((await manager.post(form, { outcome: 'answered' })).status).toBe(303)
    world.clock.advance(48 * hour - minute)
    await world.work('close-rounds')
    manager = await world.visitor({ role: 'manager' })
    expect((await manager.get(called)).text).toContain('running')
    world.clock.advance(2 * minute)
    await world.work('close-rounds')
    expect((await manager.get(called)).text).toContain('closed')
  })

  test('POC-18: a dead address at every address opens the follow-up at once; another silence after an update opens it again', async () => {
    await nominate(world, sahiliya, 'diplomatic', { addresses: [email('desk@mfa.sahiliya.example')] })
    world.answerSending(({ to }) =>
      to.startsWith('poc@')
        ? { kind: 'refused', status: '5.1.1', cause: 'dead-address' }
        : { kind: 'accepted' },
    )
    await startRound()
    await world.work('close-rounds')
    expect(await openFollowUpsOf(sahiliya)).toBe(1)
    await nominate(world, sahiliya, 'technical', { addresses: [email('new@cert.sahiliya.example')] })
    await world.work('relay')
    expect(await openFollowUpsOf(sahiliya)).toBe(0)
    world.clock.advance(6 * day + minute)
    await world.work('close-rounds')
    expect(await openFollowUpsOf(sahiliya)).toBe(1)
  })

  test('POC-18: a State that updates its entry closes its follow-up by that', async () => {
    await startRound()
    world.clock.advance(6 * day + minute)
    await world.work('close-rounds')
    await nominate(world, sahiliya, 'diplomatic', { addresses: [email('new@mfa.sahiliya.example')] })
    await world.work('relay')
    manager = await world.visitor({ role: 'manager' })
    expect((await manager.get('/en/follow-ups')).text).toContain('the State updated its entries')
  })

  test('POC-18: an attempt is recorded with date, authority, channel and outcome; a day to come is refused and nothing typed is lost', async () => {
    await startRound()
    world.clock.advance(6 * day + minute)
    await world.work('close-rounds')
    manager = await world.visitor({ role: 'manager' })
    const list = await manager.get('/en/follow-ups')
    const path = /href="(\/en\/follow-ups\/[^"]+)"/.exec(list.text)?.[1] ?? ''
    const attempt = {
      onDate: '2030-01-01',
      authority: 'mission',
      channel: 'telephone',
      outcome: 'promised-update',
    }
    const refused = await manager.post(path, attempt)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('This day has not come yet')
    expect(refused.text).toContain('value="2030-01-01"')
    expect((await manager.post(path, { ...attempt, onDate: '2026-11-29' })).status).toBe(303)
    expect((await manager.get(path)).text).toContain('Update promised')
  })

  test('a late answer after the round is closed is still recorded, as late', async () => {
    const round = await startRound()
    world.clock.advance(6 * day + minute)
    await world.work('close-rounds')
    await stranger.post(`/en/checks/${codeIn(world.sent[0])}`)
    manager = await world.visitor({ role: 'manager' })
    expect(figure(await manager.get(round), 'answered late')).toBe('1')
  })

  test('RULE-3: no result of a State is on any page that another State sees', async () => {
    await startRound()
    world.clock.advance(6 * day + minute)
    await world.work('close-rounds')
    const other = await world.visitor({ role: 'mission', state: norvalia })
    const own = await other.get('/en/our-checks')
    expect(own.text).not.toContain('CERT Sahiliya')
    for (const path of ['/en/follow-ups', '/en/rounds']) expect((await other.get(path)).status).toBe(403)
  })
})

async function countActs(verb: string): Promise<number> {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const rows = await tx
      .withTables<{ 'history.act': { verb: string } }>()
      .selectFrom('history.act')
      .select('verb')
      .where('verb', '=', verb)
      .execute()
    return rows.length
  })
}

async function openFollowUpsOf(state: StateCode): Promise<number> {
  return world.directory.database.transaction({ role: 'manager' }, async (tx) => {
    const all = await listFollowUps(tx)
    return all.filter((each) => each.state === state && each.closedAt === undefined).length
  })
}

async function setMission(state: StateCode, address: string): Promise<void> {
  const language = world.community.findState(state)?.missionLanguage ?? 'en'
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    saveMission(tx, state, { email: address, telephone: undefined, language }),
  )
}

async function rungs(): Promise<readonly string[]> {
  return world.directory.database.transaction({ role: 'manager' }, async (tx) => {
    const rows = await tx
      .withTables<{ 'directory.known': { rung: string } }>()
      .selectFrom('directory.known')
      .select('rung')
      .execute()
    return rows.map(({ rung }) => rung)
  })
}
