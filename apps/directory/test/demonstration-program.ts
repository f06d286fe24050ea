import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locale } from '@parley/kernel'
import { freePort, launchChromium } from '@parley/testkit'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { text } from '../src/modules/demonstration/locales/index.ts'
import { type Program, startProgram } from './program.ts'

/** What a newcomer has after `npm start`, and a browser: nothing is prepared behind its back. */
export interface DemonstrationProgram {
  readonly program: Program
  readonly folder: string
  readonly origin: string
  /** A browser of one's own, as wide as a telephone. */
  open(scripts?: boolean): Promise<Page>
  /** One click on the demonstration's page; without a State for those who have none. */
  be(role: string, state: string, locale: Locale, scripts?: boolean): Promise<Page>
  /** The newest mail to an address, once there is one. */
  openMailTo(page: Page, locale: Locale, address: string): Promise<void>
  stop(): Promise<void>
}

export async function runDemonstration(profile = 'united-nations'): Promise<DemonstrationProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-demonstration-'))
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const program = startProgram('main.ts', ['demonstration'], {
    PARLEY_FOLDER: folder,
    PARLEY_PROFILE: profile,
    PORT: String(port),
  })
  await program.says('Parley is running')
  const browser: Browser = await launchChromium()
  const open = async (scripts = false) =>
    (
      await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 780 } })
    ).newPage()
  return {
    program,
    folder,
    origin,
    open,
    be: async (role, state, locale, scripts) => {
      const page = await open(scripts)
      await page.goto(`${origin}/${locale}/demonstration`)
      const button = page.locator(
        `form:has(input[name=role][value=${role}]):has(input[name=state][value="${state}"]) button`,
      )
      if ((await button.count()) > 0) await button.click()
      else {
        const t = text(locale)
        await page.getByLabel(t('be.state'), { exact: true }).selectOption(state)
        await page.getByLabel(t('be.role'), { exact: true }).selectOption(role)
        await page.getByRole('button', { name: t('be.go') }).click()
      }
      return page
    },
    openMailTo: async (page, locale, address) => {
      const row = page.locator('tr', { hasText: address }).first()
      await expect
        .poll(async () => (await page.goto(`${origin}/${locale}/demonstration/mail`), row.count()), {
          timeout: 20_000,
        })
        .toBe(1)
      await row.locator('a').click()
    },
    stop: async () => {
      await browser.close()
      program.kill('SIGTERM')
      await program.ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
