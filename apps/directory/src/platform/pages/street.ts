import { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { newId } from '@parley/kernel'
import { type Asset, browserHeaders, pagePolicy } from '@parley/web'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { routePath } from 'hono/route'
import type { Logger } from 'pino'
import type { Metrics } from '../telemetry/metrics.ts'

export interface Street {
  /** The one origin that this program answers to, for example `https://directory.example`. */
  readonly origin: URL
  readonly log: Logger
  readonly assets: readonly Asset[]
  readonly metrics: Pick<Metrics, 'request'>
}

/** Asked by the machine that runs us, under whatever name. */
const probes: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

/** Of a page that nothing may leave: it asks for nothing and sends nothing. */
export const sealedPolicy = pagePolicy
  .replace("connect-src 'self'", "connect-src 'none'")
  .replace("form-action 'self'", "form-action 'none'")

type Variables = { Variables: { requestId: string } }

/** Everything that happens to every request, whoever answers it: name, headers, host, origin, one line in the log. */
export function openStreet({ origin, log, assets, metrics }: Street): Hono<Variables> {
  const street = new Hono<Variables>()
  street.use(async (c, next) => {
    const requestId = newId()
    c.set('requestId', requestId)
    const began = performance.now()
    // Set before there is a response: afterwards each of them would make a new one.
    c.header('x-request-id', requestId)
    for (const [name, value] of Object.entries(browserHeaders)) c.header(name, value)
    c.header('vary', 'Accept-Encoding')
    if (origin.protocol === 'https:')
      c.header('strict-transport-security', 'max-age=63072000; includeSubDomains')
    await next()
    const milliseconds = Math.round(performance.now() - began)
    // RULE-12: the pattern of the route, never the path: it may name whom somebody looks for.
    const asked = { method: c.req.method, route: routePath(c, -1), status: c.res.status }
    log.info({ requestId, ...asked, milliseconds }, 'request')
    metrics.request(asked, milliseconds)
  })
  street.use(async (c, next) => (isOfOurOwn(c.req.raw.headers) ? compressed(c, next) : next()))
  street.use(async (c, next) => {
    if (c.req.header('host') !== origin.host && !probes.has(c.req.path)) return c.text('Unknown host', 421)
    return next()
  })
  for (const asset of assets) {
    street.get(asset.path, (c) =>
      c.body(asset.bytes, 200, {
        'content-type': asset.type,
        'cache-control': 'public, max-age=31536000, immutable',
      }),
    )
  }
  return street
}

/** The address of the caller, as the connection says, or a proxy on this machine that stands before us. */
export function callerOf(c: Context, behindProxy: boolean): string {
  const incoming: unknown = Reflect.get(Object(c.env), 'incoming')
  const connected = incoming instanceof IncomingMessage ? (incoming.socket.remoteAddress ?? '') : ''
  // Whoever reaches us past the proxy names nobody but themselves.
  if (!behindProxy || !isThisMachine(connected)) return connected
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  return isIP(forwarded) === 0 ? connected : forwarded
}

function isThisMachine(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address)
}

// BREACH: a compressed length tells what stands beside words that another site chose (`/find?q=…`). What another
// site asks for goes out as it is; and no page repeats a secret: tickets are random at each showing.
const compressed = compress()

function isOfOurOwn(headers: Headers): boolean {
  return ['same-origin', 'none', null].includes(headers.get('sec-fetch-site'))
}

/** Whether a request that changes something comes from a page of our own. */
export function isOwnOrigin(headers: Headers, origin: URL): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const from = headers.get('origin')
  return from === null ? site !== null : from === origin.origin
}
