import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Locale, locales } from '@parley/kernel'
import { axeBreaches, launchChromium } from '@parley/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest'
import { pages } from '../../src/open-desk.ts'
import { amal, bruno } from '../desk-folder.ts'
import { serveDesk } from '../served-desk.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

let folder: string
let served: Awaited<ReturnType<typeof serveDesk>>
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-'))
  served = await serveDesk(folder)
})
afterEach(async () => {
  await served.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(width: number): Promise<Page> {
  return (await browser.newContext({ viewport: { width, height: 780 } })).newPage()
}

/** Goes on from control to control, as whoever has no mouse does, until it is reached. */
async function reach(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
  }
  throw new Error(`${selector} is not reached by keyboard on ${page.url()}`)
}

async function type(page: Page, name: string, text: string): Promise<void> {
  await reach(page, `[name="${name}"]`)
  await page.keyboard.type(text)
}

async function press(page: Page, selector: string, key = 'Enter'): Promise<void> {
  await reach(page, selector)
  if (key === 'Enter') await enter(page)
  else await page.keyboard.press(key)
}

/** Every Enter here leads to a page. */
async function enter(page: Page): Promise<void> {
  const loaded = page.waitForEvent('load')
  await page.keyboard.press('Enter')
  await loaded
}

/** The first of the radio buttons is reached by Tab; the others by arrows. */
async function choose(page: Page, name: string, steps: number): Promise<void> {
  await reach(page, `[name="${name}"]`)
  await page.keyboard.press('Space')
  for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowDown')
}

const main = 'main button.main'

test(
  'the whole Desk is used by keyboard alone, from the first visit to the lock',
  { timeout: 600_000 },
  async () => {
    const page = await open(1000)
    const shows = async (text: string) => expect(await page.locator('main').innerText()).toContain(text)
    await page.goto(`${served.origin}/en`)
    await type(page, 'secret', served.secret)
    await enter(page)
    await page.waitForURL('**/first-start')
    await press(page, 'main a[href$="/begin"]')
    await page.waitForURL('**/begin')
    await type(page, 'state', 'Kenya')
    await type(page, 'entity', 'National KE-CIRT/CC')
    await type(page, 'name', amal.name)
    await type(page, 'passphrase', amal.passphrase)
    await type(page, 'again', amal.passphrase)
    await press(page, '[name="understood"]', 'Space')
    await press(page, main)
    await page.waitForURL('**/en')
    await shows('Nothing waits')

    await press(page, 'nav a[href$="/incoming"]')
    await page.waitForURL('**/incoming')
    await type(page, 'title', 'Odd traffic')
    await type(page, 'state', 'Norway')
    await type(page, 'entity', 'NSM NCSC')
    await type(page, 'text', 'They called about a scan.')
    await press(page, main)
    await page.waitForURL(/cases\/[^/]+$/)
    const theCase = page.url()

    await press(page, 'main a[href$="/note"]')
    await type(page, 'text', 'Speaks French.')
    await press(page, main)
    await page.waitForURL(theCase)
    await press(page, 'main a[href$="/escalate"]')
    await type(page, 'office', 'Director-General')
    await press(page, main)
    await page.waitForURL(theCase)
    for (const steps of [0, 1]) {
      await press(page, 'main a[href$="/consent"]')
      await page.waitForURL('**/consent')
      await choose(page, 'side', steps)
      await type(page, 'who', 'Director Ruiz')
      await type(page, 'what', 'The addresses')
      await press(page, main)
      await page.waitForURL('**/consent')
      await page.goto(theCase)
    }
    await shows('The consent of both sides is recorded')
    await press(page, 'main a[href*="/hand-out"]')
    await page.waitForURL('**/hand-out?*')
    await choose(page, 'to', 2)
    await type(page, 'name', 'Corvid Security Ltd')
    await press(page, main)
    await page.waitForURL('**/hand-out')
    await shows('TO A THIRD PARTY')
    await shows('They called about a scan.')

    await press(page, 'nav a[href$="/duty"]')
    await page.waitForURL('**/duty')
    await type(page, 'note', 'Oslo calls at noon.')
    await press(page, 'form[action$="/duty"] button.main')
    await shows('Oslo calls at noon.')
    await press(page, 'form[action$="/duty/take"] button.main')
    await page.waitForURL('**/en')

    await press(page, 'footer a[href$="/users"]')
    await page.waitForURL('**/users')
    await type(page, 'name', bruno.name)
    await type(page, 'passphrase', bruno.passphrase)
    await type(page, 'again', bruno.passphrase)
    await enter(page)
    await page.getByText(bruno.name).first().waitFor()

    await press(page, 'footer a[href$="/exercise"]')
    await page.waitForURL('**/exercise')
    await type(page, 'name', 'Long Night')
    await enter(page)
    await page.locator('.band').waitFor()
    await press(page, 'form[action$="/exercise/leave"] button')
    await page.locator('.band').waitFor({ state: 'detached' })
    await press(page, 'form[action$="/lock"] button')
    await page.waitForURL('**/unlock')
  },
)

/** What a link names, told apart by its route. */
function routeOf(path: string): string | undefined {
  return pages
    .map(({ route }) => route.path)
    .filter((pattern) => new RegExp(`^${pattern.replace(/:[a-z]+/gi, '[^/]+')}$`).test(path))
    .sort((one, other) => one.split(':').length - other.split(':').length)[0]
}

const atTheDoor = ['/door', '/first-start', '/begin', '/unlock']

/** What no link of the demonstration leads to: they show what was brought, or are a file. */
const brought = [
  '/hand-over/arrived',
  '/directory/keys/:scheme/:fingerprint',
  '/directory/compare',
  '/mailbox/:line',
  '/lines/:line/files/:sha',
]

describe.each(locales)('WCAG 2.2 AA in %s, on a screen of 320 px', (locale) => {
  test(
    'no page of the Desk breaks a rule of axe or runs out of the screen, and each of them was seen',
    { timeout: 600_000 },
    async () => {
      const page = await open(320)
      const problems: string[] = []
      const seen = new Set<string>()
      const look = async (name: string) => {
        seen.add(name)
        problems.push(...(await axeBreaches(page)).map((breach) => `${name}: ${breach}`))
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        if (width > 320) problems.push(`${name}: ${width} px wide`)
      }
      await page.goto(`${served.origin}/${locale}/door`)
      await look('/door')
      await page.locator('[name="secret"]').fill(served.secret)
      await page.locator(main).click()
      for (const path of ['/first-start', '/begin']) {
        await page.goto(`${served.origin}/${locale}${path}`)
        await look(path)
      }
      await begin(page, locale)
      await addUser(page, locale)
      await page.locator('main td a[href*="/remove"]').first().click()
      await page.waitForURL('**/remove')
      await look('/users/:id/remove')
      await page.locator('form[action$="/lock"] button').click()
      await page.waitForURL('**/unlock')
      await look('/unlock')
      await page.locator('form[action$="/try"] button').click()
      await page.waitForURL(`${served.origin}/${locale}`)
      const draft = await writeDraft(page, locale)
      const queue = [`/${locale}`, draft]
      for (const path of queue) {
        const name = routeOf(path.slice(3).replace(/\?.*/, '') || '/')
        if (name === undefined || seen.has(name)) continue
        await page.goto(served.origin + path)
        await look(name)
        const links = await page
          .locator('a[href^="/"]')
          .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
        queue.push(...links.filter((link) => link === `/${locale}` || link.startsWith(`/${locale}/`)))
      }
      // What an act answers with, and a page with something to mend.
      await page.goto(`${served.origin}/${locale}/hand-out`)
      await page.locator(main).click()
      await look('a form that was refused')
      await page.goto(`${served.origin}/${locale}/hand-out`)
      await page.locator('[name="to"]').first().check()
      await page.locator('[name="name"]').fill('Ministry')
      await page.locator(main).click()
      await look('an extract on paper')
      await page.goto(`${served.origin}/${locale}/exercise`)
      await page.locator('[name="name"]').fill('Long Night')
      await page.locator(main).click()
      await look('the start of an exercise')
      expect(problems).toEqual([])
      const wanted = pages
        .map(({ route }) => route.path)
        .filter((path) => ![...atTheDoor, ...brought].includes(path))
      expect(wanted.filter((path) => !seen.has(path))).toEqual([])
    },
  )
})

async function begin(page: Page, locale: Locale): Promise<void> {
  await page.goto(`${served.origin}/${locale}/begin`)
  await page.locator('[name="state"]').selectOption('KE')
  await page.locator('[name="entity"]').fill('National KE-CIRT/CC')
  await page.locator('[name="name"]').fill(amal.name)
  await page.locator('[name="passphrase"]').fill(amal.passphrase)
  await page.locator('[name="again"]').fill(amal.passphrase)
  await page.locator('[name="understood"]').check()
  await page.locator(main).click()
  await page.waitForURL(`${served.origin}/${locale}`)
}

async function addUser(page: Page, locale: Locale): Promise<void> {
  await page.goto(`${served.origin}/${locale}/users`)
  await page.locator('[name="name"]').fill(bruno.name)
  await page.locator('[name="passphrase"]').fill(bruno.passphrase)
  await page.locator('[name="again"]').fill(bruno.passphrase)
  await page.locator('[name="again"]').press('Enter')
  await page.locator('main td a[href*="/remove"]').first().waitFor()
}

/** The address of a draft in the language of the page. */
async function writeDraft(page: Page, locale: Locale): Promise<string> {
  await page.goto(`${served.origin}/${locale}/write/inquiry`)
  await page.locator('[name="title"]').fill('Odd traffic')
  await page.locator('[name="state"]').selectOption({ index: 1 })
  await page.locator('[name="entity"]').fill('A response team with a name of more than one word')
  await page.locator(main).click()
  await page.waitForURL('**/drafts/*')
  return new URL(page.url()).pathname
}
