import { pino } from 'pino'
import { expect, test } from 'vitest'
import { openMetrics } from '../telemetry/metrics.ts'
import { openStreet } from './street.ts'

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
