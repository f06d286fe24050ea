import { after, day, newId } from '@parley/kernel'
import type { OutgoingMail } from '@parley/mail'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addExample, exampleContent, signedIn } from '../../../test/entry-examples.ts'
import { email, phone, stateCode } from '../../../test/nominate.ts'
import { openWorld, type World } from '../../../test/world.ts'
import type { Tx } from '../../platform/database/database.ts'
import { listAddressees } from '../accounts/index.ts'
import { changeEntry } from './change-entry.ts'
import type { Entry, EntryContent } from './domain/entry.ts'
import { findEntry } from './store/entries.ts'
import { findCardOnPage } from './store/card.ts'
import { listKnown } from './store/known.ts'

let world: World
const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')
const stranger = 'somebody@else.example'

beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, norvalia)
})
afterAll(() => world.close())
beforeEach(() => world.clock.advance(40 * day))

function asWorker<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return world.directory.database.transaction({ role: 'worker' }, work)
}

async function heard() {
  const before = world.sent.length
  for (let run = 0; run < 5; run += 1) await world.work('relay')
  return world.sent.slice(before)
}

let names = 0

async function fresh(state = sahiliya, more: Partial<EntryContent> = {}): Promise<Entry> {
  names += 1
  const entry = await addExample(world, state, 'technical', exampleContent(`Team ${names}`, more))
  await heard()
  return entry
}

