import fc from 'fast-check'
import { locales } from '@parley/kernel'
import { hostileText, percentEncoded } from './hostile-text.ts'
import { type Who, whoever } from './people.ts'
import { type Kind, kinds, type Target, type Targets } from './targets.ts'

/** One request as it will be sent; made from a seed, so that it can be made again. */
export interface Plan {
  readonly target: Target
  readonly who: Who
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
}

const rarely = <T>(value: fc.Arbitrary<T>) => ({ weight: 1, arbitrary: value })
const mostly = <T>(value: fc.Arbitrary<T>, weight = 4) => ({ weight, arbitrary: value })

/** The input with this number. Each has a seed of its own: one that fails is made again alone. */
export function planOf(seed: number, targets: Targets): Plan {
  const [plan] = fc.sample(plans(targets), { seed, numRuns: 1 })
  if (!plan) throw new Error('no plan')
  return plan
}

/** Of a hundred: pages and forms are many. */
const weightOf: Readonly<Record<Kind, number>> = {
  page: 33,
  form: 40,
  live: 2,
  operation: 11,
  'address book': 8,
  'other door': 6,
}

const arbitraries = new WeakMap<Targets, fc.Arbitrary<Plan>>()

function plans(targets: Targets): fc.Arbitrary<Plan> {
  const known = arbitraries.get(targets)
  if (known) return known
  const made = fc
    .oneof(
      ...kinds.map((kind) => {
        const ofKind = targets.all.filter((target) => target.kind === kind)
        return { weight: weightOf[kind], arbitrary: fc.constantFrom(...ofKind) }
      }),
    )
    .chain((target) => planFor(target, targets))
  arbitraries.set(targets, made)
  return made
}

interface Sent {
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
}

function planFor(target: Target, { there }: Targets): fc.Arbitrary<Plan> {
  const path = pathFor(target, there)
  const who = fc.oneof(mostly(fc.constantFrom(...target.who)), rarely(fc.constantFrom(...whoever)))
  const sends: fc.Arbitrary<Sent> =
    target.method === 'GET' || target.method === 'OPTIONS' ? fc.constant({ headers: {} }) : bodyFor(target)
  return fc.tuple(path, queryFor(target), who, sends, headers).map(([address, query, by, sent, further]) => ({
    target,
    who: by,
    path: address + query,
    headers: { ...ownHeaders, ...sent.headers, ...further },
    ...(sent.body ? { body: sent.body } : {}),
  }))
}

/** What a browser says of a form of our own. */
const ownHeaders = { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin' }

function pathFor({ pattern, inLanguages }: Target, there: Targets['there']): fc.Arbitrary<string> {
  const whole = wholeOf(pattern, there)
  const names = [...pattern.matchAll(/:([a-z]+)\+?/gi)].map(([, name = '']) => name)
  const values = fc.tuple(
    ...names.map((name) =>
      fc.oneof(mostly(fc.constant(there[name] ?? '1'), 3), rarely(hostileText.map(percentEncoded))),
    ),
  )
  const filled = values.map((given) => {
    let at = 0
    return pattern.replace(/:[a-z]+\+?/gi, () => given[at++] ?? '')
  })
  const path = whole === undefined ? filled : fc.oneof(mostly(fc.constant(whole), 2), rarely(filled))
  if (!inLanguages) return path
  const language = fc.oneof(mostly(fc.constantFrom(...locales), 20), rarely(hostileText.map(percentEncoded)))
  return fc.tuple(language, path).map(([locale, rest]) => `/${locale}${rest === '/' ? '' : rest}`)
}

/** The address of a thing that is there, or of what one does with it: `/approvals/:request` and `/approve`. */
function wholeOf(pattern: string, there: Targets['there']): string | undefined {
  const known = there[pattern]
  if (known !== undefined) return known
  const before = Object.keys(there).find((each) => each.startsWith('/') && pattern.startsWith(`${each}/`))
  if (before === undefined) return undefined
  return `${(there[before] ?? '').replace(/\?.*/, '')}${pattern.slice(before.length)}`
}

function queryFor({ method, fields }: Target): fc.Arbitrary<string> {
  if (method !== 'GET') return fc.constant('')
  const pairs = fc.array(pairOf(fields), { maxLength: 6 })
  const query = pairs.map((each) => (each.length === 0 ? '' : `?${urlencoded(each)}`))
  return fc.oneof(mostly(query, 12), rarely(hostileText.map((text) => `?${percentEncoded(text)}`)))
}

type Pair = readonly [name: string, value: string]

/** A field of that form with a value that it offers, or not; or one that it does not know. */
function pairOf(fields: Target['fields']): fc.Arbitrary<Pair> {
  const names = Object.keys(fields)
  const unknown = fc.tuple(hostileText, hostileText)
  if (names.length === 0) return unknown
  const known = fc
    .constantFrom(...names)
    .chain((name) => fc.tuple(fc.constant(name), valueOf(fields[name] ?? [])))
  return fc.oneof(mostly(known, 9), rarely(unknown))
}

function valueOf(offered: readonly string[]): fc.Arbitrary<string> {
  const right = offered.length === 0 ? hostileText : fc.constantFrom(...offered)
  return fc.oneof(mostly(right, 3), mostly(hostileText, 2))
}

type SentBody = Required<Sent>

function bodyFor(target: Target): fc.Arbitrary<SentBody> {
  if (target.kind === 'address book') return questionOfBook
  const whole = fc.tuple(
    ...Object.entries(target.fields).map(([name, offered]) =>
      valueOf(offered).map((value): Pair => [name, value]),
    ),
  )
  // All of them, as a browser sends them; some are left out, come twice, or are not of that form.
  const odd = fc.array(pairOf(target.fields), { maxLength: 12 })
  const pairs = fc.oneof(
    mostly(whole, 3),
    mostly(odd, 2),
    rarely(fc.tuple(whole, odd).map((each) => each.flat())),
  )
  return fc.oneof(
    mostly(pairs.map(asForm), 8),
    mostly(
      fc.tuple(pairs, fc.nat(7)).map(([each, files]) => asParts(each, files)),
      3,
    ),
    rarely(
      fc
        .tuple(pairs, oddType)
        .map(([each, type]) => ({ ...asForm(each), headers: { 'content-type': type } })),
    ),
    rarely(fc.tuple(pairs, fc.nat(200)).map(([each, end]) => cutOff(asParts(each, 1), end))),
    rarely(fc.tuple(fc.uint8Array({ maxLength: 200 }), oddType).map(([bytes, type]) => rawOf(bytes, type))),
    rarely(fc.constantFrom(...tooMuch)),
  )
}

const oddType = fc.constantFrom(
  '',
  'text/plain',
  'application/json',
  'application/x-www-form-urlencoded; charset=utf-16',
  'application/x-www-form-urlencoded, multipart/form-data',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary="\\"',
  `multipart/form-data; boundary=${'x'.repeat(400)}`,
  'multipart/mixed; boundary=x',
  'MULTIPART/FORM-DATA; BOUNDARY=x',
  'a/b/c;;;=',
)

function asForm(pairs: readonly Pair[]): SentBody {
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(urlencoded(pairs)),
  }
}

