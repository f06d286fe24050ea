import { locales } from '@parley/kernel'
import { reservations } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { stateCode } from '../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import type { Entry } from '../directory/index.ts'

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

let world: World
let poc: Visitor
let technical: Entry
let diplomatic: Entry
let own: Entry

beforeAll(async () => {
  world = await openWorld()
  const [xa, xb] = [stateCode('XA'), stateCode('XB')]
  await world.participate(xa, xb)
  technical = await addExample(world, xb, 'technical', exampleContent('Team of XB'))
  diplomatic = await addExample(world, xb, 'diplomatic', exampleContent('Ministry of XB'))
  own = await addExample(world, xa, 'technical', exampleContent('Team of XA'))
  poc = await world.visitor({ role: 'poc', kind: 'technical', state: xa })
})
afterAll(() => world.close())

const pathOf = ({ id }: Entry, locale = 'en') => `/${locale}/entries/${id}/inquiry`

test('POC-36: an inquiry begins on the contact card of another State, with one action', async () => {
  const card = await poc.get(`/en/entries/${technical.id}`)
  expect(card.text).toContain(`href="${pathOf(technical)}"`)
  expect((await poc.get(pathOf(technical))).status).toBe(200)
  expect((await poc.get(`/en/entries/${own.id}`)).text).not.toContain('/inquiry"')
  expect((await poc.get(pathOf(own))).status).toBe(409)
  const manager = await world.visitor({ role: 'manager' })
  expect((await manager.get(`/en/entries/${technical.id}`)).text).not.toContain('/inquiry"')
  expect((await manager.get(pathOf(technical))).status).toBe(403)
  expect((await (await world.visitor()).get(pathOf(technical))).status).toBe(303)
})

test('RULE-1: the page may send nothing: its policy, no form, no link but to leave, to another language and to the mail program', async () => {
  for (const locale of locales) {
    const { headers, text } = await poc.get(pathOf(technical, locale))
    expect(headers.get('content-security-policy')).toBe(policy)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(text).not.toMatch(
      /<form|formaction|<input|<textarea|<script(?! type="module" src="\/assets\/)|<meta http-equiv/i,
    )
    const links = [...text.matchAll(/<a\b[^>]*?href="([^"?#]+)/g)].map(([, to = '']) => to)
    const others = locales.filter((other) => other !== locale).map((other) => pathOf(technical, other))
    const [leave, mail, ...rest] = links
    expect(leave).toBe(`/${locale}/entries/${technical.id}`)
    expect(mail).toMatch(/^mailto:/)
    expect(rest).toEqual(others)
  }
  expect((await poc.post(pathOf(technical), { known: 'A port does not answer.' })).status).toBe(404)
})

test('POC-32: without scripts it is a sheet with the numbers, the steps and an e-mail with the empty template', async () => {
  for (const locale of locales) {
    const { text } = await poc.get(pathOf(technical, locale))
    const [, mail = ''] = /href="(mailto:[^"]+)"/.exec(text) ?? []
    const body = decodeURIComponent(mail)
    for (const each of reservations)
      for (const where of [text, body]) expect(where).toContain(each.text[locale])
    expect(text).toContain('<article class="paper"')
    expect(text.match(/<h2>/g)?.length).toBeGreaterThanOrEqual(5)
  }
})

test('RULE-4: the four reservations stand on the sheet and in the empty e-mail, in the languages of both sides', async () => {
  const { text } = await poc.get(pathOf(technical, 'ar'))
  const [, mail = ''] = /href="(mailto:[^"]+)"/.exec(text) ?? []
  for (const side of ['ar', 'en'] as const)
    for (const each of reservations)
      for (const where of [text, decodeURIComponent(mail)]) expect(where).toContain(each.text[side])
})

test('RULE-7: an entry of the other kind is one deliberate step away', async () => {
  const first = await poc.get(pathOf(diplomatic))
  expect(first.status).toBe(200)
  expect(first.text).not.toContain('<article class="paper"')
  expect(first.text).toContain('/en/find/XB?kind=technical')
  const [, on = ''] = /href="([^"]+\?other=yes)"/.exec(first.text) ?? []
  expect((await poc.get(on)).text).toContain('<article class="paper"')
})

test('RULE-12: opening the page leaves no line and no count of it', async () => {
  const before = await written()
  await poc.get(pathOf(technical))
  expect(await written()).toEqual(before)
})

test('what is on the contact card only is not on the page; hostile addresses give a page', async () => {
  const [address] = exampleContent('Quiet').addresses
  if (!address) throw new Error('the example has no address')
  const quiet = await addExample(world, stateCode('XB'), 'technical', {
    ...exampleContent('Quiet team'),
    addresses: [
      { ...address, value: '+99955504444', channel: 'phone', urgent: false, cardOnly: true },
      { ...address, value: 'seen@xb.example', channel: 'email', urgent: false, cardOnly: false },
    ],
    cardOnly: ['entityName'],
  })
  const { status, text } = await poc.get(pathOf(quiet))
  expect(status).toBe(200)
  expect(text).toContain('seen@xb.example')
  expect(text).not.toMatch(/Quiet team|5504444|550 4444/)
  for (const odd of ["'", '%00', '..%2f', 'x'.repeat(3000)])
    expect((await poc.get(`/en/entries/${odd}/inquiry`)).status).toBe(404)
})

async function written(): Promise<unknown> {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const acts = await tx
      .withTables<{ 'history.act': { readonly id: string } }>()
      .selectFrom('history.act')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return acts
  })
}
