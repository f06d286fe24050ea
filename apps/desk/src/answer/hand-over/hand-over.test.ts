import { generateKeyPairSync, sign } from 'node:crypto'
import { after, canonical, chainStart, hour, type Json, linkHash, newId } from '@parley/kernel'
import { expect, test } from 'vitest'
import { browse, office, openedDesk } from '../../../test/desk-browser.ts'
import { emptyFolder, filesIn, quickCost, valueOf } from '../../../test/desk-folder.ts'
import { findTyped } from '../../../test/find-typed.ts'
import { received } from '../../../test/received.ts'
import keys from '../../../test/openpgp-keys.json' with { type: 'json' }
import type { RunningDesk } from '../../open-desk.ts'
import type { Opened } from '../../open-store.ts'
import { whats } from '../../record/events.ts'
import { isHanded, renumbered } from './handed-lines.ts'
import { sealTo } from './openpgp-seal.ts'
import { newSpoken, openSpoken, parseSpoken, sealSpoken } from './spoken-seal.ts'

const start = new Date('2026-11-27T03:00:00Z')
const ministry = { ...office, kind: 'diplomatic', entity: 'Ministry of Foreign Affairs' }

async function openAs(of: typeof office, folder = emptyFolder()) {
  const desk = openedDesk({ clock: { now: () => after(start, 5 * hour) }, folder })
  const browser = browse(desk)
  await browser.post('/en/door', { secret: desk.secret ?? '' })
  await browser.post('/en/begin', of)
  return { desk, browser, folder }
}

type Office = Awaited<ReturnType<typeof openAs>>

function openedOf({ desk }: RunningDesk): Opened {
  const opened = desk.store.opened()
  if (!opened) throw new Error('the Desk is locked')
  return opened
}

/** A case with what a case can have. */
async function fullCase({ desk }: Office): Promise<string> {
  const id = await received(desk, start)
  const { record } = openedOf(desk)
  const entry = { at: after(start, hour), by: office.name, case: id }
  const message = record.lines().find(({ what }) => what === 'message.received')?.n ?? 0
  const consent = {
    side: 'ours',
    who: 'Director',
    on: start.toISOString(),
    what: 'the indicators',
  } as const
  const files = [{ name: 'indicators.csv', bytes: Buffer.from('ioc;198.51.100.77') }]
  const call = { side: 'theirs', channel: 'telephone', text: 'They called: zanzibarcall' } as const
  valueOf(await record.append({ ...entry, what: 'exchange.noted', content: call, files }))
  valueOf(await record.append({ ...entry, what: 'case.acknowledged', content: { side: 'ours' } }))
  const escalated = { office: 'Cabinet Secretariat', note: 'zanzibarsecret' }
  valueOf(await record.append({ ...entry, what: 'case.escalated', content: escalated }))
  valueOf(await record.append({ ...entry, what: 'channel.agreed', content: { side: 'ours' } }))
  const given = valueOf(
    await record.append({ ...entry, what: 'consent.given', content: { ...consent, lines: [message] } }),
  )
  valueOf(await record.append({ ...entry, what: 'consent.given', content: { ...consent, with: 'A vendor' } }))
  const withdrawn = { side: 'ours', who: 'Director', on: start.toISOString(), consent: given.n + 1 } as const
  valueOf(await record.append({ ...entry, what: 'consent.withdrawn', content: withdrawn }))
  valueOf(await record.append({ ...entry, what: 'note.written', content: { text: 'We doubt it' } }))
  return id
}

async function handOver({ browser }: Office, id: string, to = ministry) {
  const path = `/en/cases/${id}/hand-over`
  const page = await browser.get(path)
  const [, passphrase = ''] = /name="passphrase" value="([^"]+)"/.exec(page.text) ?? []
  const { text: file, headers } = await browser.post(path, { kind: to.kind, entity: to.entity, passphrase })
  return { file, passphrase, name: headers.get('content-disposition') ?? '' }
}

