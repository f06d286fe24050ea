import { gunzipSync } from 'node:zlib'
import { directionOf, type Locale, locales } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyone, mayRole, mergeAuthority } from '../src/platform/session/authority.ts'
import { addressOf, type Addresses, findAddresses } from './addresses.ts'
import { openDemonstrationWorld } from './demonstration-world.ts'
import { holdingOf, visitorWithPassword } from './people.ts'
import { origin, type Visitor, type World } from './world.ts'

const repeatVisit = 14 * 1024
const firstVisit = 40 * 1024
/** What the forms to write to another State may cost on a first visit, with all that they need (ADR 36). */
const ownFirstVisit: Readonly<Record<string, number>> = {
  '/entries/:entry/inquiry': 72 * 1024,
  '/entries/:entry/encrypted': 170 * 1024,
}

/** A page as it came over the line. */
interface Seen {
  readonly path: string
  readonly locale: Locale
  readonly status: number
  readonly bytes: number
  readonly headers: Headers
  readonly text: string
}

let world: World
/** Every page in every language, once for each role that may see it. */
const seen: Seen[] = []
/** Compressed bytes of what pages load besides. */
const assets = new Map<string, number>()

beforeAll(async () => {
  world = await openDemonstrationWorld()
  const { rooms } = world.directory
  const authority = mergeAuthority(rooms.map((room) => room.authority))
  const there = await findAddresses(world)
  for (const role of everyone) {
    const holding = holdingOf(role)
    // One of them has a password: its pages are there for nobody else.
    const visitor =
      role === 'contributor' && holding
        ? await visitorWithPassword(world, 'contributor@sahiliya.example', holding)
        : await world.visitor(holding)
    for (const { route, verb } of rooms.flatMap((room) => room.pages)) {
      if (!mayRole(authority, role, verb)) continue
      for (const locale of locales) seen.push(await see(route.path, locale, there, visitor))
    }
  }
  for (const path of new Set(seen.flatMap(({ text }) => loadedBy(text))))
    assets.set(path, (await fetchCompressed(path, '')).bytes)
}, 120_000)
afterAll(() => world?.close())

/** Shows nothing itself: it leads each role to where its day begins. */
const leadsOn = ['/start']

test('every page was seen whole in every language', () => {
  const pages = world.directory.rooms.flatMap((room) => room.pages.map(({ route }) => route.path))
  const shown = new Set(whole().map(({ path, locale }) => `${locale} ${path}`))
  const unseen = pages
    .filter((path) => !leadsOn.includes(path))
    .flatMap((path) => locales.map((locale) => `${locale} ${path}`))
    .filter((each) => !shown.has(each))
  expect(unseen).toEqual([])
})

test('a page costs at most 14 KB compressed on a repeat visit and 40 KB on the first, but for the forms to write', () => {
  expect(assets.size).toBeGreaterThan(0)
  const costs = whole().map(({ path, locale, bytes, text }) => {
    const loaded = loadedBy(text).reduce((sum, asset) => sum + (assets.get(asset) ?? Infinity), 0)
    return { page: `${locale} ${path}`, path, again: bytes, first: bytes + loaded }
  })
  const isDear = ({ path, again, first }: (typeof costs)[number]) =>
    again > repeatVisit || first > (ownFirstVisit[path] ?? firstVisit)
  expect(costs.filter(isDear)).toEqual([])
})

test('pages are sound: one policy without inline code, kept by no cache, one heading, the language said, no id twice', () => {
  expect(
    shownWhole().flatMap((page) =>
      problemsOf(page).map((problem) => `${page.locale} ${page.path}: ${problem}`),
    ),
  ).toEqual([])
})

test('what another site asks for is not compressed: its length would tell', async () => {
  const visitor = await world.visitor({ role: 'manager' })
  const ask = async (site: string) => {
    const headers = {
      host: origin.host,
      cookie: visitor.cookie(),
      'accept-encoding': 'gzip',
      'sec-fetch-site': site,
    }
    const response = await world.directory.street.fetch(
      new Request(new URL('/en/find?q=CERT', origin), { headers }),
    )
    return response.headers.get('content-encoding')
  }
  expect(await ask('cross-site')).toBeNull()
  expect(await ask('same-site')).toBeNull()
  expect(await ask('same-origin')).toBe('gzip')
  expect(await ask('none')).toBe('gzip')
})

