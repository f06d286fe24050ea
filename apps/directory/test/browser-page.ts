import type { Browser, Page } from 'playwright-core'
import { origin, type Visitor, type World } from './world.ts'

/** A page as on a telephone, whose every request is answered by the world itself, with the visitor's cookies. */
export async function openPage(browser: Browser, world: World, visitor: Visitor, width = 360): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width, height: 780 } })).newPage()
  await page.route('**/*', async (route) => {
    const request = route.request()
    const headers = new Headers({ host: origin.host, cookie: visitor.cookie(), origin: origin.origin })
    headers.set('content-type', request.headers()['content-type'] ?? 'text/plain')
    const body = request.postData()
    const init = { method: request.method(), headers, redirect: 'manual' as const, ...(body ? { body } : {}) }
    const response = await world.directory.street.fetch(new Request(request.url(), init))
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  })
  return page
}
