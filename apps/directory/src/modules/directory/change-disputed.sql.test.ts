import { day, newId } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { email, phone, stateCode } from '../../../test/nominate.ts'
import { openWorld, type Page, type Visitor, type World } from '../../../test/world.ts'
import type { Tx } from '../../platform/database/database.ts'
import { saveMission } from '../community/index.ts'
import type { Entry } from './domain/entry.ts'
import { linkToken } from './links.ts'
import { noteAnswered } from './note-answered.ts'
import { listChanges } from './store/changes.ts'
import { findEntry } from './store/entries.ts'
import { listKnown } from './store/known.ts'

let world: World
let mission: Visitor
let reader: Visitor
let manager: Visitor
const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')
const missionAddress = 'mission@sahiliya.example'
const number = '+99955501742'

beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, norvalia)
  await asWorker((tx) =>
    saveMission(tx, sahiliya, { email: missionAddress, telephone: undefined, language: 'ar' }),
  )
  mission = await world.visitor({ role: 'mission', state: sahiliya })
  reader = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  manager = await world.visitor({ role: 'manager' })
})
afterAll(() => world.close())

function asWorker<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return world.directory.database.transaction({ role: 'worker' }, work)
}

let entries = 0

/** An entry that answered from its one mailbox, made some time ago; at most twelve of a kind. */
async function answeredEntry(
  kind = entries < 8 ? 'technical' : 'diplomatic',
): Promise<Entry & { readonly mailbox: string }> {
  entries += 1
  const mailbox = `poc${entries}@sahiliya-team.example`
  const content = exampleContent(`Team ${entries}`, { addresses: [email(mailbox), phone(number)] })
  const entry = await addExample(world, sahiliya, kind, content)
  await asWorker((tx) =>
    noteAnswered(tx, {
      entry: entry.id,
      address: entry.addresses.find(({ value }) => value === mailbox)?.id,
      rung: 'answered',
      at: world.clock.now(),
      month: '2026-10',
    }),
  )
  await heard()
  return { ...entry, mailbox }
}

async function current({ id }: Pick<Entry, 'id'>): Promise<Entry> {
  const found = await asWorker((tx) => findEntry(tx, id))
  if (!found) throw new Error('The entry is gone')
  return found
}

async function save(
  entry: Entry,
  fields: { readonly email1?: string; readonly phone1?: string },
  as = mission,
): Promise<Page> {
  const { version, entityName } = await current(entry)
  const saved = await as.post(`/en/entries/${entry.id}/change`, {
    version: String(version),
    language: 'en',
    entityName: entityName.original,
    phone1: number,
    urgent: '1',
    ...fields,
  })
  expect(saved.status).toBe(303)
  return saved
}

/** Everything that waits in the outbox is heard; what was sent meanwhile. */
async function heard() {
  const before = world.sent.length
  for (let run = 0; run < 5; run += 1) await world.work('relay')
  return world.sent.slice(before)
}

function linkIn(mails: readonly { readonly to: string; readonly text: string }[], to: string): string {
  const text = mails.find((mail) => mail.to === to)?.text ?? ''
  const [link] = /\/[a-z]{2}\/(?:not-right|addresses)\/[0-9a-f-]{36}\/[0-9a-f]{64}/.exec(text) ?? []
  if (link === undefined) throw new Error(`no link in what ${to} got`)
  return link
}

