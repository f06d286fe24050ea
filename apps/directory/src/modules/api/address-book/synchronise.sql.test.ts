import { day } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../../test/entry-examples.ts'
import { issue } from '../../../../test/issue.ts'
import { email, phone, stateCode } from '../../../../test/nominate.ts'
import { openWorld, origin, type World } from '../../../../test/world.ts'
import { overlap } from './sync-token.ts'
import { type Element, readXml } from './xml.ts'

const [reader, other] = [stateCode('XA'), stateCode('XB')]
const book = '/carddav/books/directory/'

let world: World
let token: string
beforeAll(async () => {
  world = await openWorld()
  await world.participate(reader, other)
  token = await issue(world, reader, ['address-book'], 365)
})
afterAll(() => world.close())

async function dav(method: string, body: string, language = 'en') {
  const authorization = `Basic ${btoa(`telephone:${token}`)}`
  const headers = { host: origin.host, authorization, depth: '0', 'accept-language': language }
  const { fetch } = world.directory.street
  const response = await fetch(new Request(new URL(book, origin), { method, headers, body }), {})
  const text = await response.text()
  const root = readXml(text.replace(/^<\?xml[^>]*\?>/, ''))
  if (!root) throw new Error(`No XML: ${text}`)
  return { status: response.status, root, text }
}

interface Asked {
  readonly props?: string
  readonly more?: string
  readonly language?: string
}

/** What a reader is told who presents a token: cards that are other than they were, those that are none, the next token. */
async function since(syncToken: string, { props = '<getetag/>', more = '', language }: Asked = {}) {
  const body = `<sync-collection xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><sync-token>${syncToken}</sync-token><sync-level>1</sync-level>${more}<prop>${props}</prop></sync-collection>`
  const { status, root, text } = await dav('REPORT', body, language)
  const responses = within(root, 'response').map((response) => ({
    id: /([^/]+)\.vcf$/.exec(within(response, 'href')[0]?.text ?? '')?.[1],
    gone: within(response, 'status').some((each) => each.text === 'HTTP/1.1 404 Not Found'),
  }))
  return {
    status,
    text,
    error: root.name.local === 'error' ? root.children.map(({ name }) => name.local) : [],
    changed: responses.filter(({ gone }) => !gone).map(({ id }) => id),
    gone: responses.filter(({ gone }) => gone).map(({ id }) => id),
    next: within(root, 'sync-token')[0]?.text ?? '',
  }
}

function within({ children }: Element, local: string): readonly Element[] {
  return children.filter(({ name }) => name.namespace === 'DAV:' && name.local === local)
}

const team = (name: string, more: Parameters<typeof exampleContent>[1] = {}) =>
  addExample(world, other, 'technical', exampleContent(name, more))

async function change(id: string, fields: Readonly<Record<string, string | readonly string[]>>) {
  const mission = await world.visitor({ role: 'mission', state: other })
  const saved = await mission.post(`/en/entries/${id}/change`, {
    version: '1',
    language: 'en',
    entityName: 'A team',
    phone1: '+99955501742',
    urgent: '1',
    ...fields,
  })
  expect(saved.status).toBe(303)
}

test('RFC 6578: a reader is told what changed since its token, what went, and nothing else', async () => {
  const [first, second, third] = [await team('First'), await team('Second'), await team('Third')]
  world.clock.advance(overlap)
  const all = await since('')
  expect(all.status).toBe(207)
  expect(new Set(all.changed)).toEqual(new Set([first.id, second.id, third.id]))
  expect(all.gone).toEqual([])
  // The book says the same token, and that it can be synchronised.
  const properties = await dav(
    'PROPFIND',
    '<propfind xmlns="DAV:"><prop><sync-token/><supported-report-set/></prop></propfind>',
  )
  expect(properties.text).toContain(all.next)
  expect(properties.text).toContain('sync-collection')
  world.clock.advance(day)
  const quiet = await since(all.next)
  expect([quiet.changed, quiet.gone]).toEqual([[], []])
  await change(first.id, { email1: 'new@xb.example' })
  const mission = await world.visitor({ role: 'mission', state: other })
  expect((await mission.post(`/en/entries/${second.id}/withdraw`)).status).toBe(303)
  // Told again as long as something might have been written meanwhile.
  expect((await since((await since(quiet.next)).next)).changed).toEqual([first.id])
  world.clock.advance(overlap)
  const changed = await since(quiet.next, { props: '<getetag/><C:address-data/>' })
  expect(changed.changed).toEqual([first.id])
  expect(changed.gone).toEqual([second.id])
  expect(changed.text).toContain('new@xb.example')
  expect(changed.next).not.toBe(quiet.next)
  // An older token goes on: nothing is kept of what a reader asked before.
  expect((await since(all.next)).gone).toEqual([second.id])
  expect((await since(changed.next)).next).toBe(changed.next)
  world.clock.advance(day)
  const later = await since(changed.next)
  expect([later.changed, later.gone]).toEqual([[], []])
})

test('POC-13: a value that becomes "card only" leaves the book, and is in no answer', async () => {
  const entry = await team('Quiet', { addresses: [phone('+99955501742'), email('quiet@xb.example')] })
  const before = await since('')
  expect(before.changed).toContain(entry.id)
  world.clock.advance(day)
  await change(entry.id, {
    email1: 'quiet@xb.example',
    cardOnly: ['email1', 'phone1'],
  })
  const after = await since(before.next, { props: '<getetag/><C:address-data/>' })
  expect(after.gone).toEqual([entry.id])
  expect(after.text).not.toContain('quiet@')
})

test('RFC 6578: a State that leaves takes its cards along, and brings them when it comes back', async () => {
  const entry = await team('Travellers')
  const here = await since('')
  world.clock.advance(day)
  const mission = await world.visitor({ role: 'mission', state: other })
  await mission.post('/en/leave', { sure: 'yes' })
  // Before its entries are withdrawn, and after.
  expect((await since(here.next)).gone).toContain(entry.id)
  await world.work('relay')
  const left = await since(here.next)
  expect(left.gone).toContain(entry.id)
  expect(left.changed).toEqual([])
  world.clock.advance(day)
  await world.participate(other)
  await world.work('restore-with-state')
  const back = await since(left.next)
  expect(back.changed).toContain(entry.id)
  expect(back.gone).not.toContain(entry.id)
})

test('RFC 6578: a token that is unknown, of another language, of tomorrow or too old sends the reader to the whole book', async () => {
  const { next } = await since('')
  for (const forged of [
    'x',
    'urn:parley:address-book:0:en:1',
    `${next}zzz`,
    'urn:parley:address-book:1:en:1',
  ]) {
    const refused = await since(forged)
    expect([refused.status, refused.error]).toEqual([403, ['valid-sync-token']])
  }
  expect((await since(next, { language: 'fr' })).error).toEqual(['valid-sync-token'])
  world.clock.advance(29 * day)
  expect((await since(next)).status).toBe(207)
  world.clock.advance(2 * day)
  expect((await since(next)).error).toEqual(['valid-sync-token'])
  await world.work('erase-withdrawn')
  const limited = await since('', { more: '<limit><nresults>1</nresults></limit>' })
  expect([limited.status, limited.error]).toEqual([403, ['number-of-matches-within-limits']])
})