async function change(entry: Entry, more: Partial<EntryContent>): Promise<Entry> {
  const found = await asWorker((tx) => findEntry(tx, entry.id))
  if (!found) throw new Error('The entry is gone')
  const { performer } = world.directory
  const request = {
    actor: signedIn({ role: 'mission', state: entry.state }),
    now: world.clock.now(),
    requestId: newId(),
  }
  const result = await performer.perform(
    request,
    changeEntry(world.community.profile, {
      entry: entry.id,
      version: found.version,
      content: { ...exampleContent(entry.entityName.original), addresses: found.addresses, ...more },
    }),
  )
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

const to = (address: string) => ({ addresses: [email(address), phone('+99955501742')] })

async function cardOf({ id }: Entry): Promise<string> {
  const reader = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  return (await reader.get(`/en/entries/${id}`)).text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}

function verificationTo(mails: readonly { to: string; text: string }[], address: string) {
  return mails.filter((mail) => mail.to === address && mail.text.includes('/addresses/'))
}

const linkOf = (text = '') => /\/en\/addresses\/\S+/.exec(text)?.[0] ?? ''

test('POC-11: a new address is asked once, and answering ends "not yet answered from"', async () => {
  const nominated = await fresh()
  world.clock.advance(day)
  const entry = await change(nominated, to('duty1@sahiliya.example'))
  const [letter] = verificationTo(await heard(), 'duty1@sahiliya.example')
  const link = linkOf(letter?.text)
  const visitor = await world.visitor()
  // Scanners follow links: a GET writes nothing and looks the same for each link.
  expect((await visitor.get(link)).text).toContain('Messages reach this address')
  expect((await visitor.get(`/en/addresses/${newId()}/${'0'.repeat(64)}`)).status).toBe(200)
  expect(await cardOf(entry)).toContain('not yet answered from')
  expect((await visitor.post(link)).text).toContain('The answer is recorded')
  await heard()
  const card = await cardOf(entry)
  expect(card).not.toContain('not yet answered from')
  expect(card).toContain('new since')
  const month = world.clock.now().toISOString().slice(0, 7)
  const now = world.clock.now()
  const shown = await asWorker((tx) => findCardOnPage(tx, now, entry.id, undefined))
  expect(shown?.lastAnswered).toBe(month)
  const known = await asWorker((tx) => listKnown(tx, entry.addresses))
  expect(known.get(entry.addresses[0]?.id ?? '')?.map(({ rung }) => rung)).toEqual(['answered'])
  // Once.
  expect((await visitor.post(link)).status).toBe(410)
})

test('POC-11: a link of the message lapses after 14 days, and is dead once the address is replaced', async () => {
  const entry = await change(await fresh(), to('duty2@sahiliya.example'))
  const [letter] = verificationTo(await heard(), 'duty2@sahiliya.example')
  world.clock.advance(15 * day)
  const visitor = await world.visitor()
  expect((await visitor.post(linkOf(letter?.text))).status).toBe(410)
  await change(entry, to('duty3@sahiliya.example'))
  expect((await visitor.post(linkOf(letter?.text))).status).toBe(404)
})

test('RULE-3: silence opens nothing and stands in no list; the State’s address of its first nomination carries no mark', async () => {
  const entry = await fresh()
  expect(await cardOf(entry)).not.toContain('not yet answered from')
  await change(entry, to('duty4@sahiliya.example'))
  await heard()
  world.clock.advance(20 * day)
  await world.work()
  const manager = await world.visitor({ role: 'manager' })
  expect((await manager.get('/en/follow-ups')).text).not.toContain('Sahiliya')
  for (const path of ['/en/find?q=Sahiliya&all=yes', '/en/find/XA?kind=technical'])
    expect((await manager.get(path)).text).not.toContain('not yet answered')
})

test('POC-11: a stranger’s address gets at most one message a day and three in all, whatever entries name it and whoever changes them', async () => {
  const [one, two] = [await fresh(sahiliya), await fresh(norvalia)]
  const spellings = [stranger, 'Somebody@else.example', 'somebody+1@else.example', 'SOMEBODY+x@ELSE.example']
  const letters: OutgoingMail[] = []
  const asked = () => letters.filter(({ text }) => text.includes('/addresses/')).length
  for (let time = 0; time < 5; time += 1) {
    for (const entry of [one, two])
      for (const address of spellings) {
        await change(entry, to(address))
        letters.push(...(await heard()).filter((mail) => /^somebody/i.test(mail.to)))
        await change(entry, to(`own${time}@${entry.state.toLowerCase()}.example`))
        letters.push(...(await heard()).filter((mail) => /^somebody/i.test(mail.to)))
      }
    expect(asked()).toBe(Math.min(3, time + 1))
    world.clock.advance(day)
  }
  // Nor is the warning to an old address, or the letter to a person, a way around it.
  expect(letters.filter(({ text }) => text.includes('/not-right/'))).toHaveLength(3)
})

test('POC-11: a letter that the relay wants later is the same letter, and counts once', async () => {
  world.answerSending(() => ({ kind: 'later', status: '4.3.2', cause: 'theirs' }))
  await change(await fresh(), to('duty5@sahiliya.example'))
  expect(await heard()).toEqual([])
  world.answerSending(() => ({ kind: 'accepted' }))
  world.clock.set(after(world.clock.now(), 60_000))
  expect(verificationTo(await heard(), 'duty5@sahiliya.example')).toHaveLength(1)
})

test('POC-08: a named person is told once, in the entry’s language: by whom, who sees it, how to be taken out', async () => {
  const named = { language: 'fr', personName: 'Zoé Exemple' }
  const entry = await fresh(sahiliya, to('personne@sahiliya.example'))
  await change(entry, { ...to('personne@sahiliya.example'), ...named })
  const [letter, ...more] = (await heard()).filter((mail) => mail.to === 'personne@sahiliya.example')
  expect(more).toEqual([])
  expect(letter?.text).toContain('Zoé Exemple')
  expect(letter?.text).toContain('Les utilisateurs de tous les États participants')
  expect(letter?.text).toContain('Mission permanente')
  world.clock.advance(2 * day)
  await change(entry, { ...to('personne@sahiliya.example'), ...named, personName: 'Other Person' })
  expect((await heard()).filter((mail) => mail.to === 'personne@sahiliya.example')).toHaveLength(1)
  world.clock.advance(2 * day)
  await change(entry, { ...to('personne@sahiliya.example'), ...named })
  expect((await heard()).filter((mail) => mail.to === 'personne@sahiliya.example')).toEqual([])
})

test('POC-08: a new entry is told to every other user of its State, to nobody else, and not to who added it', async () => {
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  await world.visitor({ role: 'poc', kind: 'diplomatic', state: sahiliya })
  await world.visitor({ role: 'contributor', state: sahiliya })
  await world.visitor({ role: 'mission', state: norvalia })
  const people = await asWorker((tx) => listAddressees(tx, sahiliya))
  const saved = await mission.post('/en/entries/new', {
    kind: 'technical',
    language: 'en',
    entityName: 'Told to others',
    email1: 'told@sahiliya.example',
  })
  expect(saved.status).toBe(303)
  const told = (await heard()).filter(({ text }) => text.includes('Told to others')).map((mail) => mail.to)
  expect(told).toHaveLength(people.length - 1)
  const emails = new Set(people.map((each) => each.email))
  expect(told.filter((address) => !emails.has(address))).toEqual([])
  expect(told.length).toBeGreaterThan(0)
})
