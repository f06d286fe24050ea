import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { href, pathOf, patternOf, route } from './route.ts'

const one = route('/rounds/:round/calls/:check')
const many = route('/documents/:address+')

test('a parameter is one segment, whatever stands in it', () => {
  expect(href('en', one, { round: 'a/b', check: '7' })).toBe('/en/rounds/a%2Fb/calls/7')
  expect(patternOf(one)).toBe(one.path)
})

test('OEW-12: a parameter with a plus is all segments that are left, and comes back as it was', async () => {
  const address = 'A/RES/43/78 H/annex-A/8'
  expect(href('ar', many, { address })).toBe('/ar/documents/A/RES/43/78%20H/annex-A/8')
  const router = new Hono().get(patternOf(many), (c) => c.text(String(c.req.param('address'))))
  const found = await router.request(pathOf(many, () => address))
  expect(await found.text()).toBe(address)
  expect((await router.request('/documents')).status).toBe(404)
})