/** What a page says, without its markup. */
const said = (text: string) => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
const without = (page: Page) => page.text.replace(/\/not-right\/[^"]*/g, '')
const card = async (entry: Entry, as = reader) => (await as.get(`/en/entries/${entry.id}`)).text

async function changeOf(entry: Entry) {
  const [change] = await asWorker((tx) => listChanges(tx, entry.id))
  if (!change) throw new Error('there is no change')
  return change
}

async function decide(
  entry: Entry,
  outcome: string,
  { as = mission, wrongHands = [] }: { readonly as?: Visitor; readonly wrongHands?: readonly string[] } = {},
): Promise<Page> {
  const { id, former } = await changeOf(entry)
  const { version } = await current(entry)
  // A value is named by its id; what is no value of this change is sent as it is.
  const compromised = wrongHands.map((value) => former.find((each) => each.value === value)?.id ?? value)
  return as.post(`/en/entries/${entry.id}/changes/${id}`, { outcome, compromised, version: String(version) })
}

test('POC-11: an entry goes through change, disputed and restored, by its pages and the links of its letters', async () => {
  const entry = await answeredEntry()
  const [mailbox] = entry.addresses
  await save(entry, { email1: 'new1@elsewhere.example' })
  // Live at once, with what was there before.
  const changed = await card(entry)
  expect(changed).toContain('mailto:new1@elsewhere.example')
  expect(said(changed)).toMatch(/changed on \d+ \w+ \d{4} ?, not yet answered from/)
  expect(said(changed)).toContain(`${entry.mailbox} shown until `)
  // The old address and the Mission are warned, each in its language; no value travels.
  const mails = await heard()
  expect(mails.map(({ to }) => to).sort()).toEqual(
    [missionAddress, 'new1@elsewhere.example', entry.mailbox].sort(),
  )
  const warnings = mails.filter(({ to }) => to !== 'new1@elsewhere.example')
  expect(JSON.stringify(warnings.map(({ text }) => text))).not.toContain('elsewhere.example')
  expect(warnings.find(({ to }) => to === missionAddress)?.text).toContain('دولتكم')
  // A stranger says so.
  const link = linkIn(mails, entry.mailbox)
  const stranger = await world.visitor()
  expect((await stranger.get(link)).text).toContain('This change is not right')
  expect(await card(entry)).not.toContain('disputed')
  expect((await stranger.post(link)).text).toContain('marked as disputed')
  const [called] = await heard()
  expect(called?.to).toBe(missionAddress)
  // Everybody sees both values and the word; Mission and manager are called.
  const disputed = await card(entry)
  expect(disputed.match(/<span class="chip warn">disputed<\/span>/g)).toHaveLength(2)
  expect(disputed).toContain('mailto:new1@elsewhere.example')
  expect(disputed).toContain(entry.mailbox)
  expect((await manager.get('/en/today')).text).toContain('1 disputed change waits')
  expect((await manager.get('/en/changes')).text).toContain('Disputed, waiting for the Permanent Mission')
  expect((await mission.get('/en/our-state')).text).toContain(`/entries/${entry.id}/changes/`)
  // The Mission decides, and the old is back under its own id, with what was known of it.
  expect((await decide(entry, 'restored')).status).toBe(303)
  await heard()
  const restored = await current(entry)
  expect(restored.addresses.map(({ id, value, urgent }) => ({ id, value, urgent }))).toEqual(
    entry.addresses.map(({ id, value, urgent }) => ({ id, value, urgent })),
  )
  const known = await asWorker((tx) => listKnown(tx, restored.addresses))
  expect(known.get(mailbox?.id ?? '')?.map(({ rung }) => rung)).toEqual(['answered'])
  const after = await card(entry)
  for (const gone of ['new1@elsewhere.example', 'disputed', 'shown until', 'changed on'])
    expect(after).not.toContain(gone)
  expect((await manager.get('/en/today')).text).not.toContain('disputed')
  const history = (await mission.get('/en/our-history')).text
  expect(history).toContain('A change of contact data was disputed')
  expect(history).toContain('Former contact data was restored')
})

test('POC-11: when a number changes, every address of the entry as it was is warned', async () => {
  const entry = await answeredEntry()
  await save(entry, { email1: entry.mailbox, phone1: '+99955501743' })
  expect((await heard()).map(({ to }) => to).sort()).toEqual([missionAddress, entry.mailbox].sort())
  expect(said(await card(entry))).toMatch(/\+999[\d ]* shown until /)
})

test('POC-11: opening the link writes nothing, and shows the same for any well-formed link', async () => {
  const entry = await answeredEntry()
  await save(entry, { email1: 'new3@elsewhere.example' })
  const link = linkIn(await heard(), entry.mailbox)
  const stranger = await world.visitor()
  const other = `/en/not-right/${newId()}/${'0'.repeat(64)}`
  for (let time = 0; time < 3; time += 1)
    expect(without(await stranger.get(link))).toBe(without(await stranger.get(other)))
  expect((await changeOf(entry)).disputedAt).toBeUndefined()
  expect((await stranger.get('/en/not-right/1/2')).status).toBe(404)
})

test('POC-11: forged links, links for another entry, links used twice and links after 14 days are refused', async () => {
  const [one, two] = [await answeredEntry(), await answeredEntry()]
  await save(one, { email1: 'new4@elsewhere.example' })
  await save(two, { email1: 'new5@elsewhere.example' })
  const mails = await heard()
  const stranger = await world.visitor()
  const [, , , change = '', token = ''] = linkIn(mails, one.mailbox).split('/')
  const refused = async (path: string) => (await stranger.post(path)).status
  expect(await refused(`/en/not-right/${change}/${'0'.repeat(64)}`)).toBe(404)
  expect(await refused(`/en/not-right/${(await changeOf(two)).id}/${token}`)).toBe(404)
  // What answers for an address says nothing of a change, and the other way round.
  const [fresh] = (await current(one)).addresses
  expect(await refused(`/en/not-right/${change}/${linkToken(world.keys, 'address', change)}`)).toBe(404)
  expect(await refused(`/en/addresses/${fresh?.id}/${token}`)).toBe(404)
  expect((await changeOf(one)).disputedAt).toBeUndefined()
  expect((await changeOf(two)).disputedAt).toBeUndefined()
  expect(await refused(linkIn(mails, one.mailbox))).toBe(200)
  expect(await refused(linkIn(mails, one.mailbox))).toBe(410)
  const late = linkIn(mails, two.mailbox)
  world.clock.advance(15 * day)
  expect(await refused(late)).toBe(410)
  expect((await changeOf(two)).disputedAt).toBeUndefined()
  mission = await world.visitor({ role: 'mission', state: sahiliya })
  reader = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  manager = await world.visitor({ role: 'manager' })
})

test('POC-11: a link that was not used is dead once the Mission has decided', async () => {
  const entry = await answeredEntry()
  await save(entry, { email1: 'new6@elsewhere.example' })
  const link = linkIn(await heard(), entry.mailbox)
  expect((await decide(entry, 'kept')).status).toBe(303)
  expect((await (await world.visitor()).post(link)).status).toBe(410)
  expect((await decide(entry, 'restored')).status).toBe(409)
})

test('RULE-9: the directory manager, a POC and another State decide no dispute', async () => {
  const entry = await answeredEntry()
  await save(entry, { email1: 'new7@elsewhere.example' })
  await (await world.visitor()).post(linkIn(await heard(), entry.mailbox))
  await heard()
  const poc = await world.visitor({ role: 'poc', kind: 'technical', state: sahiliya })
  const foreign = await world.visitor({ role: 'mission', state: norvalia })
  for (const nobody of [manager, poc, foreign]) {
    expect((await decide(entry, 'restored', { as: nobody })).status).toBe(403)
    const { id } = await changeOf(entry)
    expect((await nobody.get(`/en/entries/${entry.id}/changes/${id}`)).status).toBe(403)
  }
  expect((await changeOf(entry)).outcome).toBeUndefined()
})

test('POC-11: the Mission decides with fresh proof only', async () => {
  const entry = await answeredEntry()
  await save(entry, { email1: 'new8@elsewhere.example' })
  await (await world.visitor()).post(linkIn(await heard(), entry.mailbox))
  world.clock.advance(11 * 60_000)
  const { id } = await changeOf(entry)
  const page = await mission.get(`/en/entries/${entry.id}/changes/${id}`)
  expect(page.text).toContain('/en/prove?back=')
  const asked = await decide(entry, 'restored')
  expect(asked.status).toBe(403)
  expect((await changeOf(entry)).outcome).toBeUndefined()
  mission = await world.visitor({ role: 'mission', state: sahiliya })
})

test('POC-11: a former value leaves the card after seven days, and at once where it is compromised', async () => {
  const [kept, compromised] = [await answeredEntry(), await answeredEntry()]
  await save(kept, { email1: 'new9@elsewhere.example' })
  await save(compromised, { email1: 'new10@elsewhere.example' })
  expect(await card(compromised)).toContain(compromised.mailbox)
  expect((await decide(compromised, 'kept', { wrongHands: [compromised.mailbox] })).status).toBe(303)
  expect(await card(compromised)).not.toContain(compromised.mailbox)
  // The State itself still sees what it was.
  expect(await card(compromised, mission)).toContain(compromised.mailbox)
  world.clock.advance(7 * day - 1)
  reader = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  mission = await world.visitor({ role: 'mission', state: sahiliya })
  manager = await world.visitor({ role: 'manager' })
  expect(await card(kept)).toContain(kept.mailbox)
  world.clock.advance(1)
  expect(await card(kept)).not.toContain(kept.mailbox)
  expect(await card(kept, mission)).toContain(kept.mailbox)
})

test('POC-11: what is disputed after the seven days stands on the card again, and a duty erases what is past its retention', async () => {
  const [late, quiet] = [await answeredEntry(), await answeredEntry()]
  await save(late, { email1: 'new11@elsewhere.example' })
  await save(quiet, { email1: 'new12@elsewhere.example' })
  const link = linkIn(await heard(), late.mailbox)
  world.clock.advance(10 * day)
  await world.work('erase-withdrawn')
  reader = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  expect(await card(late)).not.toContain(late.mailbox)
  await (await world.visitor()).post(link)
  await heard()
  expect(await card(late)).toContain(late.mailbox)
  world.clock.advance(21 * day)
  await world.work('erase-withdrawn')
  expect(await asWorker((tx) => listChanges(tx, quiet.id))).toEqual([])
  // Undecided: both values stand, for as long as former values are kept.
  reader = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  mission = await world.visitor({ role: 'mission', state: sahiliya })
  manager = await world.visitor({ role: 'manager' })
  expect(await card(late)).toContain(late.mailbox)
  expect((await decide(late, 'kept')).status).toBe(303)
  expect(await card(late)).not.toContain(late.mailbox)
})

async function signInAgain(): Promise<void> {
  reader = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  mission = await world.visitor({ role: 'mission', state: sahiliya })
  manager = await world.visitor({ role: 'manager' })
}

test('POC-11: one former value is in wrong hands and leaves the card at once, the other stays its seven days', async () => {
  const entry = await answeredEntry('diplomatic')
  const later = '+99955501748'
  await save(entry, { email1: 'new14@elsewhere.example', phone1: later })
  expect(said(await card(entry))).toMatch(/17 42 shown until/)
  const page = (await mission.get(`/en/entries/${entry.id}/changes/${(await changeOf(entry)).id}`)).text
  expect(page.match(/type="checkbox"/g)).toHaveLength(2)
  // A value of another change is none of this one.
  expect((await decide(entry, 'kept', { wrongHands: [newId()] })).status).toBe(422)
  expect((await decide(entry, 'kept', { wrongHands: [entry.mailbox] })).status).toBe(303)
  const shown = said(await card(entry))
  expect(shown).not.toContain(entry.mailbox)
  expect(shown).toMatch(/17 42 shown until/)
  expect(said(await card(entry, mission))).toContain(`${entry.mailbox} · in wrong hands`)
  // The other later, and nothing twice.
  expect((await decide(entry, 'kept', { wrongHands: [entry.mailbox] })).status).toBe(409)
  expect((await decide(entry, 'kept')).status).toBe(409)
  expect((await decide(entry, 'restored')).status).toBe(409)
  expect((await decide(entry, 'kept', { wrongHands: [number] })).status).toBe(303)
  expect(said(await card(entry))).not.toMatch(/17 42|shown until/)
  expect((await decide(entry, 'kept', { wrongHands: [number] })).status).toBe(409)
  const history = (await mission.get('/en/our-history')).text
  expect(history.match(/Former contact data was said to be in wrong hands/g)?.length).toBeGreaterThanOrEqual(
    2,
  )
})

test('POC-11: what is in wrong hands does not come back with the rest', async () => {
  const entry = await answeredEntry('diplomatic')
  await save(entry, { email1: 'new15@elsewhere.example', phone1: '+99955501749' })
  await (await world.visitor()).post(linkIn(await heard(), entry.mailbox))
  await heard()
  expect((await decide(entry, 'restored', { wrongHands: [entry.mailbox] })).status).toBe(303)
  await heard()
  expect((await current(entry)).addresses.map(({ value }) => value)).toEqual([number])
  expect(await card(entry)).not.toMatch(/disputed|shown until|new15@/)
})

test('RULE-3: a dispute that nobody decides is called to mind each week, and what went is erased after its retention', async () => {
  const entry = await answeredEntry('diplomatic')
  await save(entry, { email1: 'new16@elsewhere.example', phone1: '+99955501750' })
  await (await world.visitor()).post(linkIn(await heard(), entry.mailbox))
  await heard()
  const week = async () => {
    world.clock.advance(7 * day)
    await world.work('watch-disputes', 'erase-withdrawn')
    await world.work('watch-disputes')
    return (await heard()).filter(({ text }) => text.includes(entry.entityName.original))
  }
  for (let time = 0; time < 4; time += 1) {
    const reminded = await week()
    expect(reminded.map(({ to }) => to)).toEqual([missionAddress])
    expect(JSON.stringify(reminded)).not.toMatch(/elsewhere\.example|17 ?42/)
  }
  await signInAgain()
  expect(await card(entry)).toContain(entry.mailbox)
  expect(await week()).toEqual([])
  await signInAgain()
  const { former, outcome } = await changeOf(entry)
  expect([former, outcome]).toEqual([[], undefined])
  // Nothing of it is left, and the card says still that the change is disputed: silence decides nothing.
  const left = said(await card(entry))
  expect(left).not.toContain('17 42')
  expect(left).not.toContain(entry.mailbox)
  expect(left).toContain('new16@elsewhere.example disputed')
  expect(left).toMatch(/no longer kept disputed/)
  expect((await manager.get('/en/changes')).text).toContain('Disputed, waiting for the Permanent Mission')
  const page = (await mission.get(`/en/entries/${entry.id}/changes/${(await changeOf(entry)).id}`)).text
  expect(page).toContain('enter it anew')
  expect(page).not.toContain('type="checkbox"')
  expect(await week()).toEqual([])
  await signInAgain()
  // The Mission may still say that it is right.
  expect((await decide(entry, 'kept')).status).toBe(303)
  expect(await card(entry)).not.toContain('disputed')
  const history = (await mission.get('/en/our-history')).text
  expect(history).toContain('The former contact data of a disputed change was erased')
  expect(history).toContain('The Permanent Mission was reminded of a disputed change')
})

test('POC-11: what came by a disputed change leaves the entry, also when what went is no longer kept', async () => {
  const entry = await answeredEntry('diplomatic')
  await save(entry, { email1: 'new17@elsewhere.example' })
  await (await world.visitor()).post(linkIn(await heard(), entry.mailbox))
  await heard()
  world.clock.advance(31 * day)
  await world.work('watch-disputes')
  await signInAgain()
  expect((await decide(entry, 'restored')).status).toBe(303)
  await heard()
  expect((await current(entry)).addresses.map(({ value }) => value)).toEqual([number])
  expect(await card(entry)).not.toMatch(/disputed|no longer kept/)
})

test('POC-11: the manager’s feed tells each change with State, entry and role, filters by State, and is no one else’s', async () => {
  const entry = await answeredEntry()
  await save(entry, { email1: 'new13@elsewhere.example' })
  const feed = (await manager.get('/en/changes?state=XA')).text
  expect(feed).toMatch(
    /An entry was changed[\s\S]*?E-mail addresses[\s\S]*?Sahiliya[\s\S]*?Permanent Mission/,
  )
  expect(feed).not.toContain('new13@elsewhere.example')
  expect((await manager.get('/en/changes?state=XB')).text).not.toContain(entry.id)
  expect((await mission.get('/en/changes')).status).toBe(403)
  // RULE-9: the State sees that the manager read its changes.
  expect((await mission.get('/en/our-state')).text).toMatch(/Directory manager: [^<]*State/)
})
