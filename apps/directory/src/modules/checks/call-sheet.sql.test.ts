import { day, hour, minute, type StateCode } from '@parley/kernel'
import { writeTelephone } from '@parley/web'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { email, nominate, phone, stateCode } from '../../../test/nominate.ts'
import { pressStart, pressStop, startRound } from '../../../test/start-round.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { listFollowUps } from './follow-up.ts'
import { checksTables } from './store.ts'

const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')
const number = '+99955022117'

let world: World
let manager: Visitor
let round: string

beforeEach(async () => {
  world = await openWorld()
  await world.participate(sahiliya, norvalia)
  await nominate(world, sahiliya, 'technical', { addresses: [phone(number)] })
  await nominate(world, sahiliya, 'diplomatic', { addresses: [email('desk@mfa.sahiliya.example')] })
  await nominate(world, norvalia, 'technical', {
    addresses: [email('dead@norvalia.example'), phone('+99955022118')],
  })
  world.answerSending(({ to }) =>
    to.startsWith('dead')
      ? { kind: 'refused', status: '5.1.1', cause: 'dead-address' }
      : { kind: 'accepted' },
  )
  manager = await world.visitor({ role: 'manager' })
  round = (await pressStart(manager)).location
})
afterEach(() => world.close())

async function checkOf(state: string, kind = 'technical') {
  return world.directory.database.transaction({ role: 'manager' }, (tx) =>
    checksTables(tx)
      .selectFrom('checks.check')
      .innerJoin('checks.round', 'checks.round.id', 'round_id')
      .selectAll('checks.check')
      .where('state', '=', state)
      .where('kind', '=', kind)
      .orderBy('number', 'desc')
      .executeTakeFirstOrThrow(),
  )
}

async function call(state: string, kind: string, fields: Readonly<Record<string, string>>) {
  return manager.post(`${round}/calls/${(await checkOf(state, kind)).id}`, fields)
}

test('POC-17: a call that was taken answers the check; the State sees number, time, who took it and who called', async () => {
  world.clock.advance(2 * hour)
  manager = await world.visitor({ role: 'manager' })
  const fields = { number, minutesAgo: '30', outcome: 'answered', takenBy: 'Duty officer' }
  expect((await call('XA', 'technical', fields)).status).toBe(303)
  expect(await checkOf('XA')).toMatchObject({
    status: 'answered',
    answered_by: 'telephone',
    answered_at: new Date(world.clock.now().getTime() - 30 * minute),
  })
  const own = (await (await world.visitor({ role: 'mission', state: sahiliya })).get('/en/our-checks')).text
  for (const seen of [writeTelephone(number), 'Duty officer', 'Test Person']) expect(own).toContain(seen)
  const other = (await (await world.visitor({ role: 'mission', state: norvalia })).get('/en/our-checks')).text
  for (const unseen of [number, writeTelephone(number), 'Duty officer']) expect(other).not.toContain(unseen)
})

test('POC-17: where mail was sent the code is asked back; a wrong one and that of another check are refused', async () => {
  await world.work('send-messages')
  const refused = async (code: Readonly<Record<string, string>>) => {
    const page = await call('XA', 'diplomatic', { outcome: 'answered', ...code })
    expect(page.status).toBe(422)
    expect(await checkOf('XA', 'diplomatic')).toMatchObject({ status: 'waiting' })
    return page.text
  }
  expect(await refused({})).toContain('enter the code that was read out')
  expect(await refused({ code: 'twelve' })).toContain('not a code of a check')
  expect(await refused({ code: '0000 0000 0000' })).toContain('not the code of this check')
  const [mail] = world.sent
  const code = /checks\/(\d{12})/.exec(mail?.text ?? '')?.[1] ?? ''
  const arabic = code.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))
  expect((await call('XA', 'diplomatic', { outcome: 'answered', code: arabic })).status).toBe(303)
  expect(await checkOf('XA', 'diplomatic')).toMatchObject({ status: 'answered', answered_by: 'telephone' })
})