async function take({ browser }: Office, made: { file: string; passphrase: string }) {
  const { file, passphrase } = made
  const shown = await browser.post('/en/hand-over', { file, passphrase })
  return { shown, taken: await browser.post('/en/hand-over/take') }
}

function count({ desk }: Office): number {
  return openedOf(desk).record.lines().length
}

test('POC-20: a case goes to the other office of the State whole, and both records show it', async () => {
  const technical = await openAs(office)
  const diplomatic = await openAs(ministry)
  const id = await fullCase(technical)
  const made = await handOver(technical, id)
  expect(made.name).toContain('hand-over-K7QM-4TXD.parley')
  const { shown, taken } = await take(diplomatic, made)
  expect(shown.at).toBe('/en/hand-over/arrived')
  for (const each of ['Within the State', 'Dispatch system', office.name, office.entity, 'new here'])
    expect(shown.text).toContain(each)
  expect(taken.at).toMatch(/^\/en\/cases\/[0-9a-f-]{36}$/)
  const [before] = [...openedOf(technical.desk).cases.all()]
  const [here] = [...openedOf(diplomatic.desk).cases.all()]
  for (const name of [
    'title',
    'side',
    'counterpart',
    'thread',
    'reference',
    'theirReference',
    'timed',
  ] as const)
    expect(here?.[name]).toEqual(before?.[name])
  expect(here).toMatchObject({
    acknowledged: before?.acknowledged,
    agreedChannel: before?.agreedChannel,
    leads: before?.leads,
    takenOverFrom: { state: 'KE', kind: 'technical', entity: office.entity },
    handedOver: [],
  })
  expect(before?.handedOver).toMatchObject([{ to: { state: 'KE', entity: ministry.entity } }])
  expect(here?.id).not.toBe(id)
  // Each line says who said it, and that it was said in the other office.
  expect(here?.lines.filter(({ by }) => by === `${office.name} (${office.entity})`)).toHaveLength(
    (here?.lines.length ?? 0) - 1,
  )
  const call = here?.lines.find(({ what }) => what === 'exchange.noted')
  expect(call?.at).toEqual(after(start, hour))
  const file = valueOf(await openedOf(diplomatic.desk).record.readFile(call?.files[0]?.sha ?? ''))
  expect(file.toString()).toBe('ioc;198.51.100.77')
})

test('POC-22: what was brought to higher officials is not handed over, and nothing tells that it was there', async () => {
  const technical = await openAs(office)
  const diplomatic = await openAs(ministry)
  const id = await fullCase(technical)
  const made = await handOver(technical, id)
  const plain = valueOf(await openSpoken(made.file, made.passphrase, quickCost)).toString()
  expect(plain).toContain('zanzibarcall')
  for (const each of ['zanzibarsecret', 'Cabinet', 'escalated']) expect(plain).not.toContain(each)
  await take(diplomatic, made)
  const [here] = [...openedOf(diplomatic.desk).cases.all()]
  expect(here?.escalated).toEqual([])
})

test('RULE-5: a consent names the same lines in the other record, and a withdrawn one stays withdrawn', async () => {
  const technical = await openAs(office)
  const diplomatic = await openAs(ministry)
  // The records do not run alike.
  const { record } = openedOf(diplomatic.desk)
  for (const text of ['one', 'two', 'three'])
    valueOf(await record.append({ at: start, by: 'Ministry', what: 'note.written', content: { text } }))
  await take(diplomatic, await handOver(technical, await fullCase(technical)))
  const [here] = [...openedOf(diplomatic.desk).cases.all()]
  const message = here?.lines.find(({ what }) => what === 'message.received')?.n
  expect(here?.consents).toMatchObject([{ side: 'ours', lines: [message] }])
})

