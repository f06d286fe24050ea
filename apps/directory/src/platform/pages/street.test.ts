import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { Hono } from 'hono'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { openMetrics } from '../telemetry/metrics.ts'
import { callerOf, openStreet } from './street.ts'

const origin = new URL('https://directory.example')

test('RULE-1, RULE-12: the log holds the pattern of a route, never a path, a query or what was typed', async () => {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const street = openStreet({ origin, log, assets: [], metrics: openMetrics() })
  street.get('/en/find/:state', (c) => c.text('found'))
  street.post('/en/find/:state', (c) => c.text('done'))
  const headers = { host: origin.host, referer: `${origin.href}en/entries/PLANTED` }
  await street.request('/en/find/PLANTED?q=PLANTED', { headers })
  await street.request('/en/find/PLANTED', { method: 'POST', headers, body: 'typed=PLANTED' })
  await street.request('/en/nowhere/PLANTED', { headers })
  expect(lines).toHaveLength(3)
  expect(lines[0]).toContain('"route":"/en/find/:state"')
  expect(lines.join('')).not.toContain('PLANTED')
})

test('every answer carries the policy and the headers that keep it to this origin', async () => {
  const street = openStreet({ origin, log: pino({ level: 'silent' }), assets: [], metrics: openMetrics() })
  street.get('/en', (c) => c.text('here'))
  const { headers } = await street.request('/en', { headers: { host: origin.host } })
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; (?!.*unsafe)/)
  expect(headers.get('strict-transport-security')).toContain('max-age=')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('a request that names another host is not answered', async () => {
  const street = openStreet({ origin, log: pino({ level: 'silent' }), assets: [], metrics: openMetrics() })
  street.get('/en', (c) => c.text('here'))
  expect((await street.request('/en', { headers: { host: 'elsewhere.example' } })).status).toBe(421)
})

test.each([
  ['192.0.2.1', '127.0.0.1', '192.0.2.1'],
  ['192.0.2.9, 192.0.2.1', '::1', '192.0.2.1'],
  ['2001:db8::1', '::ffff:127.0.0.1', '2001:db8::1'],
  // Past the proxy, or in words that are no address, it is not believed.
  ['192.0.2.1', '198.51.100.7', '198.51.100.7'],
  ['somebody', '127.0.0.1', '127.0.0.1'],
  ['192.0.2.1, ', '127.0.0.1', '127.0.0.1'],
  [undefined, '127.0.0.1', '127.0.0.1'],
])(
  'behind a proxy that writes %s, connected from %s, the caller is %s',
  async (written, connected, caller) => {
    const socket = new Socket()
    Object.defineProperty(socket, 'remoteAddress', { value: connected })
    const street = new Hono().get('/', (c) => c.text(`${callerOf(c, true)} ${callerOf(c, false)}`))
    const headers = written === undefined ? {} : { 'x-forwarded-for': written }
    const answer = await street.request('/', { headers }, { incoming: new IncomingMessage(socket) })
    expect(await answer.text()).toBe(`${caller} ${connected}`)
  },
)
