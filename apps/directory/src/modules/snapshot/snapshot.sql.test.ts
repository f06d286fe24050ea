import { createHash } from 'node:crypto'
import { day, locales, minute } from '@parley/kernel'
import { takeSnapshot, type VerifiedSnapshot, verifySnapshot } from '@parley/protocol/snapshot'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { disputeIt, giveKey, replaceMailbox } from '../../../test/changed-contact.ts'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { ask, issue } from '../../../test/issue.ts'
import { email, nominate, phone, stateCode } from '../../../test/nominate.ts'
import { typeCommand } from '../../../test/type-command.ts'
import { wholeDatabase } from '../../../test/whole-database.ts'
import { openWorld, origin, type World } from '../../../test/world.ts'
import { loadCommunity, saveMission } from '../community/index.ts'

const [reader, other] = [stateCode('XA'), stateCode('XB')]

let world: World
let token: string
beforeEach(async () => {
  world = await openWorld()
  await world.participate(reader, other)
  token = await issue(world, reader, ['snapshot:read'])
})
afterEach(() => world.close())

const listed = async () => (await ask(world, '/api/v1/snapshot', token)).json

interface Told {
  readonly number: number
  readonly file: string
  readonly signature: string
  readonly publicKey: string
}

function isTold(value: unknown): value is Told {
  return typeof value === 'object' && value !== null && 'number' in value
}

async function told(): Promise<Told> {
  const json = await listed()
  if (!isTold(json)) throw new Error(JSON.stringify(json))
  return json
}

async function bytesAt(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await world.directory.street.fetch(
    new Request(address, { headers: { host: origin.host, authorization: `Bearer ${token}` } }),
    {},
  )
  expect(response.status).toBe(200)
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect(response.headers.get('content-length')).toBe(String(bytes.length))
  return bytes
}

async function filesNow() {
  const { file, signature } = await told()
  return { file: await bytesAt(file), signature: await bytesAt(signature) }
}

/** As a Desk fetches it after so many minutes. */
async function snapshotAfter(minutes: number): Promise<VerifiedSnapshot> {
  world.clock.advance(minutes * minute)
  await world.work('seal', 'snapshot')
  const verified = await verifySnapshot(await filesNow())
  if (!verified.ok) throw new Error(verified.refusal.code)
  return verified.value
}

test('POC-13: an office fetches a signed snapshot of all that lists may show, and trusts it by the fingerprint of its letter', async () => {
  const secret = { ...email('duty@secret.example'), cardOnly: true }
  const content = exampleContent('Team of XB', {
    addresses: [phone('+99955501743'), secret],
    personName: 'Salma Example',
    cardOnly: ['person'],
  })
  const entry = await addExample(world, other, 'technical', content)
  await nominate(world, reader, 'diplomatic', { addresses: [email('desk@xa.example')] })
  await world.work('seal', 'checkpoint', 'snapshot')
  const mission = await world.visitor({ role: 'mission', state: reader })
  const page = (await mission.get('/en/our-tokens')).text
  const [fingerprint = ''] = /(?:[0-9a-f]{4} ){15}[0-9a-f]{4}/.exec(page) ?? []
  const files = await filesNow()
  const taken = await takeSnapshot({ fingerprint: fingerprint.replaceAll(' ', '') }, files, world.clock.now())
  if (!taken.ok) throw new Error(taken.refusal.code)
  const { snapshot } = taken.value.verified
  expect(snapshot).toMatchObject({ community: 'united-nations', checkpoint: { seq: expect.any(Number) } })
  expect(snapshot.entries.find(({ id }) => id === entry.id)).toMatchObject({
    state: 'XB',
    entityName: { text: 'Team of XB' },
    addresses: [{ channel: 'phone', value: '+99955501743' }],
  })
  expect(snapshot.entries.length).toBe(2)
  expect(new TextDecoder().decode(files.file)).not.toMatch(/secret\.example|Salma/)
  const [state] = snapshot.states.filter(({ code }) => code === 'XB')
  expect(state).toMatchObject({ participating: true, fictional: true })
  expect(Object.keys(state?.names ?? {}).sort()).toEqual(['ar', 'en', 'es', 'fr', 'ru', 'zh'])
})

test('RULE-3: a snapshot does not say when an entry last answered', async () => {
  const entry = await nominate(world, other, 'diplomatic', { addresses: [email('desk@xb.example')] })
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    sql`insert into directory.last_answered values (${entry.id}, 'XB', '2026-11')`.execute(tx),
  )
  const { snapshot } = await snapshotAfter(0)
  const [shown] = snapshot.entries
  expect(shown?.id).toBe(entry.id)
  expect(JSON.stringify(shown)).not.toMatch(/2026|month|answered/i)
})

