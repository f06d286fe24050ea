import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

test('an Arabic page is read in Arabic, from right to left', async () => {
  const page = await browser.newPage()
  const html = '<!doctype html><html lang="ar" dir="rtl"><title>م</title><p>جهات الاتصال</p>'
  await page.goto(`data:text/html;charset=utf-8,${encodeURIComponent(html)}`)

  const paragraph = page.getByText('جهات الاتصال')
  expect(await paragraph.isVisible()).toBe(true)
  expect(await paragraph.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl')
})

test('Arabic and Chinese letters are drawn from a font, not as boxes', async () => {
  const page = await browser.newPage()
  await page.setContent('<span>ج</span><span>点</span><span>\u{10fffd}</span>')
  const shapes = await Promise.all(
    (await page.locator('span').all()).map(async (letter) => (await letter.screenshot()).toString('base64')),
  )
  expect(new Set(shapes).size).toBe(3)
})