function urlencoded(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`).join('&')
}

/** In parts, every so many of them a file of whatever type. */
function asParts(pairs: readonly Pair[], files: number): SentBody {
  const boundary = 'parts-of-a-form'
  const parts = pairs.map(([name, value], at) => {
    const quoted = name.replace(/[\r\n"]/g, '_')
    const file =
      files > 0 && at % files === 0 ? `; filename="${quoted}.txt"\r\nContent-Type: application/x-a` : ''
    return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted}"${file}\r\n\r\n${value}\r\n`
  })
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.from(`${parts.join('')}--${boundary}--\r\n`),
  }
}

function cutOff({ headers: kept, body }: SentBody, end: number): SentBody {
  return { headers: kept, body: body.subarray(0, Math.max(0, body.length - end)) }
}

function rawOf(bytes: Uint8Array, type: string): SentBody {
  return { headers: { 'content-type': type }, body: Buffer.from(bytes) }
}

const tooMuch: readonly SentBody[] = [
  asForm([['name', 'x'.repeat(1024 * 1024)]]),
  asForm(Array.from({ length: 3_000 }, (_, number): Pair => [`field${number}`, 'x'])),
  asForm(Array.from({ length: 3_000 }, (): Pair => ['name', 'x'])),
  asParts(
    Array.from({ length: 1_000 }, (): Pair => ['name', 'x']),
    1,
  ),
]

/** Questions of an address book: whole, broken, deep, and with names that nobody knows. */
const questionOfBook: fc.Arbitrary<SentBody> = fc
  .oneof(
    fc.constantFrom(
      '',
      '<D:propfind xmlns:D="DAV:"><D:allprop/></D:propfind>',
      '<D:propfind xmlns:D="DAV:"><D:prop><D:getetag/><D:nothing xmlns="x:y"/></D:prop></D:propfind>',
      '<D:sync-collection xmlns:D="DAV:"><D:sync-token/><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>',
      '<C:addressbook-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:prop><D:getetag/></D:prop><D:href>/carddav/x</D:href></C:addressbook-multiget>',
      '<a>'.repeat(5_000),
      `<!DOCTYPE a [<!ENTITY b "${'c'.repeat(99)}">]><a>${'&b;'.repeat(999)}</a>`,
      'x'.repeat(300 * 1024),
    ),
    hostileText,
    hostileText.map(
      (text) => `<D:sync-collection xmlns:D="DAV:"><D:sync-token>${text}</D:sync-token></D:sync-collection>`,
    ),
  )
  .map((text) => ({ headers: { 'content-type': 'application/xml', depth: '1' }, body: Buffer.from(text) }))

/** What else a request may carry: a header holds no line break and nothing beyond Latin 1. */
const headerText = hostileText.map((text) => text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?').slice(0, 4_000))

const headers: fc.Arbitrary<Readonly<Record<string, string>>> = fc.oneof(
  mostly(fc.constant({}), 14),
  ...[
    'accept-language',
    'accept',
    'cookie',
    'authorization',
    'if-none-match',
    'depth',
    'accept-encoding',
  ].map((name) => rarely(headerText.map((text) => ({ [name]: text })))),
  rarely(headerText.map((text) => ({ origin: text, 'sec-fetch-site': 'cross-site' }))),
  rarely(headerText.map((text) => ({ 'x-forwarded-for': text, 'x-forwarded-host': text, range: text }))),
  rarely(
    headerText.map((text) => ({ cookie: `parley-session=${text}; __Host-parley-session=${text}; ${text}` })),
  ),
)
