import type { Browser } from 'playwright-core'
import { findChromium } from './missing-programs.ts'

/** The installed Chromium with an empty profile and no traffic of its own; the caller closes it. */
export async function launchChromium(further: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium here: install it, or name one in CHROMIUM.')
  // Loaded only here: it takes longer than everything else that a test imports.
  const { chromium } = await import('playwright-core')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
      ...further,
    ],
  })
}