test('POC-11: what is disputed is disputed in the snapshot; POC-09: keys are in it unless they are for the card only', async () => {
  const entry = await nominate(world, other, 'technical', {
    name: 'Team in dispute',
    addresses: [phone('+99955501744'), email('new@elsewhere.example')],
  })
  await disputeIt(world, await replaceMailbox(world, entry, 'old@xb.example'))
  await giveKey(world, entry, 'AB12')
  const open = await nominate(world, other, 'diplomatic', { addresses: [email('open@xb.example')] })
  await giveKey(world, open, 'CD34', false)
  const { entries } = (await snapshotAfter(0)).snapshot
  const shown = (id: string) => entries.find((each) => each.id === id)
  expect(shown(entry.id)?.addresses.map(({ disputed }) => disputed)).toEqual([false, true])
  expect(shown(entry.id)?.keys).toEqual([])
  const key = { scheme: 'openpgp', fingerprint: 'CD34', armored: 'the public half', disputed: false }
  expect(shown(open.id)?.keys).toMatchObject([key])
})

test('the number rises when something changed, or after a day; an unchanged one is not sent again', async () => {
  await nominate(world, other, 'technical', { addresses: [email('one@xb.example')] })
  const { snapshot } = await snapshotAfter(0)
  expect((await snapshotAfter(6)).snapshot.number).toBe(snapshot.number)
  await nominate(world, other, 'technical', { addresses: [email('two@xb.example')] })
  const next = await snapshotAfter(6)
  expect(next.snapshot.number).toBeGreaterThan(snapshot.number)
  world.clock.advance(day)
  const renewed = await snapshotAfter(0)
  expect(renewed.snapshot.number).toBeGreaterThan(next.snapshot.number)
  expect(renewed.snapshot.entries).toEqual(next.snapshot.entries)
})

test('POC-13: each fetching is a line that the Mission reads, ten a day; one that an office has already costs nothing', async () => {
  await nominate(world, other, 'technical', { addresses: [email('one@xb.example')] })
  await snapshotAfter(0)
  const { file, signature } = await told()
  const path = new URL(file).pathname
  const first = await ask(world, path, token)
  const etag = first.headers.get('etag') ?? ''
  const again = await ask(world, path, token, { headers: { 'if-none-match': etag } })
  expect([again.status, again.text]).toEqual([304, ''])
  expect(await linesOf('token.whole-list-read')).toBe(2)
  for (let use = 2; use < 10; use += 1) expect((await ask(world, path, token)).status).toBe(200)
  expect((await ask(world, path, token)).status).toBe(429)
  expect((await ask(world, new URL(signature).pathname, token)).status).toBe(200)
  expect(await linesOf('token.whole-list-read')).toBe(10)
  const mission = await world.visitor({ role: 'mission', state: reader })
  expect((await mission.get('/en/our-history')).text).toContain('A system read the whole list')
})

test('RULE-12: a fetching leaves counts and a line, and nothing of whose entries were in it', async () => {
  const entry = await nominate(world, other, 'diplomatic', { addresses: [email('quiet@xb.example')] })
  await world.work('seal', 'snapshot')
  const { file } = await told()
  const rows = async () => (await wholeDatabase(world.directory.database)).split('\n')
  const before = new Set(await rows())
  await ask(world, new URL(file).pathname, token)
  const changed = [...new Set(await rows())].filter((row) => !before.has(row))
  expect(changed.length).toBeGreaterThan(1)
  expect(changed.join()).not.toMatch(new RegExp(`${entry.id}|XB|quiet`))
})

test('POC-12: only a token that was issued for it opens the snapshot', async () => {
  await world.work('snapshot')
  const { file, signature } = await told()
  const foreign = await issue(world, other, ['entries:read-all', 'address-book'])
  for (const path of ['/api/v1/snapshot', new URL(file).pathname, new URL(signature).pathname]) {
    expect((await ask(world, path)).status).toBe(401)
    const refused = await ask(world, path, foreign)
    expect(refused.status).toBe(403)
    expect(refused.json).toMatchObject({ code: 'tokens/scope-missing' })
  }
})

test('POC-05: who was withdrawn, and a State that left, are in no file any more half an hour later', async () => {
  const kept = await nominate(world, reader, 'technical', { addresses: [email('kept@xa.example')] })
  await nominate(world, other, 'technical', { addresses: [email('gone@xb.example')] })
  await snapshotAfter(0)
  const { file } = await told()
  const mission = await world.visitor({ role: 'mission', state: other })
  await mission.post('/en/leave', { sure: 'yes' })
  const { snapshot } = await snapshotAfter(6)
  expect(snapshot.entries.map(({ id }) => id)).toEqual([kept.id])
  expect((await ask(world, new URL(file).pathname, token)).status).toBe(410)
  world.clock.advance(31 * minute)
  await world.work('snapshot')
  const parts = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    sql<{ text: string }>`select text from snapshot.part`.execute(tx),
  )
  expect(parts.rows.map(({ text }) => text).join('')).toContain('kept@xa.example')
  expect(parts.rows.map(({ text }) => text).join('')).not.toContain('gone@xb.example')
})

