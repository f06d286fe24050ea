import { readdirSync, readFileSync } from 'node:fs'
import { runInThisContext } from 'node:vm'
import { launchChromium } from '@parley/testkit'
import { clientScript } from '@parley/web'
import { expect, test } from 'vitest'

const folder = new URL('../../../interop/messages/', import.meta.url)
const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
const given: readonly unknown[] = files.map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
const texts = files.map((file) => readFileSync(new URL(file.replace('.json', '.txt'), folder), 'utf8'))

test('a browser writes the same text and the same e-mail as the program, to the byte', async () => {
  const script = new TextDecoder().decode(clientScript(new URL('render.client.ts', import.meta.url)).bytes)
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await page.evaluate((messages) => Reflect.set(globalThis, 'given', messages), given)
    await page.addScriptTag({ content: script })
    const made: unknown = await page.evaluate(() => Reflect.get(globalThis, 'made'))
    Reflect.set(globalThis, 'given', given)
    runInThisContext(script)
    expect(made).toEqual(Reflect.get(globalThis, 'made'))
    expect(made).toEqual(texts.map((text) => [text, expect.stringMatching(/^\d+(?:,\d+)+$/)]))
  } finally {
    await browser.close()
  }
})