test.each([
  ['no policy', { headers: new Headers() }],
  ['a cache may keep it', { headers: new Headers({ 'cache-control': 'private' }) }],
  [
    'unsafe policy',
    { headers: new Headers({ 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" }) },
  ],
  ['inline style', { text: '<p style="color: red">' }],
  ['inline style', { text: '<style>p { color: red }</style>' }],
  ['inline script', { text: '<script>alert(1)</script>' }],
  ['event attribute', { text: '<p class="a" onclick="alert(1)">' }],
  ['loads from elsewhere', { text: '<img alt="" src="https://elsewhere.example/a.png">' }],
  ['loads from elsewhere', { text: '<form action="//elsewhere.example/">' }],
  ['0 headings', { text: '<html lang="en" dir="ltr">' }],
  ['2 headings', { text: '<h1>One</h1><h1 class="b">Two</h1>' }],
  ['language', { text: '<html lang="ar" dir="rtl"><h1>One</h1>' }],
  ['language', { text: '<html lang="en" dir="rtl"><h1>One</h1>' }],
  ['id a twice', { text: '<p id="a"></p><p id="a"></p>' }],
])('planted: %s', (problem, fault) => {
  expect(problemsOf({ ...sound, ...fault })).toContain(problem)
})

const sound: Seen = {
  path: '/',
  locale: 'en',
  status: 200,
  bytes: 0,
  headers: new Headers({ 'content-security-policy': "default-src 'none'", 'cache-control': 'no-store' }),
  text: '<!doctype html><html lang="en" dir="ltr"><h1>Title</h1>',
}

test('planted: a sound page has no problem', () => {
  expect(problemsOf(sound)).toEqual([])
})

function problemsOf({ headers, locale, text }: Seen): readonly string[] {
  const policy = headers.get('content-security-policy')
  const headings = text.match(/<h1[\s>]/g)?.length ?? 0
  const ids = [...text.matchAll(/<[^>]*\sid="([^"]*)"/g)].map(([, id]) => id)
  const twice = ids.filter((id, position) => ids.indexOf(id) !== position)
  const language = new RegExp(`<html lang="${locale}" dir="${directionOf(locale)}"`)
  const loaded = [
    ...text.matchAll(
      /<(?:link|script|img|form|button|iframe|source)\b[^>]*?\s(?:href|src|srcset|action|formaction)="([^"]*)"/g,
    ),
  ]
  return [
    ...(policy === null ? ['no policy'] : []),
    ...(headers.get('cache-control') === 'no-store' ? [] : ['a cache may keep it']),
    ...(policy !== null && (!policy.includes("default-src 'none'") || /unsafe|\*|data:|https?:/.test(policy))
      ? ['unsafe policy']
      : []),
    ...(/<[^>]*\sstyle\s*=|<style/i.test(text) ? ['inline style'] : []),
    ...(/<script(?![^>]*\ssrc=)/i.test(text) ? ['inline script'] : []),
    ...(/<[a-z][^>]*\son[a-z]+\s*=/i.test(text) ? ['event attribute'] : []),
    ...(loaded.some(([, to = '']) => !/^\/(?!\/)/.test(to)) ? ['loads from elsewhere'] : []),
    ...(headings === 1 ? [] : [`${headings} headings`]),
    ...(language.test(text) ? [] : ['language']),
    ...twice.map((id) => `id ${id} twice`),
  ]
}

function whole(): readonly Seen[] {
  return seen.filter(({ status }) => status === 200)
}

/** What a browser shows; a file that it saves has no heading and loads nothing. */
function shownWhole(): readonly Seen[] {
  return whole().filter(({ headers }) => headers.get('content-type')?.startsWith('text/html'))
}

function loadedBy(text: string): readonly string[] {
  return [...text.matchAll(/<(?:link rel="stylesheet"|script)[^>]* (?:href|src)="([^"]+)"/g)].map(
    ([, path = '']) => path,
  )
}

async function see(path: string, locale: Locale, there: Addresses, visitor: Visitor): Promise<Seen> {
  const page = await fetchCompressed(addressOf(there, path, locale), visitor.cookie())
  return { path, locale, ...page }
}

async function fetchCompressed(path: string, cookie: string): Promise<Omit<Seen, 'path' | 'locale'>> {
  const headers = { host: origin.host, cookie, 'accept-encoding': 'gzip' }
  const response = await world.directory.street.fetch(new Request(new URL(path, origin), { headers }))
  const bytes = Buffer.from(await response.arrayBuffer())
  const text = response.headers.get('content-encoding') === 'gzip' ? gunzipSync(bytes) : bytes
  return {
    status: response.status,
    headers: response.headers,
    bytes: bytes.byteLength,
    text: text.toString(),
  }
}
