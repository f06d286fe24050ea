import { readFileSync, rmSync } from 'node:fs'
import { createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchChromium } from '@parley/testkit'
import type { Browser } from 'playwright-core'

/**
 * A browser all of whose traffic goes through a proxy that writes it down and lets through only what is for one
 * origin; and its own network log, which also has what never becomes a request (a name that is looked up).
 */
export interface Capture {
  readonly browser: Browser
  /** Takes the policy out of every answer, to see what it would have held back. */
  withoutPolicy(isOff: boolean): void
  /** Everything that the proxy saw so far: request lines, headers, bodies, tunnels that were asked for. */
  traffic(): string
  /** The same without what the browser asks its maker by itself. */
  pagesTraffic(): string
  /** Ends the browser; gives its network log, without what it says of the proxy's own answers. */
  close(): Promise<string>
}

export async function captureTraffic(origin: URL): Promise<Capture> {
  const seen: string[] = []
  let isPolicyOff = false
  const proxy = createServer((asked, answer) => {
    const body: Buffer[] = []
    asked.on('data', (piece: Buffer) => body.push(piece))
    asked.on('end', () => {
      const bytes = Buffer.concat(body)
      seen.push(`${asked.method} ${asked.url}\n${asked.rawHeaders.join('\n')}\n\n${bytes.toString('latin1')}`)
      const to = URL.parse(asked.url ?? '')
      if (to?.host !== origin.host) {
        answer.writeHead(502).end()
        return
      }
      const onward = forward(to, { method: asked.method, headers: asked.headers }, (got) => {
        const headers = { ...got.headers }
        if (isPolicyOff) delete headers['content-security-policy']
        answer.writeHead(got.statusCode ?? 502, headers)
        got.pipe(answer)
      })
      onward.on('error', () => answer.writeHead(502).end())
      onward.end(bytes)
    })
  })
  // What would be encrypted, and WebSockets, ask for a tunnel: the host is seen, and nothing is let through.
  proxy.on('connect', (asked, socket) => {
    seen.push(`CONNECT ${asked.url}`)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
  const port = portOf(proxy.address())
  const log = join(tmpdir(), `parley-net-log-${process.pid}-${port}.json`)
  const browser = await launchChromium([
    `--proxy-server=http://127.0.0.1:${port}`,
    '--proxy-bypass-list=<-loopback>',
    // What the browser asks its maker by itself (of the shape of whatever is filled in, among others) is not the page's.
    '--disable-features=AutofillServerCommunication,OptimizationHints,MediaRouter,DialMediaRouteProvider,Translate',
    `--log-net-log=${log}`,
    '--net-log-capture-mode=Everything',
  ])
  return {
    browser,
    withoutPolicy: (isOff) => {
      isPolicyOff = isOff
    },
    traffic: () => seen.join('\n\n'),
    pagesTraffic: () => seen.filter((each) => !ownErrand.test(each)).join('\n\n'),
    close: async () => {
      await browser.close()
      proxy.closeAllConnections()
      await new Promise((closed) => proxy.close(closed))
      const text = readFileSync(log, 'utf8')
      rmSync(log)
      return text
    },
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port')
  return address.port
}

/** The browser asks its maker for updates and whether anybody is signed in to it: no switch ends that, no page causes it. */
const ownErrand = /^[A-Z]+ (?:https?:\/\/)?(?:accounts\.google\.com|update\.googleapis\.com)[:/]/

/** Whether a word stands somewhere, as it is or as programs carry it: any case, base64 at any place, hexadecimal. */
export function findWord(word: string, where: string): boolean {
  const bytes = Buffer.from(word)
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    // Letters that also hold bits of what stands before or after it say nothing of the word.
    return text.slice(before === 0 ? 0 : before + 1, -4)
  })
  return (
    where.toLowerCase().includes(word.toLowerCase()) ||
    where.toLowerCase().includes(bytes.toString('hex')) ||
    base64.some(
      (each) => where.includes(each) || where.includes(each.replace(/\+/g, '-').replace(/\//g, '_')),
    )
  )
}
