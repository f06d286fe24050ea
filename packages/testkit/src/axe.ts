import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What of a page breaks a rule of WCAG 2.2 AA that axe can tell: `<rule> at <place>`. */
export async function axeBreaches(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  // Only breaches are gathered, and named there: to describe and hand over all that is well takes longer than to look.
  return page.evaluate(async (): Promise<string[]> => {
    const { violations }: AxeResults = await Reflect.get(globalThis, 'axe').run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    })
    return violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`)
  })
}
