import { after, hour } from '@parley/kernel'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { disputeIt, giveKey, replaceMailbox, shownFor } from '../../../test/changed-contact.ts'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { ask, issue } from '../../../test/issue.ts'
import { email, nominate, phone, stateCode } from '../../../test/nominate.ts'
import { wholeDatabase } from '../../../test/whole-database.ts'
import { openWorld, type World } from '../../../test/world.ts'

const [reader, other, third] = [stateCode('XA'), stateCode('XB'), stateCode('XC')]

let world: World
beforeAll(async () => {
  world = await openWorld()
  const states = world.community.states.filter(({ fictional }) => fictional).map(({ code }) => code)
  await world.participate(...states)
  for (const state of states)
    await nominate(world, state, 'technical', { name: `Crowd ${state}`, addresses: [phone('+99955501742')] })
})
afterAll(() => world.close())

const list = z.object({
  entries: z.array(z.looseObject({ id: z.string(), state: z.string() })),
  next: z.string().optional(),
})

test('POC-12: a token reads the entries of participating States, and nothing without it', async () => {
  const token = await issue(world, reader, ['entries:read'])
  const { id } = await nominate(world, other, 'technical', {
    name: 'CERT of XB',
    addresses: [phone('+99955501742')],
  })
  const read = await ask(world, '/api/v1/entries?state=XB&text=cert', token)
  expect(read.status).toBe(200)
  expect(list.parse(read.json).entries.map((entry) => entry.id)).toEqual([id])
  const refused = await ask(world, '/api/v1/entries')
  expect(refused.status).toBe(401)
  expect(refused.headers.get('www-authenticate')).toContain('Bearer')
})

test('POC-13: what is "card only" is left out of API lists, and named on the card', async () => {
  const token = await issue(world, reader, ['entries:read'])
  const secret = { ...email('duty@xc-secret.example'), cardOnly: true }
  const entry = await addExample(
    world,
    third,
    'technical',
    exampleContent('Team of XC', {
      addresses: [phone('+99955501743'), secret],
      personName: 'Salma Example',
      cardOnly: ['person', 'workingLanguages'],
      workingLanguages: ['ru'],
    }),
  )
  const listed = await ask(world, '/api/v1/entries?state=XC', token)
  expect(listed.text).toContain('Team of XC')
  expect(listed.text).not.toMatch(/xc-secret|Salma/)
  expect(list.parse((await ask(world, '/api/v1/entries?state=XC&language=ru', token)).json).entries).toEqual(
    [],
  )
  const card = await ask(world, `/api/v1/entries/${entry.id}`, token)
  expect(card.json).toMatchObject({
    personName: 'Salma Example',
    cardOnly: ['person', 'workingLanguages', 'duty@xc-secret.example'],
  })
})

test('RULE-3: neither list nor card of the API says when an entry last answered', async () => {
  const token = await issue(world, reader, ['entries:read'])
  const entry = await nominate(world, other, 'diplomatic', { addresses: [email('desk@xb.example')] })
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    sql`insert into directory.last_answered values (${entry.id}, 'XB', '2026-11')`.execute(tx),
  )
  for (const path of ['/api/v1/entries?state=XB', `/api/v1/entries/${entry.id}`]) {
    const { status, text } = await ask(world, path, token)
    expect(status).toBe(200)
    expect(text).not.toMatch(/2026-11|answered/i)
  }
})

const told = z.looseObject({
  addresses: z.array(z.looseObject({ value: z.string(), disputed: z.boolean() })),
  former: z.array(z.looseObject({ value: z.string(), disputed: z.boolean() })).default([]),
})

test('POC-11: a disputed value is disputed in the lists and on the card of the API, beside what stood there before', async () => {
  const token = await issue(world, reader, ['entries:read'])
  const entry = await nominate(world, other, 'technical', {
    name: 'Team in dispute',
    addresses: [phone('+99955501744'), email('new@elsewhere.example')],
  })
  const change = await replaceMailbox(world, entry, 'old@xb.example')
  const now = world.clock.now()
  const asManager = (statement: RawBuilder<unknown>) =>
    world.directory.database.transaction({ role: 'manager' }, (tx) => statement.execute(tx))
  await asManager(sql`insert into community.frozen values ('XB', ${now})`)
  const read = async () => told.parse((await ask(world, `/api/v1/entries/${entry.id}`, token)).json)
  const before = await read()
  expect(before.addresses.map(({ disputed }) => disputed)).toEqual([false, false])
  expect(before.former).toMatchObject([
    { what: 'email', value: 'old@xb.example', disputed: false, until: dayOf(after(now, shownFor)) },
  ])
  await disputeIt(world, change)
  const card = await read()
  expect(card.addresses.map(({ disputed }) => disputed)).toEqual([false, true])
  expect(card.former).toEqual([{ what: 'email', value: 'old@xb.example', disputed: true }])
  expect(card).toMatchObject({ underReviewSince: dayOf(now), keys: [] })
  const listed = list.parse((await ask(world, '/api/v1/entries?text=dispute', token)).json)
  expect(told.parse(listed.entries[0]).addresses.map(({ disputed }) => disputed)).toEqual([false, true])
  const own = await ask(world, '/api/v1/own-entries', await issue(world, other, ['entries:read']))
  expect(own.text).toContain('old@xb.example')
  await asManager(sql`delete from community.frozen`)
  await endAll(reader)
})

