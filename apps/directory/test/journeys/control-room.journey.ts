import { launchChromium } from '@parley/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../nominate.ts'
import { pressStart } from '../start-round.ts'
import { type Served, serveWorld } from '../serving.ts'

let served: Served
let browser: Browser

beforeAll(async () => {
  served = await serveWorld()
  const sahiliya = stateCode('XA')
  await served.world.participate(sahiliya)
  await nominate(served.world, sahiliya, 'technical', { addresses: [email('office@sahiliya.example')] })
  browser = await launchChromium()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await served?.stop()
})

test('the control room shows an answer as it comes: no page is loaded, the focus stays, and little is said aloud', async () => {
  const { world, origin } = served
  const manager = await world.visitor({ role: 'manager' })
  const { location } = await pressStart(manager)
  await world.work('send-messages')
  const [name = '', value = ''] = manager.cookie().split('=')
  const context = await browser.newContext({ viewport: { width: 360, height: 780 } })
  await context.addCookies([{ name, value, url: origin.href }])
  const page = await context.newPage()
  await page.goto(new URL(location, origin).href)
  const loads: string[] = []
  page.on('load', () => loads.push(page.url()))
  const answeredFigure = page
    .locator('[data-live] .figures div', { hasText: 'answered in time' })
    .locator('dd')
  expect(await answeredFigure.innerText()).toBe('0')
  await page.getByLabel('Kind').focus()

  const [, code = ''] = /checks\/(\d{12})/.exec(world.sent[0]?.text ?? '') ?? []
  await (await world.visitor()).post(`/en/checks/${code}`)
  await expect.poll(() => answeredFigure.innerText(), { timeout: 10_000 }).toBe('1')
  expect(loads).toEqual([])
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('kind')
  expect(await page.locator('[data-said]').innerText()).toBe('')

  await manager.post('/en/sign-out')
  await page.locator('[data-ended]').waitFor({ state: 'visible' })
  expect(loads).toEqual([])
}, 60_000)

test('without scripts the page of a running round asks for itself again, and every control is reached by keyboard', async () => {
  const { world, origin } = served
  const manager = await world.visitor({ role: 'manager' })
  const [name = '', value = ''] = manager.cookie().split('=')
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 780 },
  })
  await context.addCookies([{ name, value, url: origin.href }])
  const page = await context.newPage()
  const rounds = await manager.get('/en/rounds')
  await page.goto(new URL(/\/en\/rounds\/[0-9a-f-]{36}/.exec(rounds.text)?.[0] ?? '', origin).href)
  expect(await page.content()).toContain('http-equiv="refresh"')
  for (const id of ['status', 'kind', 'group', 'state']) {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab')
      if ((await page.locator(`#${id}:focus`).count()) > 0) break
    }
    expect(await page.locator(`#${id}:focus`).count()).toBe(1)
  }
  await page.locator('#status').selectOption('answered')
  await page.locator('#state').focus()
  await page.locator('#state').selectOption('XA')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(/status=answered.*state=XA/)
  expect(await page.locator('#state').inputValue()).toBe('XA')
  expect(await page.locator('table', { hasText: 'What happened' }).count()).toBe(1)
}, 60_000)
