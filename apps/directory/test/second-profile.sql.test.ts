import { gzipSync } from 'node:zlib'
import { day, hour, minute, type StateCode } from '@parley/kernel'
import { composeMail, composeReply, type OutgoingMail } from '@parley/mail'
import { checkWords } from '@parley/web'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadCommunity } from '../src/modules/community/index.ts'
import { everyone, mayRole, mergeAuthority } from '../src/platform/session/authority.ts'
import type { Holding } from '../src/platform/session/actor.ts'
import { openDemonstrationWorld } from './demonstration-world.ts'
import { ask, issue } from './issue.ts'
import { readLanguageFolders } from './language-files.ts'
import { stateCode } from './nominate.ts'
import { holdingOf, type PersonRole } from './people.ts'
import { pressStart } from './start-round.ts'
import { openWorld, type Page, type Visitor, type World } from './world.ts'

// What the journeys show of the United Nations' profile, under one with other kinds, times, words and languages.
const network = loadCommunity('meridian-network', { demonstration: true })
const alder = stateCode('QM')
const brightwater = stateCode('QN')

/** What only the other profile says. */
const foreign =
  /\bStates?\b|Permanent Mission|\bMissions?\b|[Nn]otes? verbale|New York|[Dd]iplomatic|48 hours|six (?:months|languages)/

describe('RULE-10: a community of one language', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ community: network })
  })
  afterAll(() => world?.close())

  test('RULE-10: a page offers no other language, and there is none at its address', async () => {
    const stranger = await world.visitor()
    const page = await stranger.get('/en')
    expect(page.status).toBe(200)
    expect(page.text).not.toMatch(/hreflang|href="\/(?:ar|zh|fr|ru|es)["/]/)
    for (const path of ['/ar', '/fr/sign-in', '/zh/privacy', '/es/answer', '/ru/nothing']) {
      const absent = await stranger.get(path)
      expect(absent.status).toBe(404)
      expect(absent.text).toContain('<html lang="en" dir="ltr">')
    }
    expect((await stranger.post('/ar/answer', { code: '1' })).status).toBe(404)
  })

  test('a browser that asks for another language comes to the one that is spoken', async () => {
    const headers = { host: 'localhost:8080', 'accept-language': 'fr-FR,fr;q=0.9,ar;q=0.8' }
    const { fetch } = world.directory.street
    const response = await fetch(new Request('http://localhost:8080/', { headers }))
    expect(response.headers.get('location')).toBe('/en')
  })

  test('RULE-10: the API answers in the language that the community speaks, and names things in no other', async () => {
    await world.participate(alder)
    const token = await issue(world, alder, ['entries:read'])
    const headers = { 'accept-language': 'fr-FR,fr;q=0.9,ar;q=0.8' }
    const community = await ask(world, '/api/v1/community', token)
    expect(community.json).toMatchObject({ names: { en: network.profile.names.en }, languages: ['en'] })
    const states = await ask(world, '/api/v1/states/QM', token)
    for (const { text } of [community, states]) expect(text).not.toMatch(/"(ar|zh|fr|ru|es)":/)
    const refused = await ask(world, '/api/v1/entries?kind=!', token, { headers })
    expect(refused.headers.get('content-language')).toBe('en')
    expect(refused.text).toContain('parameter')
    const unknown = await ask(world, '/api/problems/api/method', undefined, { headers })
    expect(unknown.headers.get('location')).toBe('/en/api#problems')
  })

  test('no invitation, contact or entry is in a language that the community does not speak', async () => {
    await world.participate(alder)
    const mission = await world.visitor({ role: 'mission', state: alder })
    const person = { name: 'Ada Example', email: 'ada@alder-bay.example', role: 'policy', language: 'fr' }
    expect((await mission.post('/en/our-users', person)).status).toBe(422)
    expect((await mission.post('/en/our-users', { ...person, language: 'en' })).status).toBe(303)
    const contact = { email: 'liaison@alder-bay.example', telephone: '', language: 'ar' }
    expect((await mission.post('/en/our-state/contact', contact)).status).toBe(422)
    const entry = { kind: 'policy', entityName: 'Policy desk', email1: 'policy@alder-bay.example' }
    expect((await mission.post('/en/entries/new', { ...entry, language: 'fr' })).status).toBe(422)
    expect((await mission.post('/en/entries/new', { ...entry, language: 'en' })).status).toBe(303)
  })
})