test('POC-17: an entry whose every address is dead comes onto the call sheet, and its clock starts with the first call', async () => {
  expect((await manager.get(`${round}/calls`)).text).not.toContain('Norvalia ·')
  await world.work('send-messages')
  expect((await manager.get(`${round}/calls`)).text).toContain('+99955022118')
  world.clock.advance(10 * minute)
  await call('XB', 'technical', { number: '+99955022118', outcome: 'no-answer' })
  expect((await checkOf('XB')).clock_started_at).toBeNull()
  await call('XB', 'technical', { number: '+99955022118', outcome: 'left-message' })
  const began = world.clock.now()
  expect((await checkOf('XB')).clock_started_at).toEqual(began)
  world.clock.advance(10 * minute)
  await call('XB', 'technical', { number: '+99955022118', outcome: 'left-message' })
  expect((await checkOf('XB')).clock_started_at).toEqual(began)
  await call('XB', 'technical', { outcome: 'answered' })
  expect(await checkOf('XB')).toMatchObject({ status: 'answered', answered_by: 'telephone' })
})

test('POC-17: a call later than 96 hours after the round began starts no clock', async () => {
  world.clock.advance(4 * day + minute)
  manager = await world.visitor({ role: 'manager' })
  await call('XA', 'technical', { number, outcome: 'left-message' })
  expect((await checkOf('XA')).clock_started_at).toBeNull()
})

test('POC-17: the State says "not so": the check is not answered by it, its Mission is told, the manager and the history say it', async () => {
  await call('XA', 'technical', { number, outcome: 'answered' })
  const { id } = await checkOf('XA')
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  expect((await mission.post(`/en/our-checks/${id}/not-so`)).status).toBe(303)
  expect(await checkOf('XA')).toMatchObject({ status: 'waiting', answered_by: null, answered_at: null })
  expect((await manager.get(`${round}/calls`)).text).toContain('the State says: not so')
  expect((await mission.get('/en/our-history')).text).toContain('it was not so')
  expect((await mission.post(`/en/our-checks/${id}/not-so`)).status).toBe(409)
})

/** Everything but the technical entry of Sahiliya has answered or is dead, that one by telephone, and the round is over. */
async function closeAnsweredByTelephone(): Promise<Visitor> {
  await call('XA', 'technical', { number, outcome: 'answered' })
  const poc = await world.visitor({ role: 'poc', kind: 'diplomatic', state: sahiliya })
  await poc.post(`/en/our-checks/${(await checkOf('XA', 'diplomatic')).id}`)
  await world.work('send-messages')
  world.clock.advance(3 * day)
  await world.work('close-rounds', 'relay')
  manager = await world.visitor({ role: 'manager' })
  expect((await manager.get(round)).text).toContain('closed')
  return world.visitor({ role: 'mission', state: sahiliya })
}

async function followedUp(): Promise<readonly StateCode[]> {
  const all = await world.directory.database.transaction({ role: 'manager' }, listFollowUps)
  return all.filter(({ closedAt }) => closedAt === undefined).map(({ state }) => state)
}

test('POC-18: "not so" after the round has closed leaves silence, which is followed up as any other', async () => {
  const mission = await closeAnsweredByTelephone()
  expect(await followedUp()).toEqual([norvalia])
  const { id } = await checkOf('XA')
  expect((await mission.post(`/en/our-checks/${id}/not-so`)).status).toBe(303)
  await world.work('relay')
  expect(await checkOf('XA')).toMatchObject({ status: 'no-answer', answered_at: null })
  expect((await followedUp()).toSorted()).toEqual([sahiliya, norvalia])
  const link = /\/en\/follow-ups\/[0-9a-f-]{36}/g
  const paths = (await manager.get('/en/follow-ups')).text.match(link) ?? []
  const pages = await Promise.all([...new Set(paths)].map(async (path) => (await manager.get(path)).text))
  expect(pages.filter((page) => page.includes('technical office of XA'))).toHaveLength(1)
  // The State has brought its entries up to date since: that ends it, and it stays ended.
  await nominate(world, sahiliya, 'technical', { name: 'Another', addresses: [phone('+99955022119')] })
  await world.work('relay')
  expect(await followedUp()).toEqual([norvalia])
})

