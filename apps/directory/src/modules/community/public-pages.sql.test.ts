import { day, locales } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { managerEmail, openWorld, origin, type Page, type World } from '../../../test/world.ts'
import { type Community, loadCommunity } from './index.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function get(path: string, from: World = world): Promise<Page> {
  return (await from.visitor()).get(path)
}

const pages = ['how-to-join', 'privacy', 'accessibility', 'report-a-weakness']

test('POC-15, POC-16: how to join is public in every language, leads through the Mission and collects nothing', async () => {
  for (const locale of locales) {
    const { status, text } = await get(`/${locale}/how-to-join`)
    expect(status).toBe(200)
    expect(collecting(text)).toEqual([])
    expect(text).toContain(`mailto:${managerEmail}`)
  }
  const { status } = await (await world.visitor()).post('/en/how-to-join', { state: 'XA' })
  expect(status).toBe(404)
})

test.each([
  '<form method="post">',
  '<input name="state" />',
  '<textarea name="why">',
  '<button>Send</button>',
])('planted: a page with %s collects something', (markup) => {
  expect(collecting(`<main>${markup}</main>`)).toHaveLength(1)
})

test('RULE-10: every public page is there in six languages, and every page leads to it', async () => {
  const { text: start } = await get('/en')
  for (const path of pages) {
    for (const locale of locales) expect((await get(`/${locale}/${path}`)).status).toBe(200)
    const { text } = await get('/en/privacy')
    expect(`${start}${text}`).toContain(`href="/en/${path}"`)
  }
})

test('the figures of the privacy notice are those of the profile', async () => {
  expect(new Set(await days())).toEqual(new Set(['30 days', '35 days', '730 days', '1826 days']))
  const { profile, ...rest } = loadCommunity('united-nations', { demonstration: true })
  const retentionDays = { ...profile.retentionDays, withdrawnEntry: 1, endedAccount: 45, incomingMail: 90 }
  const community: Community = { ...rest, profile: { ...profile, retentionDays } }
  const other = await openWorld({ community })
  try {
    expect(await days(other)).toEqual(expect.arrayContaining(['1 day', '45 days', '90 days']))
    expect((await get('/en/how-to-join', other)).text).toContain('within 1 day,')
  } finally {
    await other.close()
  }
})

test('RULE-1, RULE-3, RULE-9, RULE-12: the privacy notice promises them in plain words', async () => {
  const { text } = await get('/en/privacy')
  expect(text).toContain('The directory hosts nothing that points of contact exchange')
  expect(text).toContain('Silence is not punished')
  expect(text).toContain('is not above the rules')
  expect(text).toContain('nowhere is it recorded which State looked at which entry')
})

test('security.txt names whom to write to, and runs out within a year (RFC 9116)', async () => {
  const { status, headers, text } = await get('/.well-known/security.txt')
  expect(status).toBe(200)
  expect(headers.get('content-type')).toMatch(/^text\/plain; charset=utf-8$/i)
  expect(problemsOf(text, world.clock.now())).toEqual([])
  world.clock.advance(400 * day)
  const later = await get('/.well-known/security.txt')
  expect(problemsOf(later.text, world.clock.now())).toEqual([])
  const policy = new URL(valueOf(text, 'Policy'))
  expect(policy.origin).toBe(origin.origin)
  expect((await get(policy.pathname)).status).toBe(200)
})

test.each([
  ['Contact: mailto:a@b.example\n', 'no Expires'],
  ['Contact: a@b.example\nExpires: 2000-01-01T00:00:00Z\n', 'Contact is no URI'],
  ['Contact: mailto:a@b.example\nExpires: 2000-01-01T00:00:00Z\n', 'Expires lies in the past'],
  ['Contact: mailto:a@b.example\nExpires: 2999-01-01T00:00:00Z\n', 'Expires lies over a year away'],
  ['Contact: mailto:a@b.example\nExpires: soon\n', 'Expires is no date'],
  ['Contact: mailto:a@b.example\nCanonical: http://b.example/\n', 'Canonical is no secure URI'],
])('planted: %j: %s', (text, problem) => {
  expect(problemsOf(text, new Date())).toContain(problem)
})

test('robots.txt lets the public pages be read and nothing else', async () => {
  const { text } = await get('/robots.txt')
  for (const locale of locales)
    for (const path of ['', ...pages.map((page) => `/${page}`), '/checkpoint', '/letters', '/letters/access'])
      expect(mayRead(text, `/${locale}${path}`)).toBe(true)
  for (const path of ['/en/find', '/en/sign-in', '/ar/checks/123456789012', '/en/entries/1', '/metrics', '/'])
    expect(mayRead(text, path)).toBe(false)
})

/** What on a page could send something; the language switch and the menu are links. */
function collecting(page: string): readonly string[] {
  const main = page.slice(page.indexOf('<main'), page.indexOf('</main>'))
  return main.match(/<(form|input|select|textarea|button)\b/g) ?? []
}

async function days(from: World = world): Promise<readonly string[]> {
  return (await get('/en/privacy', from)).text.match(/\d+ days?(?=<\/td>)/g) ?? []
}

/** The fields of RFC 9116, one a line: what is wrong with them. */
function problemsOf(text: string, now: Date): readonly string[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const expires = valueOf(text, 'Expires')
  const at = new Date(expires).getTime()
  const remains = at - now.getTime()
  const of = (name: string) => lines.filter((line) => line.startsWith(`${name}: `)).length
  return [
    ...lines.filter((line) => !/^[A-Z][A-Za-z-]*: \S/.test(line)).map((line) => `no field: ${line}`),
    ...(of('Contact') > 0 ? [] : ['no Contact']),
    ...(URL.canParse(valueOf(text, 'Contact')) ? [] : ['Contact is no URI']),
    ...(of('Expires') === 1 ? [] : ['no Expires']),
    ...(of('Expires') === 1 && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(expires)
      ? ['Expires is no date']
      : []),
    ...(remains <= 0 ? ['Expires lies in the past'] : []),
    ...(remains > 365 * day ? ['Expires lies over a year away'] : []),
    ...(of('Preferred-Languages') > 1 ? ['Preferred-Languages twice'] : []),
    ...['Canonical', 'Policy']
      .filter((name) => of(name) > 0 && !/^(https:|http:\/\/localhost)/.test(valueOf(text, name)))
      .map((name) => `${name} is no secure URI`),
    ...(text.endsWith('\n') ? [] : ['the last line does not end']),
  ]
}

function valueOf(text: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? ''
}

/** RFC 9309: the longest rule that fits an address wins, and allowing wins over forbidding. */
function mayRead(robots: string, path: string): boolean {
  const rules = [...robots.matchAll(/^(Allow|Disallow): (.*)$/gm)].map(([, verb, pattern = '']) => ({
    allows: verb === 'Allow',
    pattern,
  }))
  const fits = rules.filter(({ pattern }) =>
    pattern.endsWith('$') ? path === pattern.slice(0, -1) : path.startsWith(pattern),
  )
  const longest = Math.max(0, ...fits.map(({ pattern }) => pattern.length))
  return fits.filter(({ pattern }) => pattern.length === longest).every(({ allows }) => allows)
}