describe('the main journey under a second profile', () => {
  let world: World
  let manager: Visitor
  beforeAll(async () => {
    world = await openWorld({ community: network })
    manager = await world.visitor({ role: 'manager' })
    await world.participate(alder, brightwater)
    for (const state of [alder, brightwater]) {
      const mission = await world.visitor({ role: 'mission', state })
      for (const { id: kind } of network.profile.kinds) await nominateBy(mission, state, kind)
    }
  })
  afterAll(() => world?.close())

  const visit = (holding: Holding) => world.visitor(holding)
  const mailTo = (address: string) => world.sent.filter(({ to }) => to === address)

  test('POC-15: a liaison office asks by signed request, is called back, and gets access', async () => {
    const { location } = await manager.post('/en/states/QO/access-request', {
      reference: 'SR/2026/3',
      receivedOn: '2026-01-05',
      email: 'liaison@calder.example',
      telephone: '+9991234567',
      language: 'en',
    })
    const early = await manager.post(`${location}/issue`)
    expect(early.text).toContain('Verify the request with the liaison office first')
    await manager.post(`${location}/verify`)
    const issued = await manager.post(`${location}/issue`)
    expect(issued.text).toContain('Tell it to the liaison office by telephone')
    expect(issued.text).toContain('within 7 days')
    await world.work('relay')
    const [invitation] = mailTo('liaison@calder.example')
    expect(invitation?.text).toContain('Liaison office, Calder University CSIRT')
    expect(invitation?.text).not.toMatch(foreign)
  })

  test('POC-27: a member names points of contact of three kinds, as many as the profile says', async () => {
    const state = stateCode('QP')
    await world.participate(state)
    const mission = await visit({ role: 'mission', state })
    const open = await mission.get('/en/our-state')
    for (const { names } of network.profile.kinds)
      expect(open.text).toContain(`${names.en}: nobody is named yet.`)
    const saved = await nominateBy(mission, state, 'management')
    expect(saved.status).toBe(303)
    expect((await mission.get(saved.location)).text).toContain('Management POC')
    const unknown = await nominateBy(mission, state, 'diplomatic')
    expect(unknown.status).toBe(422)
    expect(unknown.text).toContain('This kind of point of contact does not exist.')
    for (let more = 1; more < network.profile.entriesPerKind; more += 1)
      expect((await nominateBy(mission, state, 'management')).status).toBe(303)
    expect((await nominateBy(mission, state, 'management')).text).toContain('4 entries of this kind')
    await mission.post('/en/leave', { sure: 'yes' })
    await world.work('relay')
  })

  test('RULE-7: each of three kinds is offered its like, and the two others are a step away', async () => {
    const kinds = ['technical', 'policy', 'management']
    for (const kind of kinds) {
      const poc = await visit({ role: 'poc', kind, state: brightwater })
      const { text } = await poc.get('/en/find')
      for (const other of kinds) {
        const isOwn = other === kind
        expect(text.includes(`${other} desk of QM`)).toBe(isOwn)
        expect(text.includes(`href="/en/find?kind=${other}"`)).toBe(!isOwn)
        if (!isOwn) expect((await poc.get(`/en/find?kind=${other}`)).text).toContain(`${other} desk of QM`)
      }
    }
  })

  test('POC-17, POC-18: seven days to answer, a reminder on the fourth, then a follow-up in the words of the network', async () => {
    const { location: round } = await pressStart(manager)
    await world.work('send-messages')
    const checks = world.sent.filter((mail) => codeIn(mail) !== '')
    expect(checks.filter(({ text }) => text.includes('within 7 days'))).toHaveLength(6)
    const [message] = mailTo('technical@qm.example')
    expect(message?.language).toBe('en')
    expect(message?.text).toContain('checks every 3 months')
    expect(message?.text).not.toMatch(foreign)

    const stranger = await world.visitor()
    await stranger.post(`/en/checks/${codeIn(message)}`)
    const typed = codeIn(mailTo('policy@qm.example')[0]).replace(/(\d{4})(?=\d)/g, '$1 ')
    expect((await stranger.post('/en/answer', { code: typed })).status).toBe(303)
    world.clock.advance(5 * minute)
    const toReply = mailTo('management@qm.example')[0]
    const raw =
      toReply &&
      (await composeReply(await composeMail(toReply), {
        from: { name: '', address: 'management@qm.example' },
        text: 'Received with thanks, the office',
        at: world.clock.now(),
      }))
    expect(raw && (await world.directory.receive(raw, world.clock.now()))).toBe('acknowledged')

    world.clock.advance(2 * day)
    await world.work('send-messages', 'close-rounds')
    expect(mailTo('technical@qn.example')).toHaveLength(1)
    world.clock.advance(2 * day)
    await world.work('send-messages', 'close-rounds')
    expect(mailTo('technical@qn.example')).toHaveLength(2)
    expect(mailTo('technical@qm.example')).toHaveLength(1)

    // Late on the seventh day is in time.
    world.clock.advance(3 * day - hour)
    await world.work('close-rounds')
    await stranger.post(`/en/checks/${codeIn(mailTo('technical@qn.example')[0])}`)
    manager = await visit({ role: 'manager' })
    const running = await manager.get(round)
    expect(running.text).toContain('running')
    expect(running.text.replace(/\s+/g, ' ')).toContain('<dt>answered late</dt> <dd>0</dd>')
    world.clock.advance(2 * hour)
    await world.work('close-rounds')
    manager = await visit({ role: 'manager' })
    const list = await manager.get('/en/follow-ups')
    const follow = await manager.get(/href="(\/en\/follow-ups\/[^"]+)"/.exec(list.text)?.[1] ?? '')
    expect(follow.text).toContain('Follow-up: Brightwater CERT')
    expect(follow.text).toContain('Policy POC: policy desk of QN (no answer')
    expect(follow.text).not.toContain('technical desk of QN')
    expect(plain(follow.text)).not.toMatch(foreign)
  })

  test('POC-05: a member leaves by its own act, at once', async () => {
    const mission = await visit({ role: 'mission', state: brightwater })
    expect((await mission.post('/en/leave', { sure: 'yes' })).text).toContain(
      'Your team has left the directory',
    )
    await world.work('relay')
    const poc = await visit({ role: 'poc', kind: 'policy', state: alder })
    expect((await poc.get('/en/find')).text).not.toContain('policy desk of QN')
  })
})

