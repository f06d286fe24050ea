import { createHash } from 'node:crypto'
import { done } from '../../platform/action.ts'
import { type Languages, type Locale, ok, type Refusal, type Result } from '@parley/kernel'
import type { Sentences } from '@parley/web'
import { type Context, Hono } from 'hono'
import type { Logger } from 'pino'
import type { Clock } from '@parley/kernel'
import { type Done, unchanged } from '../../platform/action.ts'
import type { Act } from '../../platform/history/record.ts'
import { mayRole } from '../../platform/session/authority.ts'
import { countCard, countListing, countSnapshot, type SystemDoor, type SystemScope } from '../tokens/index.ts'
import { authority } from './authority.ts'
import { hasTag, localeFor, takesJson } from './negotiate.ts'
import type { Operation, ReadFile, Reading } from './operation.ts'
import { problemOf, type ProblemStatus, statusOf } from './problem.ts'

export interface ApiSite {
  /** What the community speaks. */
  readonly languages: Languages
  readonly origin: URL
  readonly clock: Clock
  readonly log: Logger
  readonly door: SystemDoor
  readonly texts: () => readonly Sentences[]
  readonly callerOf: (c: Context) => string
}

export const base = '/api/v1'

type Body = string | ReturnType<ReadFile['body']>
type Reply = {
  readonly tag: string
  readonly body?: () => Body
  readonly size?: number | undefined
  readonly next?: URLSearchParams | undefined
}

/** Puts operations on the street: language, token, authority, transaction, limits, answer; problems as RFC 9457. */
export function serveOperations(site: ApiSite, operations: readonly Operation[]): Hono {
  const street = new Hono()
  for (const operation of operations) {
    const path = base + operation.path.replace(/\{([a-z]+)\}/g, ':$1')
    street.get(path, (c) => answer(c, site, operation))
    street.all(path, (c) => {
      c.header('allow', 'GET, HEAD')
      return problem(c, site, { code: 'api/method' }, 405)
    })
  }
  street.get('/api/problems/*', (c) => c.redirect(`/${localeOf(c, site)}/api#problems`))
  street.all('/api/*', (c) => problem(c, site, { code: 'api/not-found' }, 404))
  street.onError((fault, c) => {
    site.log.error({ requestId: requestIdOf(c), err: fault }, 'a request of the API failed')
    return problem(c, site, { code: 'web/fault' }, 500)
  })
  return street
}

async function answer(c: Context, site: ApiSite, operation: Operation): Promise<Response> {
  if (!takesJson(c.req.header('accept'), operation.media))
    return problem(c, site, { code: 'api/not-acceptable' }, 406)
  const presented = {
    secret: bearerIn(c.req.header('authorization')),
    caller: site.callerOf(c),
    now: site.clock.now(),
    requestId: requestIdOf(c),
  }
  const kept = c.req.header('if-none-match')
  const result = await site.door.enter(presented, operation.needs, (scope) =>
    reply(scope, operation, { params: c.req.param(), query: queryOf(c) }, kept),
  )
  if (!result.ok) return refused(c, site, result.refusal)
  const { tag, body, size, next } = result.value
  c.header('etag', tag)
  // Contact data: whoever keeps a copy asks each time whether it may still be used.
  c.header('cache-control', 'private, no-cache')
  c.header('vary', 'Accept-Encoding, Authorization')
  if (next)
    c.header('link', `<${new URL(`${new URL(c.req.url).pathname}?${next}`, site.origin)}>; rel="next"`)
  if (body === undefined) return c.body(null, 304)
  c.header('content-type', operation.media ?? 'application/json; charset=utf-8')
  if (size !== undefined) c.header('content-length', String(size))
  return c.body(c.req.method === 'HEAD' ? '' : body())
}

/** Reads, and counts what goes out: an answer that the system has already costs nothing. */
async function reply(
  scope: SystemScope,
  operation: Operation,
  asked: Parameters<Operation['read']>[1],
  kept: string | undefined,
): Promise<Result<Done<Reply>>> {
  if (!mayRole(authority, scope.actor.role, operation.verb))
    return { ok: false, refusal: { code: 'web/forbidden', kind: 'forbidden' } }
  const read = await operation.read(scope, asked)
  if (!read.ok) return read
  const { file, next } = read.value
  const text = file ? '' : JSON.stringify(read.value.value)
  const tag = `"${file?.digest ?? createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  if (hasTag(kept, tag)) return unchanged({ tag, next })
  const counted = await count(scope, read.value)
  if (!counted.ok) return counted
  const [first, ...others] = counted.value
  const value = { tag, body: file?.body ?? (() => text), size: file?.size, next }
  return first ? done(value, [first, ...others]) : unchanged(value)
}

async function count(scope: SystemScope, reading: Reading<unknown>): Promise<Result<readonly Act[]>> {
  const { states = 0, begins = false, isCard = false, isSnapshot = false } = reading
  if (isSnapshot) return countSnapshot(scope)
  if (isCard) {
    const card = await countCard(scope)
    return card.ok ? ok([]) : card
  }
  return states === 0 ? ok([]) : countListing(scope, { states, begins, way: 'api' })
}

function queryOf(c: Context): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [
      name,
      values.length === 1 ? (values[0] ?? '') : values,
    ]),
  )
}

function bearerIn(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
}

/** `how` is what a request without a token is asked to bring. */
export function refused(
  c: Context,
  site: ApiSite,
  refusal: Refusal,
  how = 'Bearer realm="Parley"',
): Response {
  const status = statusOf[refusal.kind]
  if (status === 401) c.header('www-authenticate', how)
  const seconds = refusal.values?.['seconds']
  if (seconds !== undefined) c.header('retry-after', String(seconds))
  return problem(c, site, refusal, status)
}

export function problem(
  c: Context,
  site: ApiSite,
  refusal: Pick<Refusal, 'code' | 'field' | 'values'>,
  status: ProblemStatus,
): Response {
  const { origin, texts } = site
  const locale = localeOf(c, site)
  const said = problemOf({ origin, locale, texts: texts(), requestId: requestIdOf(c) }, status, refusal)
  c.header('content-type', 'application/problem+json; charset=utf-8')
  c.header('content-language', locale)
  c.header('cache-control', 'no-store')
  c.header('vary', 'Accept-Encoding, Accept-Language, Authorization')
  return c.body(JSON.stringify(said), status)
}

function localeOf(c: Context, { languages }: ApiSite): Locale {
  return localeFor(languages, c.req.header('accept-language'))
}

export function requestIdOf(c: Context): string {
  return String(c.get('requestId'))
}