test('POC-09: the card of the API carries the keys whole, with what is to be known of them', async () => {
  const token = await issue(world, reader, ['entries:read'])
  const entry = await nominate(world, third, 'technical', { addresses: [phone('+99955501745')] })
  await giveKey(world, entry, 'AB12')
  expect((await ask(world, `/api/v1/entries/${entry.id}`, token)).json).toMatchObject({
    keys: [
      {
        scheme: 'openpgp',
        armored: 'the public half',
        fingerprint: 'AB12',
        warnings: ['weak'],
        disputed: false,
      },
    ],
    cardOnly: ['AB12'],
  })
  expect((await ask(world, '/api/v1/entries?state=XC', token)).text).not.toContain('AB12')
  await endAll(reader)
})

test('POC-13: without the right to the whole list a token reads 20 States an hour', async () => {
  const token = await issue(world, reader, ['entries:read'])
  const first = await ask(world, '/api/v1/entries?text=crowd', token)
  expect(first.status).toBe(200)
  const { entries, next = '' } = list.parse(first.json)
  expect(entries.length).toBe(20)
  const second = await ask(world, `/api/v1/entries?text=crowd&cursor=${next}`, token)
  expect(second.status).toBe(429)
  expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(3000)
  expect(await linesOf('token.whole-list-read')).toBe(0)
  world.clock.advance(hour)
  expect((await ask(world, `/api/v1/entries?text=crowd&cursor=${next}`, token)).status).toBe(200)
})

test('POC-13: each use of the whole list is a line in the State’s history', async () => {
  const token = await issue(world, reader, ['entries:read-all'])
  const readAll = async () => {
    const first = list.parse((await ask(world, '/api/v1/entries?text=crowd', token)).json)
    const rest = await ask(world, `/api/v1/entries?text=crowd&limit=100&cursor=${first.next}`, token)
    expect(rest.status).toBe(200)
  }
  await readAll()
  expect(await linesOf('token.whole-list-read')).toBe(1)
  await readAll()
  expect(await linesOf('token.whole-list-read')).toBe(2)
})

test('POC-13: ten uses of the whole list a day, by a token as by a person; one State’s entries and what is kept are none', async () => {
  await endAll(reader)
  const token = await issue(world, reader, ['entries:read-all'])
  const before = await linesOf('token.whole-list-read')
  const whole = '/api/v1/entries?text=crowd&limit=100'
  const etag = (await ask(world, whole, token)).headers.get('etag') ?? ''
  for (let use = 1; use < 10; use += 1) expect((await ask(world, whole, token)).status).toBe(200)
  expect((await ask(world, '/api/v1/entries?state=XC', token)).status).toBe(200)
  const refused = await ask(world, whole, token)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(23 * 3600)
  expect((await ask(world, whole, token, { headers: { 'if-none-match': etag } })).status).toBe(304)
  expect((await linesOf('token.whole-list-read')) - before).toBe(10)
  world.clock.advance(24 * hour)
  expect((await ask(world, whole, token)).status).toBe(200)
})

test('RULE-12: what a token reads of single States is kept nowhere', async () => {
  const token = await issue(world, reader, ['entries:read'])
  const entry = await nominate(world, third, 'diplomatic', { addresses: [email('quiet@xc.example')] })
  const rows = async () => (await wholeDatabase(world.directory.database)).split('\n')
  await ask(world, '/api/v1/token', token)
  const before = new Set(await rows())
  await ask(world, `/api/v1/entries/${entry.id}`, token)
  await ask(world, '/api/v1/entries?state=XC&text=quiet', token)
  const changed = [...new Set(await rows())].filter((row) => !before.has(row))
  // The token's own row: counts, a time, an address.
  expect(changed.length).toBe(1)
  expect(changed.join()).not.toMatch(new RegExp(`${entry.id}|XC|quiet`))
})

