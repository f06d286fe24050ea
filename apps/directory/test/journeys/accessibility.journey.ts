import { type Locale, locales } from '@parley/kernel'
import { axeBreaches, launchChromium } from '@parley/testkit'
import type { Browser, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everyone, mayRole, mergeAuthority } from '../../src/platform/session/authority.ts'
import { type Addresses, addressOf, findAddresses } from '../addresses.ts'
import { openPage } from '../browser-page.ts'
import { openDemonstrationWorld } from '../demonstration-world.ts'
import { stateCode } from '../nominate.ts'
import { holdingOf, type PersonRole, visitorWithPassword } from '../people.ts'
import { origin, type Visitor, type World } from '../world.ts'

let world: World
let browser: Browser
let there: Addresses

beforeAll(async () => {
  world = await openDemonstrationWorld()
  there = await findAddresses(world)
  browser = await launchChromium()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await world?.close()
})

const people = [
  ['stranger', undefined],
  ['manager', { role: 'manager' }],
  ['mission', { role: 'mission', state: stateCode('XA') }],
  ['technical', { role: 'poc', kind: 'technical', state: stateCode('XB') }],
] as const

describe.each(['en'] as const)('WCAG 2.2 AA in %s, on a telephone of 360 px', (locale) => {
  test.each(people)(
    '%s: no page that a link leads to breaks a rule of axe or runs out of the screen',
    async (_, holding) => {
      const visitor = await world.visitor(holding)
      const page = await open(visitor)
      const problems: string[] = []
      const seen = await followLinks(page, locale, async (path) => {
        problems.push(...(await axeBreaches(page)).map((breach) => `${path}: ${breach}`))
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        if (width > 360) problems.push(`${path}: ${width} px wide`)
      })
      expect(problems).toEqual([])
      expect(seen.size).toBeGreaterThan(4)
    },
    300_000,
  )
})

describe.each(locales)('WCAG 2.2 AA in %s, on a screen of 320 px', (locale) => {
  test('no page of the route table breaks a rule of axe or runs out of the screen, and each of them was seen', async () => {
    const problems: string[] = []
    const seen = new Set<string>()
    for (const [role, paths] of pagesByRole()) {
      const holding = holdingOf(role)
      // Whoever has a password sees the pages of it too.
      const visitor =
        role === 'mission' && holding
          ? await visitorWithPassword(world, `mission-${locale}@people.example`, holding)
          : await world.visitor(holding)
      const page = await open(visitor, 320)
      for (const path of paths) {
        seen.add(path)
        const response = await goTo(page, addressOf(there, path, locale))
        if (response === 'file') continue
        if (response?.status() !== 200) problems.push(`${path}: ${response?.status()}`)
        problems.push(...(await axeBreaches(page)).map((breach) => `${path}: ${breach}`))
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        if (width > 320) problems.push(`${path}: ${width} px wide`)
      }
      await page.context().close()
    }
    expect(problems).toEqual([])
    expect([...seen].sort()).toEqual([...pagesByRole().values()].flat().sort())
  }, 600_000)
})

test('axe sees a planted fault', async () => {
  const page = await open(await world.visitor())
  await page.goto(`${origin.origin}/en/answer`)
  expect(await axeBreaches(page)).toEqual([])
  await page.evaluate(() => document.querySelector('label')?.remove())
  expect((await axeBreaches(page)).join()).toContain('label')
})

test('every control of the check is reached and pressed by keyboard alone', async () => {
  const page = await open(await world.visitor())
  await page.goto(`${origin.origin}/en/answer`)
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate(() => document.activeElement?.id)) === 'code') break
  }
  await page.keyboard.type('0000 0000 0000')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.errors')
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('errors')
})

/** Every page of the route table under the first role that may see it: those with most of one's own come first. */
function pagesByRole(): ReadonlyMap<PersonRole, readonly string[]> {
  const { rooms } = world.directory
  const authority = mergeAuthority(rooms.map((room) => room.authority))
  const order: readonly PersonRole[] = ['mission', 'manager', 'poc', ...everyone]
  return Map.groupBy(
    rooms
      .flatMap(({ pages }) => pages.map(({ route }) => route.path))
      // The start leads on to where a day begins; a file is saved, not shown.
      .filter((path) => path !== '/start' && !/\.[a-z]+$/.test(path)),
    (path) => {
      const verb = rooms.flatMap(({ pages }) => pages).find(({ route }) => route.path === path)?.verb ?? ''
      return order.find((role) => mayRole(authority, role, verb)) ?? 'stranger'
    },
  )
}

function open(visitor: Visitor, width?: number): Promise<Page> {
  return openPage(browser, world, visitor, width)
}

/** A file is saved, not shown. */
async function goTo(page: Page, path: string): Promise<Response | 'file' | null> {
  try {
    return await page.goto(origin.origin + path)
  } catch (fault) {
    if (String(fault).includes('Download is starting')) return 'file'
    throw fault
  }
}

/** Visits one page of each kind that can be reached by links: ids and codes in an address do not make another kind. */
async function followLinks(
  page: Page,
  locale: Locale,
  look: (path: string) => Promise<void>,
): Promise<Set<string>> {
  const seen = new Set<string>()
  const queue = [`/${locale}`]
  for (const path of queue) {
    const kind = path
      .replace(/\?.*/, '')
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{12}|\/X[A-Z]\b|\/[A-Z]{2}\b/g, '…')
    // Leads on to where the day begins; the menu leads there too.
    if (seen.has(kind) || kind.endsWith('/start') || /\.[a-z]+$/.test(kind)) continue
    seen.add(kind)
    if ((await goTo(page, path)) === 'file') continue
    await look(path)
    const links = await page
      .locator('a[href^="/"]')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    for (const link of links) if (link?.startsWith(`/${locale}`)) queue.push(link)
  }
  return seen
}