test('POC-20: handed over again, only what is new is added, to the same case', async () => {
  const technical = await openAs(office)
  const diplomatic = await openAs(ministry)
  const id = await fullCase(technical)
  const { taken } = await take(diplomatic, await handOver(technical, id))
  const before = count(diplomatic)
  const entry = { at: after(start, 2 * hour), by: office.name, case: id }
  valueOf(
    await openedOf(technical.desk).record.append({
      ...entry,
      what: 'note.written',
      content: { text: 'Later' },
    }),
  )
  const again = await take(diplomatic, await handOver(technical, id))
  expect(again.shown.text).toContain('New lines: 1')
  expect(again.shown.text).toContain('with this key before')
  expect(again.taken.at).toBe(taken.at)
  expect(
    openedOf(diplomatic.desk)
      .record.lines()
      .slice(before)
      .map(({ what }) => what),
  ).toEqual(['note.written', 'case.taken-over'])
})

test('POC-20: a case that comes back is a case of its own, and the page says that there is one already', async () => {
  const technical = await openAs(office)
  const diplomatic = await openAs(ministry)
  const id = await fullCase(technical)
  const { taken } = await take(diplomatic, await handOver(technical, id))
  const back = await handOver(diplomatic, taken.at.replace('/en/cases/', ''), office)
  const { shown, taken: again } = await take(technical, back)
  expect(shown.text).toContain('beside the case')
  expect(again.at).not.toContain(id)
  const [, second] = [...openedOf(technical.desk).cases.all()]
  expect(second?.takenOverFrom?.entity).toBe(ministry.entity)
})

test('POC-20: the same file is taken once', async () => {
  const technical = await openAs(office)
  const diplomatic = await openAs(ministry)
  const made = await handOver(technical, await fullCase(technical))
  await take(diplomatic, made)
  const before = count(diplomatic)
  const { shown, taken } = await take(diplomatic, made)
  expect([shown.status, shown.text.includes('taken here before')]).toEqual([409, true])
  expect([taken.status, count(diplomatic)]).toEqual([404, before])
})

test('POC-20: pressed twice at the same time, it is taken once', async () => {
  const technical = await openAs(office)
  const diplomatic = await openAs(ministry)
  const made = await handOver(technical, await fullCase(technical))
  await diplomatic.browser.post('/en/hand-over', { file: made.file, passphrase: made.passphrase })
  await Promise.all([1, 2].map(() => diplomatic.browser.post('/en/hand-over/take')))
  const kinds = openedOf(diplomatic.desk)
    .record.lines()
    .map(({ what }) => what)
  expect(kinds.filter((what) => what === 'case.taken-over')).toHaveLength(1)
})

test('POC-20: a wrong passphrase, a changed file, one of another State and one of its own are refused, each with its reason', async () => {
  const technical = await openAs(office)
  const diplomatic = await openAs(ministry)
  const foreign = await openAs({ ...ministry, state: 'NO' })
  const made = await handOver(technical, await fullCase(technical))
  const { file, passphrase } = made
  const changed = (from: number) => {
    const place = Math.floor(file.length - from)
    return `${file.slice(0, place)}${file[place] === 'A' ? 'B' : 'A'}${file.slice(place + 1)}`
  }
  const tries = [
    [diplomatic, { file, passphrase: newSpoken() }, 'does not open the file'],
    [diplomatic, { file, passphrase: '' }, 'does not open the file'],
    [diplomatic, { file: changed(40), passphrase }, 'changed or damaged'],
    [diplomatic, { file: changed(file.length / 2), passphrase }, 'changed or damaged'],
    [diplomatic, { file: file.slice(0, 500), passphrase }, 'not the file of a case'],
    [diplomatic, { file: 'Dear colleague', passphrase }, 'not the file of a case'],
    [diplomatic, { file: '', passphrase }, 'href="#file'],
    [
      diplomatic,
      { file: file.replace('"memory":64', '"memory":999999999'), passphrase },
      'not the file of a case',
    ],
    [foreign, { file, passphrase }, 'office of another State'],
    [technical, { file, passphrase }, 'made the file itself'],
  ] as const
  for (const [at, fields, said] of tries) {
    const before = count(at)
    const page = await at.browser.post('/en/hand-over', fields)
    expect(page.status).toBeGreaterThanOrEqual(400)
    expect(page.text).toContain(said)
    expect((await at.browser.post('/en/hand-over/take')).status).toBe(404)
    expect(count(at)).toBe(before)
  }
  // Typed in small letters, with O for 0, without groups.
  const typed = passphrase.toLowerCase().replaceAll('0', 'o').replaceAll('-', ' ')
  expect((await diplomatic.browser.post('/en/hand-over', { file, passphrase: typed })).status).toBe(200)
})