test('an answer that the system has already is not sent again and costs nothing', async () => {
  const token = await issue(world, reader, ['entries:read'])
  const first = await ask(world, '/api/v1/entries?state=XB', token)
  const etag = first.headers.get('etag') ?? ''
  for (let time = 0; time < 30; time += 1) {
    const again = await ask(world, '/api/v1/entries?state=XB', token, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
    expect(again.text).toBe('')
  }
  expect(first.headers.get('cache-control')).toBe('private, no-cache')
  const own = await ask(world, '/api/v1/token', token)
  expect(own.json).toMatchObject({ hour: { states: { used: 1 }, requests: { used: 32 } } })
})

test('a cursor opens the list it was made for, by the token it was made for', async () => {
  const token = await issue(world, reader, ['entries:read-all'])
  const foreign = await issue(world, other, ['entries:read-all'])
  const { next = '' } = list.parse((await ask(world, '/api/v1/entries?limit=2', token)).json)
  const ofPage = (cursor: string, by = token, more = '') =>
    ask(world, `/api/v1/entries?limit=2&cursor=${cursor}${more}`, by)
  expect((await ofPage(next)).status).toBe(200)
  // The last letter holds bits that nobody reads.
  const changed = (next.startsWith('A') ? 'B' : 'A') + next.slice(1)
  for (const page of [
    ofPage(next, foreign),
    ofPage(next, token, '&state=XB'),
    ofPage(changed),
    ofPage('AAAA'),
  ]) {
    const { status, json } = await page
    expect(status).toBe(422)
    expect(json).toMatchObject({ code: 'api/parameter-invalid', parameter: 'cursor' })
  }
})

test('POC-13: the pages of a list together are the list, each entry once', async () => {
  const token = await issue(world, reader, ['entries:read-all'])
  const seen: string[] = []
  let next: string | undefined = ''
  while (next !== undefined) {
    const page = await ask(world, `/api/v1/entries?limit=7${next === '' ? '' : `&cursor=${next}`}`, token)
    const read = list.parse(page.json)
    seen.push(...read.entries.map((entry) => entry.id))
    expect(page.headers.get('link') === null).toBe(read.next === undefined)
    next = read.next
  }
  const whole = list.parse((await ask(world, '/api/v1/entries?limit=100', token)).json)
  expect(seen).toEqual(whole.entries.map((entry) => entry.id))
  expect(new Set(seen).size).toBe(seen.length)
})

test.each([
  ['/api/v1/nothing', {}, 404],
  ['/api/v1/entries/no-id', {}, 404],
  ['/api/v1/entries/7f1d0b1e-0000-4000-8000-000000000000', {}, 404],
  ['/api/v1/states/xx', {}, 404],
  ['/api/v1/entries', { method: 'POST' }, 405],
  ['/api/v1/entries', { method: 'OPTIONS' }, 405],
  ['/api/v1/entries', { headers: { accept: 'text/html' } }, 406],
  ['/api/v1/entries?page=2', {}, 422],
  ['/api/v1/entries?limit=100000', {}, 422],
  ['/api/v1/entries?limit=1&limit=2', {}, 422],
  ['/api/v1/entries?text=%00', {}, 422],
  ["/api/v1/entries?state=XA'--", {}, 422],
  ['/api/v1/entries', { headers: { authorization: 'Basic eDp5' } }, 401],
  ['/api/v1/entries', { headers: { authorization: `Bearer parley_${'x'.repeat(43)}` } }, 401],
])('RFC 9457: %s %o is a problem in the language asked for', async (path, how, status) => {
  const token = await issue(world, third, ['entries:read'])
  const answer = await ask(world, path, token, {
    ...how,
    headers: { 'accept-language': 'de, ar;q=0.8, en;q=0.5', ...('headers' in how ? how.headers : {}) },
  })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(answer.headers.get('content-language')).toBe('ar')
  expect(answer.json).toMatchObject({ status, detail: expect.stringMatching(/[ء-ي]/) })
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  if (status === 405) expect(answer.headers.get('allow')).toBe('GET, HEAD')
  await endAll(third)
})

test('HEAD says what GET would, without the body', async () => {
  const token = await issue(world, reader, ['entries:read'])
  const get = await ask(world, '/api/v1/community', token)
  const head = await ask(world, '/api/v1/community', token, { method: 'HEAD' })
  expect(head.status).toBe(200)
  expect(head.text).toBe('')
  expect(head.headers.get('etag')).toBe(get.headers.get('etag'))
})

test('no session is honoured by the API', async () => {
  const mission = await world.visitor({ role: 'mission', state: reader })
  const { status } = await ask(world, '/api/v1/entries', undefined, { headers: { cookie: mission.cookie() } })
  expect(status).toBe(401)
})

async function linesOf(verb: string): Promise<number> {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const { rows } = await sql<{ state: string }>`select state from history.act where verb = ${verb}`.execute(
      tx,
    )
    expect(rows.every(({ state }) => state === reader)).toBe(true)
    return rows.length
  })
}

/** A State may hold ten tokens at a time. */
async function endAll(state: string): Promise<void> {
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    sql`update tokens.token set ended_at = issued_at where state = ${state}`.execute(tx),
  )
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}
