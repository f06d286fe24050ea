import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, launchChromium } from '@parley/testkit'
import type { Browser, Page } from 'playwright-core'
import { startProgram } from '../apps/directory/test/program.ts'

// Renews the pictures of the README from a fresh demonstration (fictional States only):
// node scripts/take-pictures.ts
const pictures = new URL('../docs/pictures/', import.meta.url)
const folder = await mkdtemp(join(tmpdir(), 'parley-pictures-'))
const port = await freePort()
const origin = `http://localhost:${port}`
const program = startProgram('main.ts', ['demonstration'], { PARLEY_FOLDER: folder, PORT: String(port) })
await program.says('Parley is running')
const browser = await launchChromium()
try {
  await mkdir(pictures, { recursive: true })
  await takeRound(browser)
  await takeStart(browser)
  await takeCard(browser)
} finally {
  await browser.close()
  program.kill('SIGTERM')
  await program.ended
  await rm(folder, { recursive: true, force: true })
}

async function takeRound(browser: Browser): Promise<void> {
  const manager = await be(browser, 'manager', '', 'en', 1100)
  await manager.goto(`${origin}/en/rounds`)
  await manager.getByRole('button', { name: 'Start the round now' }).click()
  const round = manager.url()
  const reader = await (await browser.newContext()).newPage()
  for (;;) {
    await reader.goto(`${origin}/en/demonstration/mail`)
    if ((await reader.locator('tbody tr').count()) >= 26) break
    await reader.waitForTimeout(300)
  }
  const mails = await reader
    .locator('tbody a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  for (const mail of mails.slice(0, 17)) {
    await reader.goto(`${origin}${mail}`)
    await reader.locator('main a[href*="/checks/"]').click()
    await reader.locator('main form button').first().click()
  }
  await reader.goto(`${origin}${mails[20]}`)
  await reader.locator('input[name=from]').fill('colleague@people.example')
  await reader.getByRole('button', { name: 'Send the reply' }).click()
  await manager.goto(round)
  await take(manager, 'round.en.png')
}

async function takeStart(browser: Browser): Promise<void> {
  const poc = await be(browser, 'diplomatic', 'XA', 'en', 1100)
  await take(poc, 'start.en.png')
}

async function takeCard(browser: Browser): Promise<void> {
  const poc = await be(browser, 'technical', 'XB', 'ar', 360)
  await poc.goto(`${origin}/ar/find?q=XA`)
  await poc.locator('main a[href*="/entries/"]').first().click()
  await take(poc, 'card.ar.png')
}

async function be(
  browser: Browser,
  role: string,
  state: string,
  locale: string,
  width: number,
): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width, height: 780 } })).newPage()
  await page.goto(`${origin}/${locale}/demonstration`)
  await page
    .locator(`form:has(input[name=role][value=${role}]):has(input[name=state][value="${state}"]) button`)
    .click()
  return page
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: new URL(name, pictures).pathname })
  console.log(name)
}
