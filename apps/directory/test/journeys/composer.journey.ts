import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Locale, locales } from '@parley/kernel'
import { listTemplates, type MailPart, readMessageParts, reservations } from '@parley/protocol'
import { decryptMail, openOwnKey, type OwnKey } from '@parley/protocol/openpgp'
import { axeBreaches, launchChromium } from '@parley/testkit'
import { writeTelephone } from '@parley/web'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sentence } from '../../src/modules/exchange/composer/speech.ts'
import { openPage } from '../browser-page.ts'
import { addExample, exampleContent, giveKey } from '../entry-examples.ts'
import { openpgpKeyOf } from '../key-examples.ts'
import { stateCode } from '../nominate.ts'
import { openWorld, origin, type Visitor, type World } from '../world.ts'

let world: World
let browser: Browser
let poc: Visitor
let entry: string
let other: string
let theirKey: OwnKey
let folder: string

beforeAll(async () => {
  world = await openWorld()
  browser = await launchChromium()
  folder = mkdtempSync(join(tmpdir(), 'parley-composer-'))
  const [xa, xb] = [stateCode('XA'), stateCode('XB')]
  await world.participate(xa, xb)
  await addExample(world, xa, 'technical', exampleContent('Team of XA'))
  const theirs = await addExample(world, xb, 'technical', {
    ...exampleContent('Team of XB'),
    language: 'ar',
    entityName: { original: 'الفريق الوطني' },
    workingLanguages: ['ar'],
  })
  const keys = await openpgpKeyOf([theirs.addresses[0]?.value ?? ''])
  await giveKey(world, theirs, keys.publicKey)
  const opened = await openOwnKey(keys.privateKey)
  if (!opened.ok) throw new Error(opened.refusal)
  theirKey = opened.value
  entry = theirs.id
  other = (await addExample(world, xb, 'technical', exampleContent('Another team of XB'))).id
  poc = await world.visitor({ role: 'poc', kind: 'technical', state: xa })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await world?.close()
  if (folder) rmSync(folder, { recursive: true })
})

// A page that is left open goes on taking its share of the machine.
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
})

interface At {
  readonly locale?: Locale
  readonly kind?: string
  readonly path?: 'inquiry' | 'encrypted'
  readonly to?: string
  readonly width?: number
}