test('POC-20: to an office whose OpenPGP key is known it goes without a passphrase, and opens with no other key', async () => {
  const technical = await openAs(office)
  const id = await fullCase(technical)
  const { theirs, others } = keys
  const path = `/en/cases/${id}/hand-over`
  const { kind, entity } = ministry
  const fields = { kind, entity, passphrase: newSpoken() }
  const { text: file } = await technical.browser.post(path, { ...fields, key: theirs.publicKey })
  expect(file).toContain('multipart/encrypted')
  expect(file).not.toContain('hand-over-sealed')
  const before = count(technical)
  const unfit = await technical.browser.post(path, { ...fields, key: 'no key at all' })
  expect([unfit.status, unfit.text.includes('href="#key"'), count(technical)]).toEqual([422, true, before])
  const diplomatic = await openAs(ministry)
  const open = async (file: string) => (await diplomatic.browser.post('/en/hand-over', { file })).text
  const keep = async (armored: string) =>
    valueOf(
      await openedOf(diplomatic.desk)
        .sealed('own-key')
        .write(JSON.stringify({ version: 1, armored })),
    )
  expect(await open(file)).toContain('no OpenPGP key of its own')
  await keep(others.armored)
  expect(await open(file)).toContain('encrypted to another key')
  await keep(theirs.armored)
  const half = Math.floor(file.length / 2)
  expect(await open(`${file.slice(0, half)}${file.slice(half + 9)}`)).toContain('changed or damaged')
  const { publicKey } = theirs
  const note = valueOf(await sealTo(Buffer.from('Dear colleague'), publicKey, start))
  expect(await open(note)).toContain('not the file of a case')
  expect(await open(file)).toContain('Handed over to this office')
})

/** A file as a Desk that keeps to no rule would make it. */
async function forged(lines: readonly (readonly [what: string, content: Json])[], more: object = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  let hash = chainStart
  const links = []
  for (const [place, [what, content]] of lines.entries()) {
    const line = { number: place + 1, at: start.toISOString(), by: 'Mallory', what, content, files: [] }
    hash = await linkHash(hash, line)
    links.push({ content: line, hash })
  }
  const contents = canonical(
    JSON.parse(
      JSON.stringify({
        parley: 'hand-over',
        version: 1,
        id: newId(),
        marking: 'within-the-state',
        madeAt: start.toISOString(),
        from: { state: 'KE', kind: 'technical', entity: 'CERT' },
        by: 'Mallory',
        to: { state: 'KE', kind: 'diplomatic', entity: 'Ministry' },
        isExercise: false,
        origin: 'case',
        links,
        ...more,
      }),
    ),
  )
  const signature = sign(null, Buffer.from(contents), privateKey).toString('hex')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const key = Buffer.from(x, 'base64url').toString('hex')
  const passphrase = newSpoken()
  const plain = `${JSON.stringify({ contents, key, signature })}\n`
  return { file: await sealSpoken(Buffer.from(plain), passphrase, quickCost), passphrase }
}

const opening = [
  'case.opened',
  {
    title: 'Odd',
    side: 'ours',
    counterpart: { state: 'NO', kind: 'technical', entity: 'X' },
    nature: 'REAL',
  },
] as const

