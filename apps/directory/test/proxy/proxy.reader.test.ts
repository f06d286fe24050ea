import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../nominate.ts'
import { nextCode, password, personWithPassword } from '../people.ts'
import { type Served, serveOn } from '../serving.ts'
import { startRound } from '../start-round.ts'
import { ask, askPlain, askRaw, open } from './ask-proxy.ts'
import { type Proxy, proxies, startProxy } from './start-proxy.ts'

// The examples of docs/operate/proxy.md as they stand there, before a Directory that believes its proxy.

const origin = new URL('https://directory.example')
const ownForm = {
  origin: origin.origin,
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/x-www-form-urlencoded',
}

let served: Served
let port: number
let manager: string
let round: string
beforeAll(async () => {
  port = await freePort()
  served = await serveOn(port, { at: origin, behindProxy: true })
  const { world } = served
  const state = stateCode('XA')
  await world.participate(state)
  for (const kind of ['technical', 'diplomatic'] as const)
    await nominate(world, state, kind, { addresses: [email(`office@${kind}.sahiliya.example`)] })
  manager = (await world.visitor({ role: 'manager' })).cookie()
  round = await startRound(world)
  await world.work('send-messages')
}, 180_000)
afterAll(() => served?.stop())

describe.each(proxies)('behind %s', (name) => {
  let proxy: Proxy
  beforeAll(async () => {
    proxy = await startProxy(name, port)
  })
  afterAll(() => proxy?.stop())

  test('a page comes over TLS with HSTS, once, and with every header of the program', async () => {
    const { status, headers } = await ask(proxy, '/en')
    expect(status).toBe(200)
    expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains')
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test('http leads to the same page over https', async () => {
    const { status, headers } = await askPlain(proxy, '/en/states?page=2')
    expect([301, 308]).toContain(status)
    const to = new URL(headers.location ?? '')
    expect(to.protocol + to.hostname + to.pathname + to.search).toBe(
      'https:directory.example/en/states?page=2',
    )
  })

  test('POC-12: whoever signs in gets a cookie bound to this host, encrypted, out of reach of scripts', async () => {
    const { world } = served
    const address = `person@${name.toLowerCase()}.example`
    await personWithPassword(world, address, { role: 'poc', kind: 'technical', state: stateCode('XA') })
    const body = new URLSearchParams({ email: address, password, code: nextCode(world) }).toString()
    const { status, headers } = await ask(proxy, '/en/sign-in', { method: 'POST', headers: ownForm, body })
    expect(status).toBe(303)
    const cookie = headers['set-cookie']?.find((each) => each.startsWith('__Host-session=')) ?? ''
    expect(cookie).toMatch(/; Path=\//i)
    expect(cookie).toMatch(/; Secure/i)
    expect(cookie).toMatch(/; HttpOnly/i)
    expect(cookie).toMatch(/; SameSite=/i)
  })

  test('personal pages stay out of every cache, and files that never change may be kept', async () => {
    const { status, headers, text } = await ask(proxy, '/en/find', { headers: { cookie: manager } })
    expect(status).toBe(200)
    expect(headers['cache-control']).toBe('no-store')
    const [, stylesheet = ''] = /<link rel="stylesheet"[^>]* href="([^"]+)"/.exec(text) ?? []
    expect((await ask(proxy, stylesheet)).headers['cache-control']).toContain('immutable')
  })

  test('what is too long is refused in the reader’s language, and what is far too long, too', async () => {
    const long = await sendLong(proxy, 1_500_000)
    expect(long.status).toBe(413)
    expect(long.text).toContain('lang="fr"')
    expect((await sendLong(proxy, 5_000_000)).status).toBe(413)
  })

  test('POC-12: tries are counted by the real address, whatever the caller writes into a header', async () => {
    const [guesser, neighbour] = name === 'nginx' ? ['127.0.0.2', '127.0.0.3'] : ['127.0.0.4', '127.0.0.5']
    const statuses = []
    for (let tries = 0; tries < 21; tries += 1)
      statuses.push(await guess(proxy, guesser, { 'x-forwarded-for': `192.0.2.${tries}` }))
    expect(statuses.slice(0, 20)).not.toContain(429)
    expect(statuses[20]).toBe(429)
    // Each of these would make another caller of them, if it were believed.
    for (const headers of [
      { 'x-forwarded-for': '192.0.2.99, 192.0.2.100' },
      { 'X-FORWARDED-FOR': '::1' },
      { forwarded: 'for=192.0.2.99' },
      { 'x-real-ip': '192.0.2.99' },
      { x_forwarded_for: '192.0.2.99' },
      { connection: 'close, x-forwarded-for' },
    ])
      expect({ headers, status: await guess(proxy, guesser, headers) }).toEqual({ headers, status: 429 })
    expect(await guess(proxy, neighbour)).not.toBe(429)
  })

  test('the figures of a round come as they change: nobody between holds them back', async () => {
    const { world } = served
    // One proxy after the other sees one more answer.
    const before = proxies.indexOf(name)
    const stream = await open(proxy, `${round}/figures?as=running`, {
      headers: { cookie: manager, 'accept-encoding': 'gzip' },
    })
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8')
    expect(stream.headers['content-encoding']).toBeUndefined()
    let came = ''
    const until = async (text: string) => {
      for await (const part of stream.iterator({ destroyOnReturn: false })) {
        came += String(part)
        if (came.includes(text)) return
      }
    }
    await until(`${before} of 2 checks answered`)
    const codes = world.sent.flatMap(({ text }) => /checks\/(\d{12})/.exec(text)?.[1] ?? [])
    await (await world.visitor()).post(`/en/checks/${codes[before]}`)
    await until(`${before + 1} of 2 checks answered`)
    expect(came).toContain(`${before + 1} of 2 checks answered`)
    stream.destroy()
  })

  test('one request stays one request: what two readers would divide differently goes no further', async () => {
    const second = 'GET /en/find HTTP/1.1\r\nHost: directory.example\r\n\r\n'
    const bytes = [
      `${head('Content-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close')}0\r\n\r\n${second}`,
      `${head('Content-Length: 4\r\nContent-Length: 90\r\nConnection: close')}abcd${second}`,
      `${head('Transfer-Encoding: xchunked\r\nConnection: close')}0\r\n\r\n${second}`,
      `${head('Transfer-Encoding : chunked\r\nConnection: close')}0\r\n\r\n${second}`,
    ]
    for (const each of bytes) {
      const answers = (await askRaw(proxy, each)).match(/^HTTP\/1\.1 \d+/gm) ?? []
      expect({ each, answers: answers.length < 2 ? 'one' : answers }).toEqual({ each, answers: 'one' })
      expect(answers.join('')).not.toMatch(/ (?:2\d\d|50[0234])/)
    }
  })

  test('whoever names another host is not answered', async () => {
    // Each refuses in its own way; nothing of the program is seen.
    const named = await ask(proxy, '/en', { headers: { host: 'elsewhere.example' } })
    expect(named.text).not.toContain('Parley')
    expect(await askRaw(proxy, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'elsewhere.example')).not.toContain('200')
  })

  test('RULE-12: nothing that the proxy wrote names a path, a query or a caller, or holds what was typed', () => {
    const own = ['nginx.conf', 'Caddyfile', 'certificate.pem', 'key.pem']
    const written = globSync('**/*', { cwd: proxy.folder })
      .filter((file) => !own.includes(file))
      .map((file) => join(proxy.folder, file))
      .filter((file) => statSync(file).isFile())
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
    expect(written).not.toMatch(/\/en|page=2|127\.0\.0\.[2-5]|1111111|password/)
    if (name === 'nginx') expect(written).toMatch(/T\S+ GET 200 \d+ [\d.]+\n/)
  })
})

function sendLong(proxy: Proxy, bytes: number) {
  return ask(proxy, '/fr/answer', { method: 'POST', headers: ownForm, body: `code=${'1'.repeat(bytes)}` })
}

/** One try at the code of a check, from an address of this machine. */
async function guess(
  proxy: Proxy,
  from: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const asked = { method: 'POST', headers: { ...ownForm, ...headers }, body: 'code=000000000000', from }
  return (await ask(proxy, '/en/answer', asked)).status
}

function head(more: string): string {
  return `POST /en/answer HTTP/1.1\r\nHost: directory.example\r\n${more}\r\n\r\n`
}
