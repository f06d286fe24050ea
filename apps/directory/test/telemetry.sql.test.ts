import { hour } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLog } from '../src/platform/telemetry/log.ts'
import { serveMetrics } from '../src/platform/telemetry/serve-metrics.ts'
import { writeMetrics } from '../src/platform/telemetry/write-metrics.ts'
import { email, nominate, phone, stateCode } from './nominate.ts'
import { pressStart } from './start-round.ts'
import { openWorld, type World } from './world.ts'

// A whole journey: nominated, found, checked, answered, mistaken; everything that is logged or counted meanwhile.
const address = 'watch@cert-sahiliya.example'
const telephone = '+999555000111'
const typed = 'zweckentfremdet'
const lines: string[] = []

let world: World
let metrics: string
let entry: string
beforeAll(async () => {
  const log = openLog('trace', { write: (line) => void lines.push(line) })
  world = await openWorld({ log })
  const [xa, xb] = [stateCode('XA'), stateCode('XB')]
  await world.participate(xa, xb)
  entry = (
    await nominate(world, xa, 'technical', {
      name: 'CERT Quillon',
      addresses: [email(address), phone(telephone)],
    })
  ).id
  const reader = await world.visitor({ role: 'poc', kind: 'technical', state: xb })
  for (const path of [
    `/entries/${entry}`,
    `/find?q=${typed}`,
    '/find/XA',
    `/entries/${entry}?lang=${typed}`,
    `/nowhere/${typed}`,
  ])
    await reader.get(`/en${path}`)
  const manager = await world.visitor({ role: 'manager' })
  await manager.get('/ar/states/XA')
  await pressStart(manager)
  await world.work()
  const code = /checks\/(\d{12})/.exec(world.sent[0]?.text ?? '')?.[1] ?? ''
  const stranger = await world.visitor()
  await stranger.post(`/en/checks/${code}`)
  await stranger.post('/en/checks/000000000000', { note: typed })
  await stranger.get(`/en/entries/${entry}`)
  await stranger.post('/en/sign-in/password', { email: address, password: typed, code: typed })
  await stranger.get(`/en/${typed}`)
  world.answerSending(() => {
    throw new Error(`no way to ${address}`)
  })
  world.clock.advance(30 * hour)
  await world.work()
  log.error({ err: new Error(`about ${address}`) }, 'a fault')
  metrics = await writeMetrics(world.directory, world.clock)
}, 120_000)
afterAll(() => world?.close())

/** What must stand nowhere: names, ids, addresses, keys and whatever somebody typed. */
function tellingWords(text: string): readonly string[] {
  const words = [
    address,
    'cert-sahiliya',
    telephone,
    entry,
    typed,
    'Quillon',
    'Sahiliya',
    'Norvalia',
    'Test Person',
  ]
  return [
    ...words.filter((word) => text.includes(word)),
    ...(text.match(/[^\s"@]+@[^\s"@]+\.example/g) ?? []),
    ...(text.match(/\/(XA|XB)\b/g) ?? []),
  ]
}

test('RULE-12: while people look for each other, no log line and no metric names a State, an entry, an address or a query', () => {
  expect(lines.length).toBeGreaterThan(10)
  expect(lines.join('')).toContain('/entries/:entry')
  expect(tellingWords(lines.join(''))).toEqual([])
  expect(metrics).toContain('parley_requests_total{method="GET",route="/:locale')
  expect(tellingWords(metrics)).toEqual([])
})

test.each(['/en/find/XA', 'poc@any.example', 'about Sahiliya', 'q=zweckentfremdet'])(
  'planted: %s would be found in a log or a metric',
  (planted) => {
    expect(tellingWords(`${metrics} ${planted}`)).not.toEqual([])
  },
)

test('refusals of strangers are counted by code, and written nowhere', async () => {
  expect(metrics).toMatch(/parley_refusals_total\{code="checks\/[a-z-]+"\} 1/)
  expect(metrics).toMatch(/parley_refusals_total\{code="web\/not-found"\} \d/)
})

test('metrics have a port of their own, and a token where one is set', async () => {
  const door = await serveMetrics(
    { host: '127.0.0.1', port: 0, token: 'a token of the operator' },
    async () => metrics,
  )
  const ask = (headers: Record<string, string>, path = '/metrics') =>
    fetch(`http://127.0.0.1:${door.port}${path}`, { headers })
  expect((await ask({})).status).toBe(401)
  expect((await ask({ authorization: 'Bearer another token, as it is' })).status).toBe(401)
  const answer = await ask({ authorization: 'Bearer a token of the operator' })
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  expect(await answer.text()).toBe(metrics)
  expect((await ask({}, '/en')).status).toBe(404)
  await door.close()
  const street = await (await world.visitor()).get('/metrics')
  expect(street.status).toBe(404)
})
