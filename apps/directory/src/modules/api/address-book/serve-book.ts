import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Community } from '../../community/index.ts'
import { localeFor } from '../negotiate.ts'
import { type ApiSite, problem, refused, requestIdOf } from '../serve-operations.ts'
import { answerBook, type BookAsked } from './answer-book.ts'
import { places } from './properties.ts'
import { readXml } from './xml.ts'

const allowed = 'OPTIONS, GET, HEAD, PROPFIND, REPORT'
const largestQuestion = 256 * 1024

/** The address book over CardDAV (RFC 6352), to be read only; the token is the password. */
export function serveBook(site: ApiSite, community: Community): Hono {
  const street = new Hono()
  street.all('/.well-known/carddav', (c) => c.redirect(places.root, 301))
  const paths = [places.root.slice(0, -1), `${places.root}*`]
  street.on(
    ['PROPFIND', 'REPORT', 'GET'],
    paths,
    bodyLimit({
      maxSize: largestQuestion,
      onError: (c) => problem(c, site, { code: 'web/too-large' }, 413),
    }),
    (c) => answer(c, site, community),
  )
  street.on('OPTIONS', paths, (c) => {
    c.header('dav', '1, 3, addressbook')
    c.header('allow', allowed)
    return c.body(null, 204)
  })
  street.all(`${places.root}*`, (c) => {
    c.header('allow', allowed)
    return problem(c, site, { code: 'api/book-read-only' }, 405)
  })
  street.onError((fault, c) => {
    site.log.error({ requestId: requestIdOf(c), err: fault }, 'a request for the address book failed')
    return problem(c, site, { code: 'web/fault' }, 500)
  })
  return street
}

async function answer(c: Context, site: ApiSite, community: Community): Promise<Response> {
  const text = c.req.method === 'GET' || c.req.method === 'HEAD' ? '' : await c.req.text()
  const body = text.trim() === '' ? undefined : readXml(text)
  const presented = {
    secret: secretIn(c.req.header('authorization')),
    caller: site.callerOf(c),
    now: site.clock.now(),
    requestId: requestIdOf(c),
  }
  const asked: BookAsked = {
    method: methodOf(c.req.method),
    path: c.req.path === places.root.slice(0, -1) ? places.root : c.req.path,
    depth: c.req.header('depth') ?? (c.req.method === 'PROPFIND' ? 'infinity' : '0'),
    body,
    kept: c.req.header('if-none-match'),
    locale: localeFor(site.languages, c.req.header('accept-language')),
  }
  const isBroken = text.trim() !== '' && body === undefined
  const result = await site.door.enter(presented, 'address-book', async (scope) =>
    isBroken
      ? { ok: false, refusal: { code: 'api/xml', kind: 'invalid' } }
      : answerBook(scope, community, asked),
  )
  if (!result.ok) return refused(c, site, result.refusal, 'Basic realm="Parley", charset="UTF-8"')
  c.header('cache-control', 'private, no-cache')
  c.header('vary', 'Accept-Encoding, Accept-Language, Authorization')
  c.header('dav', '1, 3, addressbook')
  const { value } = result
  if (value.kind === 'multistatus') {
    c.header('content-type', 'application/xml; charset=utf-8')
    return c.body(value.xml, 207)
  }
  if (value.kind === 'precondition') {
    c.header('content-type', 'application/xml; charset=utf-8')
    return c.body(value.xml, 403)
  }
  c.header('etag', value.tag)
  if (value.kind === 'not-modified') return c.body(null, 304)
  c.header('content-type', 'text/vcard; charset=utf-8')
  return c.body(value.vcard)
}

function methodOf(method: string): BookAsked['method'] {
  return method === 'PROPFIND' || method === 'REPORT' ? method : 'GET'
}

/** The token as the password of any user name, as programs for address books send it. */
function secretIn(authorization: string | undefined): string | undefined {
  const [, coded] = /^Basic +([A-Za-z0-9+/=]{1,400}) *$/i.exec(authorization ?? '') ?? []
  if (coded === undefined) return undefined
  const pair = Buffer.from(coded, 'base64').toString()
  return pair.slice(pair.indexOf(':') + 1)
}
