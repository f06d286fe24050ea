import { processorTime } from '@parley/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../../test/entry-examples.ts'
import { issue } from '../../../../test/issue.ts'
import { email, nominate, phone, stateCode } from '../../../../test/nominate.ts'
import { openWorld, origin, type World } from '../../../../test/world.ts'

const [reader, other] = [stateCode('XA'), stateCode('XB')]
const book = '/carddav/books/directory/'

let world: World
let token: string
beforeAll(async () => {
  world = await openWorld()
  await world.participate(reader, other)
  token = await issue(world, reader, ['address-book'])
  await addExample(
    world,
    other,
    'technical',
    exampleContent('Team of XB', {
      addresses: [
        phone('+99955501742'),
        { channel: 'phone', value: '+99955501743', label: 'Night', urgent: false, cardOnly: false },
        { ...email('secret@xb.example'), cardOnly: true },
        email('duty@xb.example'),
        email('second@xb.example'),
      ],
      description: { original: 'What the team is' },
      nationalRole: { original: 'What it decides' },
      workingLanguages: ['ru'],
    }),
  )
  await addExample(
    world,
    other,
    'diplomatic',
    exampleContent('Desk of XB', {
      holder: 'representative',
      personName: 'Salma Example',
      personTitle: { original: 'Counsellor' },
      addresses: [phone('+99955501744'), email('salma.example@xb.example')],
    }),
  )
  await nominate(world, other, 'diplomatic', {
    name: 'Mailless',
    addresses: [{ ...phone('+99955501745'), cardOnly: true }],
  })
})
afterAll(() => world.close())

interface Dav {
  readonly depth?: '0' | '1' | 'infinity'
  readonly body?: string
  readonly secret?: string
}

