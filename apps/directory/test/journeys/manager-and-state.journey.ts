import { launchChromium } from '@parley/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Holding } from '../../src/modules/accounts/index.ts'
import { stateOf } from '../people.ts'
import { type Served, serveWorld } from '../serving.ts'

// What two managers and a Mission do together, each in a browser of one's own, without scripts.
const sahiliya = stateOf('XA')
let served: Served
let browser: Browser

beforeAll(async () => {
  served = await serveWorld()
  await served.world.participate(sahiliya)
  browser = await launchChromium()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await served?.stop()
})

/** A browser in which somebody is signed in. */
async function browserOf(holding: Holding): Promise<Page> {
  const [name = '', value = ''] = (await served.world.visitor(holding)).cookie().split('=')
  const context = await browser.newContext({ javaScriptEnabled: false })
  await context.addCookies([{ name, value, url: served.origin.href }])
  return context.newPage()
}

const at = (path: string) => new URL(path, served.origin).href

test('POC-15: access is given in two browsers: one manager asks, another sees the exact change and approves by keyboard', async () => {
  const first = await browserOf({ role: 'manager' })
  const second = await browserOf({ role: 'manager' })
  await first.goto(at('/en/states/XC'))
  await first.getByRole('link', { name: 'Record a request for access' }).click()
  await first.getByLabel('Reference of the note verbale').fill('NV/2026/77')
  await first.getByLabel('E-mail of the Mission').fill('mission@xc.example')
  await first.getByLabel('Telephone of the Mission').fill('+99955500077')
  await first.getByRole('button', { name: 'Record' }).click()
  await first.getByRole('button', { name: 'The Mission confirmed it' }).click()
  await first.getByRole('button', { name: 'Give access and invite' }).click()
  expect(await first.locator('main').innerText()).toContain('Another manager decides')
  expect(await first.getByRole('button', { name: 'Approve: do it now' }).count()).toBe(0)

  await second.goto(at('/en/today'))
  await second.getByRole('link', { name: /waits for you as the second manager/ }).click()
  await second.getByRole('link', { name: 'Give access' }).click()
  const change = await second.locator('main').innerText()
  for (const exact of ['NV/2026/77', 'mission@xc.example', '+99955500077']) expect(change).toContain(exact)
  for (let presses = 0; presses < 60; presses += 1) {
    await second.keyboard.press('Tab')
    if ((await second.locator('button:focus').count()) > 0) {
      const focused = await second.locator('button:focus').innerText()
      if (focused === 'Approve: do it now') break
    }
  }
  await second.keyboard.press('Enter')
  await second.waitForSelector('.code')
  expect(await second.locator('.code').innerText()).toMatch(/^\d{4}\u00a0\d{4}$/)
  await first.goto(at('/en/states/XC'))
  expect(await first.locator('main').innerText()).toContain('Participating since')
}, 60_000)

test('POC-08, RULE-9: the manager enters a POC on a note verbale; the Mission is told, sees it marked, and confirms', async () => {
  const manager = await browserOf({ role: 'manager' })
  const mission = await browserOf({ role: 'mission', state: sahiliya })
  await mission.goto(at('/en/our-state/contact'))
  await mission.getByLabel('E-mail', { exact: true }).fill('mission@sahiliya.example')
  await mission.getByRole('button', { name: 'Save the contact of the Mission' }).click()

  await manager.goto(at('/en/find/XA'))
  await manager.getByRole('link', { name: 'Add an entry on behalf of the State' }).click()
  await manager.getByLabel('Reference of the note verbale').fill('NV/2026/78')
  await manager.locator('#entityName').fill('National response team')
  await manager.locator('#email1').fill('poc@cert.sahiliya.example')
  await manager.getByRole('button', { name: 'Add the entry' }).click()
  expect(await manager.locator('main').innerText()).toContain('NV/2026/78; not yet confirmed by the State')
  const card = new URL(manager.url()).pathname

  await served.world.work('relay')
  expect(served.world.sent.map(({ to }) => to)).toContain('mission@sahiliya.example')
  await mission.goto(at(card))
  await mission.getByRole('button', { name: 'Confirm what the directory manager entered' }).click()
  await mission.goto(at(card))
  expect(await mission.locator('main').innerText()).not.toContain('not yet confirmed')
  await mission.goto(at('/en/our-history'))
  expect(await mission.locator('main').innerText()).toContain('An entry was confirmed')
}, 60_000)