async function openForm({ locale = 'en', kind = 'inquiry', path = 'inquiry', to = entry, width }: At = {}) {
  const page = await openPage(browser, world, poc, width)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${origin.origin}/${locale}/entries/${to}/${path}?kind=${kind}`)
  await page.locator('#preview').waitFor()
  return page
}

function t(key: Parameters<typeof sentence>[1], locale: Locale = 'en', values = {}): string {
  return sentence(locale, key, values)
}

async function press(page: Page, key: Parameters<typeof sentence>[1], locale: Locale = 'en'): Promise<void> {
  await page.getByRole('button', { name: t(key, locale), exact: true }).click()
}

async function answer(page: Page, yes: boolean): Promise<void> {
  await page.locator(`dialog .button${yes ? ':not(.main)' : '.main'}`).click()
  await page.locator('dialog').waitFor({ state: 'detached' })
}

async function pressForFile(page: Page, key: Parameters<typeof sentence>[1], yes?: boolean) {
  const download = page.waitForEvent('download')
  await press(page, key)
  if (yes !== undefined) await answer(page, yes)
  const file = await download
  return {
    name: file.suggestedFilename(),
    text: readFileSync(await file.path(), 'utf8'),
    path: await file.path(),
  }
}

/** The parts of an e-mail or of what was decrypted of one, as our own programs write them. */
function partsOf(mail: string): readonly MailPart[] {
  const [, boundary = ''] = /boundary="(=_parley[^"]+)"/.exec(mail) ?? []
  return mail
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [head = '', body = ''] = part.split(/\r\n\r\n(.*)/s)
      expect(head).toContain('base64')
      const [, type = ''] = /Content-Type: ([^;\r]+)/.exec(head) ?? []
      return { type, content: Buffer.from(body, 'base64') }
    })
}

const known = '#value-known'

test('POC-36: what stands in the preview is copied, and saved as an e-mail whose machine part says the same', async () => {
  const page = await openForm()
  await page.locator('#value-function').fill('Duty officer')
  await page.locator('#value-purpose').selectOption('request')
  await page.locator('#value-incident-class summary').click()
  await page.locator('#value-incident-class input').nth(3).check()
  const preview = await page.locator('#preview').inputValue()
  expect(preview).toContain('Duty officer')
  await press(page, 'copy')
  await expect.poll(() => page.locator('main [role=status]').first().textContent()).toBe(t('copied'))
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(preview)

  const { name, text } = await pressForFile(page, 'file')
  expect(text).toMatch(/^X-Unsent: 1\r\nFrom: /)
  const read = readMessageParts(partsOf(text))
  if (read.kind !== 'parley' || !('message' in read)) throw new Error('no message')
  expect(read.warnings).toEqual([])
  expect(name).toBe(`${read.message?.reference}.eml`)
  expect(read.message?.languages).toEqual(['en', 'ar'])
  expect(read.message?.values).toMatchObject({ purpose: 'request', function: 'Duty officer' })
  expect(Buffer.from(partsOf(text)[0]?.content ?? '').toString()).toBe(preview)
})

test('POC-35: what says more than the class of the incident is asked about before it leaves unencrypted', async () => {
  const page = await openForm()
  await page.locator('#value-incident-class summary').click()
  await page.locator('#value-incident-class input').first().check()
  await press(page, 'copy')
  await expect.poll(() => page.locator('main [role=status]').first().textContent()).toBe(t('copied'))

  await page.locator(known).fill('A port does not answer.')
  await page.evaluate(() => navigator.clipboard.writeText('before'))
  const ways = ['copy', 'file', 'mail-program', 'script'] as const
  for (const way of ways) {
    await press(page, way)
    expect(await page.locator('dialog').textContent()).toContain(
      t('ask.detail.text', 'en', { fields: 'What is known' }).slice(0, 40),
    )
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
  }
  await page.locator('#preview').focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Control+C')
  await answer(page, false)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('before')
  await press(page, 'copy')
  await answer(page, true)
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('A port does not answer.')
  // Asked about once, as long as it stays the same.
  await pressForFile(page, 'file')
  await page.locator(known).fill('Another port.')
  await press(page, 'copy')
  await answer(page, false)
})

test('what has left and is changed afterwards is another message on the same matter', async () => {
  const page = await openForm({ kind: 'call-us' })
  const idOf = async () => /Message: (\S+)/.exec(await page.locator('#preview').inputValue())?.[1]
  const referenceOf = async () => /Reference: (\S+)/.exec(await page.locator('#preview').inputValue())?.[1]
  const [id, reference] = [await idOf(), await referenceOf()]
  await page.locator('#value-ask-for').fill('the duty officer')
  expect(await idOf()).toBe(id)
  await press(page, 'copy')
  await page.locator('#value-ask-for').fill('the head of the team')
  expect(await idOf()).not.toBe(id)
  expect(await referenceOf()).toBe(reference)
})

test('RULE-10: the language is switched in place: nothing is asked for, and what was typed stays', async () => {
  const page = await openForm()
  await page.locator(known).fill('192.0.2.15 لا يجيب')
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  for (const locale of locales) {
    await page.locator(`footer nav [lang="${locale}"]`).click()
    expect(await page.locator('html').getAttribute('lang')).toBe(locale)
    expect(await page.locator('html').getAttribute('dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr')
    expect(await page.locator('h1').textContent()).toBe(
      t('title', locale, { state: world.community.stateName(stateCode('XB'), locale) }),
    )
    expect(await page.locator(known).inputValue()).toBe('192.0.2.15 لا يجيب')
    const preview = await page.locator('#preview').inputValue()
    expect(preview).toContain(`inquiry 1, reservations 1, ${locale === 'ar' ? 'ar' : `${locale} ar`}`)
  }
  expect(asked).toEqual([])
})

test('RULE-1: the only link of the form leads out of it and asks, and so does the browser', async () => {
  const page = await openForm()
  const links = await page
    .locator('a[href]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
  expect(links).toEqual(['#main', `/en/entries/${entry}`])
  expect(await page.locator('form').count()).toBe(0)
  await page.locator(known).fill('A port does not answer.')
  await page.locator('main a.button').click()
  await answer(page, false)
  expect(page.url()).toContain('/inquiry')
  const asked = new Promise<string>((seen) => {
    page.once('dialog', (dialog) => {
      seen(dialog.type())
      void dialog.dismiss()
    })
  })
  await page.close({ runBeforeUnload: true })
  expect(await asked).toBe('beforeunload')
  expect(await page.locator(known).inputValue()).toBe('A port does not answer.')
  await page.locator('main a.button').click()
  await answer(page, true)
  await page.waitForURL(`**/en/entries/${entry}`)
})

test('RULE-1: no browser store is used, and no field is looked at by a helper of the browser', async () => {
  const page = await openForm()
  await page.locator(known).fill('A port does not answer.')
  await pressForFile(page, 'draft.save')
  const stored = await page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
    document.cookie,
  ])
  expect(stored).toEqual([0, 0, 0, 0, 0, ''])
  const watched = await page
    .locator('main input, main textarea, main select')
    .evaluateAll((all) =>
      all
        .filter(
          (box) =>
            box.getAttribute('spellcheck') !== 'false' ||
            box.getAttribute('translate') !== 'no' ||
            box.getAttribute('autocomplete') !== 'off',
        )
        .map(({ id }) => id),
    )
  expect(watched).toEqual([])
})

describe('drafts', () => {
  test('a draft, encrypted or not, brings back what was typed', async () => {
    for (const passphrase of ['', 'four quiet herons by the lake']) {
      const page = await openForm()
      await page.locator(known).fill('A port\ndoes not answer.')
      await page.locator('input[value=EXERCISE]').check()
      await page.locator('#exercise').fill('Harbour Light')
      await page.locator('#draft-passphrase').fill(passphrase)
      const saved = await pressForFile(page, 'draft.save')
      expect(saved.text.includes('does not answer')).toBe(passphrase === '')
      const preview = await page.locator('#preview').inputValue()
      const again = await openForm({ locale: 'ar' })
      if (passphrase !== '') {
        await again.locator('#draft-file').setInputFiles(saved.path)
        await again.getByText(t('composer/draft-locked', 'ar')).waitFor()
        await again.locator('#draft-passphrase').fill(passphrase)
      }
      await again.locator('#draft-file').setInputFiles(saved.path)
      await again.getByText(t('draft.opened', 'ar')).waitFor()
      expect(await again.locator(known).inputValue()).toBe('A port\ndoes not answer.')
      expect(await again.locator('#exercise').inputValue()).toBe('Harbour Light')
      const [, reference = '-'] = /^.*Reference: (\S+)/m.exec(preview) ?? []
      expect(await again.locator('#preview').inputValue()).toContain(reference.slice(1, 5))
    }
  })

  test('a broken, foreign or newer file says so, and nothing typed is lost', async () => {
    const page = await openForm()
    await page.locator(known).fill('Typed before.')
    const file = join(folder, 'draft.json')
    const tell = async (text: string, key: Parameters<typeof sentence>[1]) => {
      writeFileSync(file, text)
      await page.locator('#draft-file').setInputFiles(file)
      await page.getByText(t(key)).waitFor()
      expect(await page.locator(known).inputValue()).toBe('Typed before.')
    }
    await tell('{"parley":', 'composer/draft-broken')
    await tell('x'.repeat(2_000_000), 'composer/draft-broken')
    await tell('{"parley":"draft","version":2}', 'composer/draft-newer')
    const theirs = await openForm({ to: other })
    await theirs.locator(known).fill('For another team.')
    await tell((await pressForFile(theirs, 'draft.save')).text, 'composer/draft-other-entry')
    const offer = await openForm({ kind: 'offer' })
    await tell((await pressForFile(offer, 'draft.save')).text, 'composer/draft-other-kind')
  })
})

test('what is wrong is said on top and at its field, in the language of the page, and takes the focus', async () => {
  const page = await openForm()
  await page.locator('#value-answer-within').fill('soon')
  await page.locator('#reference').fill('ring me')
  await press(page, 'copy')
  const errors = page.locator('.errors')
  expect(await errors.locator('li').allTextContents()).toEqual([
    t('composer/hours', 'en', { most: 8760 }),
    t('composer/reference'),
  ])
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('errors')
  expect(await page.locator('#reference').getAttribute('aria-invalid')).toBe('true')
  await errors.getByRole('button').first().click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('value-answer-within')
  await page.locator('footer nav [lang="ar"]').click()
  expect(await errors.locator('li').first().textContent()).toBe(t('composer/hours', 'ar', { most: 8760 }))
  await page.locator('#value-answer-within').fill('٦')
  await page.locator('#reference').fill('')
  await press(page, 'copy', 'ar')
  await expect.poll(() => page.locator('main [role=status]').first().textContent()).toBe(t('copied', 'ar'))
  expect(await errors.isVisible()).toBe(false)
})

test('POC-35: on the page that encrypts, an e-mail and a text that only the addressee opens', async () => {
  const page = await openForm({ path: 'encrypted' })
  await page.locator(known).fill('A port does not answer.')
  const preview = await page.locator('#preview').inputValue()
  const { text } = await pressForFile(page, 'encrypted.file')
  expect(text).not.toContain('answer')
  expect(text).toMatch(/Subject: =\?UTF-8\?B\?/)
  const opened = await decryptMail(Buffer.from(text), theirKey, [], new Date(Date.now() + 60_000))
  if (opened.kind !== 'decrypted') throw new Error(opened.kind)
  const parts = partsOf(Buffer.from(opened.content).toString())
  expect(readMessageParts(parts)).toMatchObject({ kind: 'parley', warnings: [] })
  expect(Buffer.from(parts[0]?.content ?? '').toString()).toBe(preview)
  await press(page, 'encrypted.copy')
  await page.locator('#encrypted-text').waitFor()
  const armor = await page.evaluate(() => navigator.clipboard.readText())
  expect(armor).toMatch(/^-----BEGIN PGP MESSAGE-----/)
  await page.locator(known).fill('Another port.')
  expect(await page.locator('#encrypted-text').isVisible()).toBe(false)
})

test('RULE-4, POC-32: the call script is printed in the place of the form, with the reservations in both languages', async () => {
  const page = await openForm({ kind: 'call-us', locale: 'fr' })
  await page.locator('#value-ask-for').fill('Mme Exemple')
  await page.emulateMedia({ media: 'print' })
  const script = page.locator('article.paper')
  expect(await script.isVisible()).toBe(true)
  expect(await page.locator('#preview').isVisible()).toBe(false)
  const text = (await script.textContent()) ?? ''
  for (const each of ['Mme Exemple', writeTelephone('+99955501742'), t('script.title', 'fr')])
    expect(text).toContain(each)
  expect(await script.locator('ol').count()).toBe(2)
  for (const { text: each } of reservations)
    for (const side of ['fr', 'ar'] as const) expect(text).toContain(each[side])
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length).toBeLessThanOrEqual(2)
})

test.each(locales)(
  'WCAG 2.2 AA in %s at 320 px: the form, its errors, its question and the page that encrypts',
  async (locale) => {
    const problems: string[] = []
    const look = async (page: Page, what: string) => {
      problems.push(...(await axeBreaches(page)).map((breach) => `${what}: ${breach}`))
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      if (width > 320) problems.push(`${what}: ${width} px wide`)
    }
    const page = await openForm({ locale, width: 320 })
    await look(page, 'form')
    for (const summary of await page.locator('summary').all()) await summary.click()
    await page.locator('input[value=TEST]').check()
    await page.locator('#value-answer-within').fill('soon')
    await press(page, 'copy', locale)
    await look(page, 'errors')
    await page.locator('#value-answer-within').fill('6')
    await page.locator(known).fill('x'.repeat(120))
    await press(page, 'mail-program', locale)
    await look(page, 'question')
    await answer(page, false)
    await look(await openForm({ locale, width: 320, path: 'encrypted' }), 'encrypted')
    for (const { kind } of listTemplates().slice(1))
      await look(await openForm({ locale, width: 320, kind }), kind)
    expect(problems).toEqual([])
  },
  180_000,
)

test('a message is written, asked about and copied by keyboard alone', async () => {
  const page = await openForm({ kind: 'closing' })
  const goTo = async (id: string) => {
    for (let presses = 0; presses < 60; presses += 1) {
      if (await page.evaluate((wanted) => document.activeElement?.id === wanted, id)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`${id} is out of reach`)
  }
  await goTo('value-outcome')
  await page.keyboard.type('Solved.')
  await goTo('preview')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.locator('dialog').waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(t('ask.back'))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('Solved.')
})
