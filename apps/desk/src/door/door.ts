import { newId } from '@parley/kernel'
import { type Asset, browserHeaders } from '@parley/web'
import { Hono } from 'hono'

type Variables = { Variables: { requestId: string } }

/**
 * What stands before every page, whoever asks: only the printed address is answered, and only what a browser asks for
 * from a page of the Desk, or by hand. Nothing is compressed: a length would tell what stands beside a stranger's words.
 */
export function openDoor(origin: URL, assets: readonly Asset[]): Hono<Variables> {
  const door = new Hono<Variables>()
  door.use(async (c, next) => {
    const requestId = newId()
    c.set('requestId', requestId)
    c.header('x-request-id', requestId)
    for (const [name, value] of Object.entries(browserHeaders)) c.header(name, value)
    c.header('cache-control', 'no-store')
    // A name that a stranger points at this machine (DNS rebinding) is not ours.
    if (c.req.header('host') !== origin.host) return c.text('Unknown host', 421)
    if (!isOwn(c.req.raw, origin)) return c.text('Not from a page of this Desk', 403)
    return next()
  })
  for (const { path, bytes, type } of assets)
    door.get(path, (c) =>
      c.body(bytes, 200, { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' }),
    )
  return door
}

/** Another port of this machine is the same site to a browser, and sends our cookie: only the origin tells. */
function isOwn({ method, headers }: Request, { origin }: URL): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const from = headers.get('origin')
  return from === null ? method === 'GET' || method === 'HEAD' : from === origin
}