test('POC-18: nothing is followed up where the entry is gone meanwhile, a later round asked it, or the round was stopped', async () => {
  await pressStop(manager, round)
  world.clock.advance(40 * day)
  manager = await world.visitor({ role: 'manager' })
  round = await startRound(world)
  const mission = await closeAnsweredByTelephone()
  const { id, entry_id } = await checkOf('XA')
  round = await startRound(world)
  await mission.post(`/en/our-checks/${id}/not-so`)
  await world.work('relay')
  expect(await followedUp()).not.toContain(sahiliya)
  await call('XA', 'technical', { number, outcome: 'answered' })
  await pressStop(manager, round)
  const asked = await checkOf('XA')
  await mission.post(`/en/our-checks/${asked.id}/not-so`)
  await world.work('relay')
  expect(await checkOf('XA')).toMatchObject({ status: 'waiting', answered_at: null })
  expect(await followedUp()).not.toContain(sahiliya)
  round = await startRound(world)
  const gone = await closeAnsweredByTelephone()
  await gone.post(`/en/entries/${entry_id}/withdraw`)
  await world.work('relay')
  await gone.post(`/en/our-checks/${(await checkOf('XA')).id}/not-so`)
  await world.work('relay')
  expect(await checkOf('XA')).toMatchObject({ status: 'no-answer' })
  expect(await followedUp()).not.toContain(sahiliya)
})

test('POC-17: "not so" of a call to an entry whose every address is dead leaves it undeliverable', async () => {
  await world.work('send-messages')
  await call('XB', 'technical', { number: '+99955022118', outcome: 'answered' })
  const mission = await world.visitor({ role: 'mission', state: norvalia })
  await mission.post(`/en/our-checks/${(await checkOf('XB')).id}/not-so`)
  expect(await checkOf('XB')).toMatchObject({ status: 'undeliverable', answered_at: null })
  expect((await manager.get(`${round}/calls`)).text).toContain('+99955022118')
})

test('POC-17: nobody denies the answer of another State, of another kind, or one that came by itself', async () => {
  await call('XA', 'technical', { number, outcome: 'answered' })
  const { id } = await checkOf('XA')
  for (const holding of [
    { role: 'mission', state: norvalia },
    { role: 'poc', kind: 'diplomatic', state: sahiliya },
    { role: 'manager' },
  ] as const) {
    const visitor = await world.visitor(holding)
    expect([403, 404]).toContain((await visitor.post(`/en/our-checks/${id}/not-so`)).status)
  }
  expect(await checkOf('XA')).toMatchObject({ status: 'answered' })
  const poc = await world.visitor({ role: 'poc', kind: 'diplomatic', state: sahiliya })
  const written = (await checkOf('XA', 'diplomatic')).id
  await poc.post(`/en/our-checks/${written}`)
  expect((await poc.post(`/en/our-checks/${written}/not-so`)).status).toBe(409)
})

test('RULE-3: the month of a denied answer leaves the card, and that of the one before comes back', async () => {
  const months = () =>
    world.directory.database.transaction({ role: 'worker' }, (tx) =>
      tx
        .withTables<{ 'directory.last_answered': { month: string } }>()
        .selectFrom('directory.last_answered')
        .select('month')
        .execute(),
    )
  await call('XA', 'technical', { number, outcome: 'answered' })
  await world.work('relay')
  expect(await months()).toHaveLength(1)
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  await mission.post(`/en/our-checks/${(await checkOf('XA')).id}/not-so`)
  await world.work('relay')
  expect(await months()).toHaveLength(0)
})

test('hostile: a number of nobody, a time before the round, and a page of another round are refused', async () => {
  expect((await call('XA', 'technical', { number: '+15551234', outcome: 'answered' })).status).toBe(422)
  expect((await call('XA', 'technical', { number, minutesAgo: '120', outcome: 'answered' })).status).toBe(422)
  expect((await call('XA', 'technical', { number, minutesAgo: '-9e9', outcome: 'answered' })).status).toBe(
    422,
  )
  expect(
    (await call('XA', 'technical', { number, outcome: 'answered', takenBy: 'x'.repeat(81) })).status,
  ).toBe(422)
  expect(await checkOf('XA')).toMatchObject({ status: 'waiting' })
  const elsewhere = `/en/rounds/00000000-0000-4000-8000-000000000000/calls/${(await checkOf('XA')).id}`
  expect((await manager.get(elsewhere)).status).toBe(404)
})
