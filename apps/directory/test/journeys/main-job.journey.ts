import { freePort } from '@parley/testkit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DemonstrationProgram, runDemonstration } from '../demonstration-program.ts'
import { runProgram } from '../program.ts'

// What a newcomer does after `npm start`, on the running program: nothing here is prepared behind its back.
let demonstration: DemonstrationProgram
let origin: string

beforeAll(async () => {
  demonstration = await runDemonstration()
  origin = demonstration.origin
}, 120_000)
afterAll(() => demonstration?.stop())

/** Figures of the round's page by their label, as numbers. */
async function figure(page: Page, label: RegExp): Promise<number> {
  const row = page.locator('dl.figures > div').filter({ has: page.locator('dt', { hasText: label }) })
  return Number(await row.locator('dd').innerText())
}

describe('POC-17: from the first page to an acknowledged check, without scripts', () => {
  test('in English: the manager starts a round, a POC presses the button, another replies, and the round shows both', async () => {
    const manager = await demonstration.be('manager', '', 'en')
    expect(new URL(manager.url()).pathname).toBe('/en/today')
    await manager.goto(`${origin}/en/rounds`)
    await manager.getByRole('link', { name: 'Prepare the round' }).click()
    await manager.getByLabel('I have read who gets what').check()
    await manager.getByRole('button', { name: 'Start the round now' }).click()
    const round = manager.url()
    await expect
      .poll(async () => (await manager.goto(round), figure(manager, /messages to send/)), { timeout: 20_000 })
      .toBe(0)

    const poc = await demonstration.open()
    await demonstration.openMailTo(poc, 'en', 'poc@cert.lumenia.example')
    await poc.getByRole('link', { name: /\/en\/checks\/\d{12}/ }).click()
    expect(await poc.locator('main').innerText()).toContain('never asks you to sign in')
    await poc.getByRole('button', { name: 'I acknowledge receipt' }).click()
    expect(await poc.locator('main').innerText()).toContain('Your acknowledgement is recorded')

    await demonstration.openMailTo(poc, 'en', 'cyber@mfa.lumenia.example')
    await poc.getByRole('button', { name: 'Send the reply' }).click()
    expect(await poc.locator('main').innerText()).toContain('the check is answered')

    await manager.goto(round)
    expect(await figure(manager, /answered in time/)).toBe(2)
  })

  test('in Arabic, on a telephone: the message is Arabic, the page runs from right to left, and the code keeps its order', async () => {
    const poc = await demonstration.open()
    await demonstration.openMailTo(poc, 'ar', 'poc@cert.sahiliya.example')
    await poc.locator('main a[href*="/checks/"]').click()
    expect(new URL(poc.url()).pathname).toMatch(/^\/ar\/checks\/\d{12}$/)
    expect(await poc.locator('html').getAttribute('dir')).toBe('rtl')
    const code = poc.locator('.code')
    const groups = (await code.innerText()).split('\u00a0')
    const places = await code.evaluate((element) => {
      const text = element.firstChild
      const range = document.createRange()
      return [0, 5, 10].map((start) => {
        if (text) range.setStart(text, start)
        if (text) range.setEnd(text, start + 4)
        return range.getBoundingClientRect().left
      })
    })
    expect(groups).toHaveLength(3)
    expect(places.toSorted((one, other) => one - other)).toEqual(places)
    await poc.getByRole('button', { name: 'أقر بالاستلام' }).click()
    expect(await poc.locator('main').innerText()).toContain('سُجل إقراركم بالاستلام')
    const wide = await poc.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBeLessThanOrEqual(360)
  })

  test('POC-18: two days later the round closes and silence becomes a follow-up in the language of the Mission', async () => {
    const manager = await demonstration.be('manager', '', 'en', true)
    const sheet = await manager.goto(`${origin}/en/rounds`)
    expect(sheet?.status()).toBe(200)
    await manager.locator('main a[href*="/rounds/"]').first().click()
    const round = manager.url()
    await manager.getByRole('link', { name: /Call sheet/ }).click()
    await manager.getByRole('link', { name: 'Record a call' }).first().click()
    await manager.getByLabel('Left on a machine').check()
    await manager.getByRole('button', { name: 'Record a call' }).click()
    expect(await manager.locator('main').innerText()).toContain('Left on a machine')
    for (const _ of [1, 2, 3]) {
      await manager.goto(`${origin}/en/demonstration`)
      await manager.getByRole('button', { name: '48 hours forward' }).click()
    }
    const later = await demonstration.be('manager', '', 'en', true)
    await expect
      .poll(async () => (await later.goto(round), later.locator('h1').innerText()), {
        timeout: 100_000,
        interval: 3_000,
      })
      .toContain('closed')
    await later.goto(`${origin}/en/follow-ups`)
    await later.getByRole('link', { name: 'Ostravina' }).first().click()
    expect(await later.locator('.letter').getAttribute('lang')).toBe('ru')
    expect(await later.locator('.letter').innerText()).toContain('Национальный центр реагирования')
  }, 160_000)
})

test('the program started twice on one folder says who runs, and the first goes on', async () => {
  const second = await runProgram('main.ts', ['demonstration'], {
    PARLEY_FOLDER: demonstration.folder,
    PORT: String(await freePort()),
  })
  expect(second.code).toBe(1)
  expect(second.said).toContain(`process ${demonstration.program.pid}`)
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
})

test('RULE-11: every page of the demonstration says so, and it answers to its own name only', async () => {
  const page = await fetch(`${origin}/ar`)
  expect(await page.text()).toContain('عرض توضيحي')
  const other = await fetch(`${origin.replace('localhost', '127.0.0.1')}/en`).catch(() => undefined)
  expect(other?.status ?? 421).toBe(421)
})