test.each<[string, Parameters<typeof forged>]>([
  ['that removes a user', [[opening, ['user.removed', { user: '0123456789abcdef' }]]]],
  ['that speaks of the record itself', [[opening, ['record.damage-noted', { places: [] }]]]],
  ['with an escalation', [[opening, ['case.escalated', { office: 'Cabinet' }]]]],
  [
    'with a line that says what no line says',
    [[opening, ['case.answered', { side: 'ours', answer: 'guilty' }]]],
  ],
  ['that opens two cases', [[opening, opening]]],
  ['that opens none', [[['note.written', { text: 'x' }]]]],
  ['that names a responsible State', [[opening, ['case.responsible', { state: 'NO' }]]]],
  ['of an exercise', [[opening], { isExercise: true }]],
  ['with another marking', [[opening], { marking: 'public' }]],
  ['of a newer version', [[opening], { version: 2 }]],
  ['with more in it than is shown', [[opening], { note: 'x' }]],
  ['from another State', [[opening], { from: { state: 'NO', kind: 'technical', entity: 'CERT' } }]],
  ['whose lines are no chain', [[opening], { links: [{ content: {}, hash: chainStart }] }]],
])('POC-20: a file %s is refused, and nothing of it is written down', async (_, made) => {
  const diplomatic = await openAs(ministry)
  const before = count(diplomatic)
  const page = await diplomatic.browser.post('/en/hand-over', await forged(...made))
  expect(page.status).toBeGreaterThanOrEqual(400)
  expect((await diplomatic.browser.post('/en/hand-over/take')).status).toBe(404)
  expect(count(diplomatic)).toBe(before)
})

test('the forged files are refused for what is wrong with them: a sound one is taken', async () => {
  const diplomatic = await openAs(ministry)
  const { taken } = await take(diplomatic, await forged([opening]))
  expect(taken.text).toContain('Odd')
})

test('POC-20: what was opened waits sealed, and goes when it is left', async () => {
  const technical = await openAs(office)
  const diplomatic = await openAs(ministry)
  const { file, passphrase } = await handOver(technical, await fullCase(technical))
  expect(findTyped(new Map([['file', Buffer.from(file)]]), ['zanzibarcall', office.entity])).toEqual([])
  await diplomatic.browser.post('/en/hand-over', { file, passphrase })
  const words = ['zanzibarcall', 'Dispatch system', passphrase]
  expect(findTyped(filesIn(diplomatic.folder), words)).toEqual([])
  expect((await diplomatic.browser.post('/en/hand-over/leave')).at).toBe('/en/cases')
  expect((await diplomatic.browser.get('/en/hand-over/arrived')).status).toBe(404)
})

test('a message that was sent names no line that stays', () => {
  expect(renumbered('message.sent', { text: 'Hello', leaving: 4 }, (n) => n)).toEqual({ text: 'Hello' })
})

test('every kind of line is decided: it goes to the other office, or stays', () => {
  expect(whats.filter((what) => !isHanded(what))).toEqual([
    'user.added',
    'user.renamed',
    'user.removed',
    'user.passphrase-changed',
    'record.damage-noted',
    'record.handed-out',
    'case.handed-over',
    'case.taken-over',
    'case.escalated',
    'message.leaving',
    'message.not-sent',
    'mail.filed',
    'mail.set-aside',
    'duty.handed-over',
    'duty.taken',
    'exercise.begun',
  ])
})

test('a spoken passphrase is read as it was meant, and nothing else is one', () => {
  const passphrase = newSpoken()
  expect(passphrase).toMatch(/^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/)
  expect(parseSpoken(` ${passphrase.toLowerCase().replaceAll('-', '')} `)).toBe(passphrase)
  for (const typed of ['', 'short', `${passphrase}A`, passphrase.slice(1), 'UUUUU-UUUUU-UUUUU-UUUUU'])
    expect(parseSpoken(typed)).toBeUndefined()
})