async function dav(method: string, path: string, { depth, body, secret = token }: Dav = {}) {
  const headers = new Headers({ host: origin.host })
  if (secret !== '') headers.set('authorization', `Basic ${btoa(`telephone:${secret}`)}`)
  if (depth !== undefined) headers.set('depth', depth)
  const init = { method, headers, ...(body === undefined ? {} : { body }) }
  const response = await world.directory.street.fetch(new Request(new URL(path, origin), init), {})
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const multiget = (hrefs: readonly string[]) =>
  `<?xml version="1.0"?><C:addressbook-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:prop><D:getetag/><C:address-data/></D:prop>${hrefs.map((href) => `<D:href>${href}</D:href>`).join('')}</C:addressbook-multiget>`

const query = `<card:addressbook-query xmlns="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav"><prop><getetag/><card:address-data/></prop><card:filter/></card:addressbook-query>`

function ask(prop: string): string {
  return `<propfind xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><prop>${prop}</prop></propfind>`
}

async function tag(): Promise<string | undefined> {
  return /getctag[^>]*>([^<]+)</.exec((await dav('PROPFIND', book, { depth: '0' })).text)?.[1]
}

async function hrefs(): Promise<readonly string[]> {
  const { text } = await dav('PROPFIND', book, { depth: '1' })
  return [...text.matchAll(/<D:href>(\/carddav\/books\/directory\/[^<]+\.vcf)<\/D:href>/g)].map(
    ([, href = '']) => href,
  )
}

test('RFC 6352: a program finds its way from the well-known address to the cards', async () => {
  const known = await dav('PROPFIND', '/.well-known/carddav')
  expect([known.status, known.headers.get('location')]).toEqual([301, '/carddav/'])
  const root = await dav('PROPFIND', '/carddav/', {
    depth: '0',
    body: ask('<current-user-principal/><nonsense/>'),
  })
  expect(root.status).toBe(207)
  expect(root.text).toContain('/carddav/principal/')
  expect(root.text).toMatch(/nonsense.*404 Not Found/)
  const principal = await dav('PROPFIND', '/carddav/principal/', {
    depth: '0',
    body: ask('<c:addressbook-home-set/>'),
  })
  expect(principal.text).toContain('/carddav/books/')
  const home = await dav('PROPFIND', '/carddav/books/', {
    depth: '1',
    body: ask('<resourcetype/><displayname/>'),
  })
  expect(home.text).toContain('<C:addressbook/>')
  expect((await hrefs()).length).toBe(2)
})

test('POC-13: the address book carries entity, urgent number and function mailbox, nothing else', async () => {
  const { status, text } = await dav('REPORT', book, { body: multiget(await hrefs()) })
  expect(status).toBe(207)
  for (const there of ['Team of XB', '+99955501742', 'duty@xb.example', 'Desk of XB', '+99955501744'])
    expect(text).toContain(there)
  expect(text).not.toMatch(
    /secret@|second@|Salma|Counsellor|salma|Night|01743|01745|Mailless|What the team|What it decides|^(LANG|TZ|NOTE|TITLE|KEY)[;:]/m,
  )
  expect((await dav('REPORT', book, { body: query })).text).toContain('Team of XB')
})

test('the book’s tag changes with a card, and with nothing else', async () => {
  const before = await tag()
  expect(before).toBeDefined()
  expect(await tag()).toBe(before)
  await world.directory.database.transaction({ role: 'manager' }, (tx) =>
    sql`update directory.entry set national_role = 'Another' where state = 'XB'`.execute(tx),
  )
  expect(await tag()).toBe(before)
  await nominate(world, reader, 'technical', { name: 'Own team', addresses: [email('own@xa.example')] })
  expect(await tag()).not.toBe(before)
})

test('the address book is off: no other token opens it, and nothing writes it', async () => {
  const reading = await issue(world, reader, ['entries:read-all'])
  expect((await dav('PROPFIND', book, { depth: '1', secret: reading })).status).toBe(403)
  const asked = await dav('PROPFIND', book, { depth: '1', secret: '' })
  expect(asked.status).toBe(401)
  expect(asked.headers.get('www-authenticate')).toContain('Basic')
  const [href = ''] = await hrefs()
  for (const method of ['PUT', 'DELETE', 'MKCOL', 'PROPPATCH', 'POST'])
    expect([method, (await dav(method, href, { body: 'x' })).status]).toEqual([method, 405])
  const options = await dav('OPTIONS', '/carddav/', { secret: '' })
  expect(options.headers.get('dav')).toContain('addressbook')
  const card = await dav('GET', href)
  expect(card.headers.get('content-type')).toBe('text/vcard; charset=utf-8')
})

test('a telephone that takes the whole list leaves a line in the State’s history', async () => {
  const states = world.community.states.filter(({ fictional }) => fictional).map(({ code }) => code)
  await world.participate(...states)
  for (const state of states)
    await nominate(world, state, 'technical', { name: `Crowd ${state}`, addresses: [phone('+99955501742')] })
  await dav('REPORT', book, { body: multiget((await hrefs()).slice(0, 3)) })
  expect(await lines()).toBe(0)
  await dav('REPORT', book, { body: query })
  await dav('REPORT', book, { body: query })
  expect(await lines()).toBe(2)
})

const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${'abcdefghi'
  .split('')
  .map(
    (name, position) => `<!ENTITY ${name} "${`&${'lol,a,b,c,d,e,f,g,h'.split(',')[position]};`.repeat(10)}">`,
  )
  .join('')}]><propfind xmlns="DAV:"><prop>&i;</prop></propfind>`

test.each([
  ['a billion laughs', laughs],
  ['a file of this machine', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
  ['an unknown entity', '<propfind xmlns="DAV:"><prop>&lol;</prop></propfind>'],
  ['no XML', 'PROPFIND me'],
  ['half of one', '<propfind xmlns="DAV:"><prop>'],
  ['a deep one', `${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`],
  ['no namespace', '<addressbook-query/>'],
  ['NUL', '<propfind xmlns="DAV:">\0</propfind>'],
  ['many addresses', multiget(Array.from({ length: 2000 }, (_, each) => `/x/${each}`))],
  ['addresses of nothing', multiget(['%', 'http://[', '../../etc/passwd', '&#x26;', "' or 1=1--"])],
  ['more than may be', `<a>${'x'.repeat(300_000)}</a>`],
])('hostile: %s brings no fault and nothing grows', async (_, body) => {
  const before = processorTime()
  for (const method of ['PROPFIND', 'REPORT']) {
    const { status, text } = await dav(method, book, { depth: '0', body })
    expect(status).toBeLessThan(500)
    expect(text.length).toBeLessThan(600_000)
    expect(text).not.toContain('root:')
  }
  expect(processorTime() - before).toBeLessThan(3000)
})

async function lines(): Promise<number> {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const { rows } = await sql`select 1 from history.act where verb = 'token.whole-list-read'`.execute(tx)
    return rows.length
  })
}