describe('the demonstration of the second profile', () => {
  let world: World
  const seen: { readonly path: string; readonly text: string; readonly bytes: number }[] = []
  beforeAll(async () => {
    world = await openDemonstrationWorld({ community: network })
    const { rooms } = world.directory
    const authority = mergeAuthority(rooms.map((room) => room.authority))
    for (const role of everyone) {
      const visitor = await world.visitor(inNetwork(role))
      // The API is described in the program's own words, whatever the community.
      const pages = rooms.filter(({ name }) => name !== 'api').flatMap((room) => room.pages)
      for (const { route, verb } of pages) {
        if (!mayRole(authority, role, verb)) continue
        const path = `/en${route.path === '/' ? '' : route.path.replace(':state', 'QM')}`
        const { status, headers, text } = await visitor.get(path)
        const isPage = headers.get('content-type')?.startsWith('text/html')
        if (status === 200 && isPage)
          seen.push({ path: `${role} ${path}`, text, bytes: gzipSync(text).byteLength })
      }
    }
  }, 120_000)
  afterAll(() => world?.close())

  test('RULE-11: its members are fictional, and the list says so of the whole', async () => {
    expect(network.states).toHaveLength(12)
    expect(network.states.every(({ fictional, code }) => fictional && /^Q[M-X]$/.test(code))).toBe(true)
    const manager = await world.visitor({ role: 'manager' })
    expect((await manager.get('/en/states/QM')).text).toContain('Fictional')
    const clock = await manager.get('/en/demonstration')
    expect(clock.text).toContain('7 days forward')
  })

  test('no page that a role begins with speaks the words of another community', () => {
    expect(seen.length).toBeGreaterThan(60)
    const found = seen.flatMap(({ path, text }) => {
      const word = foreign.exec(plain(text))
      return word ? [`${path}: ${word[0]}`] : []
    })
    expect(found).toEqual([])
  })

  test('its pages cost no more, have one heading and one language', () => {
    expect(seen.filter(({ bytes }) => bytes > 14 * 1024)).toEqual([])
    expect(seen.filter(({ text }) => text.match(/<h1[\s>]/g)?.length !== 1)).toEqual([])
    expect(seen.filter(({ text }) => !text.includes('<html lang="en" dir="ltr">'))).toEqual([])
  })
})

describe('the words of the network', () => {
  // A profile says the Directory in its own words; the Desk is a program of its own.
  const folders = readLanguageFolders().filter(({ folder }) => !folder.startsWith('apps/desk'))

  test('each of its own sentences is one of the program’s, with the same values in it', () => {
    const problems = folders.flatMap(({ name, messages }) =>
      checkWords(messages.en, network.words.get(name) ?? {}, network.profile.languages),
    )
    expect(problems).toEqual([])
    expect([...network.words.keys()].filter((room) => !folders.some(({ name }) => name === room))).toEqual([])
  })

  test('a sentence about States, Missions or notes verbales has words of the network’s own', () => {
    // Whoever writes such a sentence says it here too: apps/directory/profiles/meridian-network/locales/en.json.
    const missing = folders.flatMap(({ name, messages }) =>
      Object.entries({ ...messages.en, ...network.words.get(name)?.en })
        .filter(([, message]) => foreign.test(JSON.stringify(message)))
        .map(([key, message]) => `${name} ${key}: ${JSON.stringify(message)}`),
    )
    expect(missing).toEqual([])
  })
})

/** Somebody of a member's office names an entry, on the page. */
function nominateBy(mission: Visitor, state: StateCode, kind: string): Promise<Page> {
  return mission.post('/en/entries/new', {
    kind,
    language: 'en',
    entityName: `${kind} desk of ${state}`,
    email1: `${kind}@${state.toLowerCase()}.example`,
  })
}

/** The code of a check that a mail carries; nothing in any other mail. */
function codeIn(mail: OutgoingMail | undefined): string {
  return /checks\/(\d{12})/.exec(mail?.text ?? '')?.[1] ?? ''
}

function inNetwork(role: PersonRole): Holding | undefined {
  const holding = holdingOf(role)
  return holding && 'state' in holding ? { ...holding, state: alder } : holding
}

/** What a reader reads. */
function plain(page: string): string {
  return page
    .replace(/<title>.*?<\/title>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}