test('the next key is signed by the old one and taken by itself; a key begun anew is compared with a letter again', async () => {
  const last = await snapshotAfter(0)
  const said = await typeCommand(world, '/', 'next-snapshot-key')
  expect(said.code).toBe(0)
  await snapshotAfter(6)
  const followed = await takeSnapshot(last, await filesNow(), world.clock.now())
  if (!followed.ok) throw new Error(followed.refusal.code)
  const [key] = followed.value.verified.line
  expect(said.said.replaceAll(' ', '')).toContain(key?.fingerprint)
  expect(followed.value.keyBefore).toEqual(last.line[0])
  await typeCommand(world, '/', 'next-snapshot-key', '--anew')
  await snapshotAfter(6)
  const anew = await takeSnapshot(followed.value.verified, await filesNow(), world.clock.now())
  expect(anew).toMatchObject({ ok: false, refusal: { code: 'protocol/snapshot-unknown-key' } })
  expect(await linesOf('snapshot.key-made')).toBe(1)
  expect(await linesOf('snapshot.key-begun-anew')).toBe(1)
})

test('the Mission reads the fingerprint on the mail about a token for snapshots', async () => {
  await world.work('snapshot')
  const mail = 'mission@xa.example'
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    saveMission(tx, reader, { email: mail, telephone: undefined, language: 'en' }),
  )
  await issue(world, reader, ['snapshot:read'])
  await issue(world, reader, ['entries:read'])
  await world.work('relay')
  const texts = world.sent.filter(({ to }) => to === mail).map(({ text }) => text.replaceAll(/\s+/g, ' '))
  expect(texts.filter((text) => /(?:[0-9a-f]{4} ){15}[0-9a-f]{4}/.test(text)).length).toBe(texts.length - 1)
})

test.each(locales)(
  'POC-13: in %s a Mission prints the letter to its office: community, address, fingerprint in groups, and no token',
  async (locale) => {
    const mission = await world.visitor({ role: 'mission', state: reader })
    expect((await mission.get(`/${locale}/our-letter`)).status).toBe(404)
    await world.work('snapshot')
    const { status, text } = await mission.get(`/${locale}/our-letter`)
    expect(status).toBe(200)
    const { publicKey } = await told()
    const shown = [...text.matchAll(/<li class="code">([0-9a-f]{4})<\/li>/g)].map(([, group]) => group)
    expect(shown.join('')).toBe(createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex'))
    expect(text).toContain('united-nations')
    expect(text).toContain(origin.origin)
    expect(text).not.toContain('parley_')
    expect((await mission.get(`/${locale}/our-tokens`)).text).toContain(`href="/${locale}/our-letter"`)
    for (const who of [undefined, { role: 'manager' }] as const)
      expect((await (await world.visitor(who)).get(`/${locale}/our-letter`)).text).not.toContain(shown[0])
  },
)

test('before the first snapshot it is said that there is none; a number that never was is gone', async () => {
  expect(await listed()).toMatchObject({ code: 'api/no-snapshot' })
  expect((await ask(world, '/api/v1/snapshots/20200101000000/snapshot.json', token)).status).toBe(410)
  expect((await ask(world, '/api/v1/snapshots/x/snapshot.json', token)).status).toBe(404)
})

test('under the profile of a network: its kinds, its one language, and the same signature', async () => {
  await world.close()
  const community = loadCommunity('meridian-network', { demonstration: false })
  world = await openWorld({ community })
  const [one, two] = community.states
  if (!one || !two) throw new Error('a network has members')
  await world.participate(one.code, two.code)
  token = await issue(world, one.code, ['snapshot:read'])
  await nominate(world, two.code, 'technical', { addresses: [email('a@b.example')] })
  const { snapshot } = await snapshotAfter(0)
  expect(snapshot.community).toBe(community.profile.id)
  expect(snapshot.kinds.length).toBe(3)
  expect(Object.keys(snapshot.states[0]?.names ?? {})).toEqual(['en'])
  expect(snapshot.entries.map(({ state }) => state)).toEqual([two.code])
})

async function linesOf(verb: string): Promise<number> {
  const { rows } = await world.directory.database.transaction({ role: 'manager' }, (tx) =>
    sql<{ count: string | number }>`select count(*) from history.act where verb = ${verb}`.execute(tx),
  )
  return Number(rows[0]?.count)
}
