import { launchChromium, startPostgres } from '@parley/testkit'
import { startChild } from './child.ts'
import type { CardSettings, Visit } from './contact-card/settings.ts'
import { median, type Row } from './figures.ts'

const repeats = Number(process.env['BENCH_REPEATS'] ?? 3)
/** 400 kbit/s and 400 ms for each request. */
const slowLine = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 }

/** How long somebody who is signed in, on a slow line and with an empty cache, waits for the urgent number. */
export async function benchFirstNumber(): Promise<readonly Row[]> {
  const postgres = await startPostgres()
  const { appUrl, ownerUrl } = await postgres.createDatabase('number')
  const settings: CardSettings = { entries: 200, pool: 2, database: { url: appUrl, ownerUrl } }
  const directory = startChild(new URL('contact-card/directory.ts', import.meta.url), settings)
  try {
    const { host, cookie, paths } = await directory.ask<Visit>('prepare')
    const port = await directory.ask<number>('port')
    const browser = await launchChromium([`--host-resolver-rules=MAP ${host} 127.0.0.1:${port}`])
    const [name = '', value = ''] = cookie.split(/=(.*)/)
    const waits: number[] = []
    for (let turn = 0; turn < repeats; turn += 1) {
      const context = await browser.newContext({ viewport: { width: 360, height: 780 } })
      await context.addCookies([{ name, value, url: `http://${host}` }])
      const page = await context.newPage()
      const session = await context.newCDPSession(page)
      await session.send('Network.enable')
      await session.send('Network.emulateNetworkConditions', slowLine)
      const there = page.waitForSelector('a.number', { state: 'visible' })
      await Promise.all([
        page.goto(`http://${host}${paths[turn]?.replace('/en/', '/ar/')}`, { waitUntil: 'commit' }),
        there,
      ])
      // Painted, not only there: the stylesheet has come.
      const painted = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const look = () => {
              const [entry] = performance.getEntriesByName('first-contentful-paint')
              if (entry) resolve(entry.startTime)
              else setTimeout(look, 10)
            }
            look()
          }),
      )
      waits.push(painted)
      await context.close()
    }
    await browser.close()
    return [
      {
        page: 'contact card, Arabic, 360 px',
        'urgent number painted': `${Math.round(median(waits))} ms`,
        'to reach': '2000 ms',
      },
    ]
  } finally {
    await directory.end()
    await postgres.stop()
  }
}
