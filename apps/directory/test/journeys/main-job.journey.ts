import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locale } from '@parley/kernel'
import { freePort, launchChromium } from '@parley/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Program, runProgram, startProgram } from '../program.ts'

// What a newcomer does after `npm start`, on the running program: nothing here is prepared behind its back.
let folder: string
let program: Program
let browser: Browser
let origin: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-demonstration-'))
  const port = await freePort()
  origin = `http://localhost:${port}`
  program = startProgram('main.ts', ['demonstration'], { PARLEY_FOLDER: folder, PORT: String(port) })
  await program.says('Parley is running')
  browser = await launchChromium()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  program?.kill('SIGTERM')
  await program?.ended
  await rm(folder, { recursive: true, force: true })
})

/** One click on the demonstration's page, in a browser of one's own. */
async function be(role: string, state: string, locale: Locale, scripts: boolean): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: scripts,
    viewport: { width: 360, height: 780 },
  })
  const page = await context.newPage()
  await page.goto(`${origin}/${locale}/demonstration`)
  await page
    .locator(`form:has(input[name=role][value=${role}]):has(input[name=state][value="${state}"]) button`)
    .click()
  return page
}

/** Figures of the round's page by their label, as numbers. */
async function figure(page: Page, label: RegExp): Promise<number> {
  const row = page.locator('dl.figures > div').filter({ has: page.locator('dt', { hasText: label }) })
  return Number(await row.locator('dd').innerText())
}

async function openMailTo(page: Page, locale: Locale, address: string): Promise<void> {
  await page.goto(`${origin}/${locale}/demonstration/mail`)
  await page.locator('tr', { hasText: address }).first().locator('a').click()
}

describe('POC-17: from the first page to an acknowledged check, without scripts', () => {
  test('in English: the manager starts a round, a POC presses the button, another replies, and the round shows both', async () => {
    const manager = await be('manager', '', 'en', false)
    expect(new URL(manager.url()).pathname).toBe('/en/today')
    await manager.goto(`${origin}/en/rounds`)
    await manager.getByRole('button', { name: 'Start the round now' }).click()
    const round = manager.url()
    await expect
      .poll(async () => (await manager.goto(round), figure(manager, /messages to send/)), { timeout: 20_000 })
      .toBe(0)

    const poc = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
    await openMailTo(poc, 'en', 'poc@cert.lumenia.example')
    await poc.getByRole('link', { name: /\/en\/checks\/\d{12}/ }).click()
    expect(await poc.locator('main').innerText()).toContain('never asks you to sign in')
    await poc.getByRole('button', { name: 'I acknowledge receipt' }).click()
    expect(await poc.locator('main').innerText()).toContain('Your acknowledgement is recorded')

    await openMailTo(poc, 'en', 'cyber@mfa.lumenia.example')
    await poc.getByRole('button', { name: 'Send the reply' }).click()
    expect(await poc.locator('main').innerText()).toContain('the check is answered')

    await manager.goto(round)
    expect(await figure(manager, /answered in time/)).toBe(2)
  })

  test('in Arabic, on a telephone: the message is Arabic, the page runs from right to left, and the code keeps its order', async () => {
    const poc = await (
      await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } })
    ).newPage()
    await openMailTo(poc, 'ar', 'poc@cert.sahiliya.example')
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
    const manager = await be('manager', '', 'en', true)
    const sheet = await manager.goto(`${origin}/en/rounds`)
    expect(sheet?.status()).toBe(200)
    await manager.locator('main a[href*="/rounds/"]').first().click()
    const round = manager.url()
    await manager.getByRole('link', { name: /Call sheet/ }).click()
    await manager.getByRole('button', { name: 'Left on a machine' }).click()
    for (const _ of [1, 2, 3]) {
      await manager.goto(`${origin}/en/demonstration`)
      await manager.getByRole('button', { name: '48 hours forward' }).click()
    }
    const later = await be('manager', '', 'en', true)
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
    PARLEY_FOLDER: folder,
    PORT: String(await freePort()),
  })
  expect(second.code).toBe(1)
  expect(second.said).toContain(`process ${program.pid}`)
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
})

test('RULE-11: every page of the demonstration says so, and it answers to its own name only', async () => {
  const page = await fetch(`${origin}/ar`)
  expect(await page.text()).toContain('عرض توضيحي')
  const other = await fetch(`${origin.replace('localhost', '127.0.0.1')}/en`).catch(() => undefined)
  expect(other?.status ?? 421).toBe(421)
})
