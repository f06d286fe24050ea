import { type IncomingMessage } from 'node:http'
import { request as requestPlain } from 'node:http'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { connect } from 'node:tls'
import type { Proxy } from './start-proxy.ts'

export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** The address of this machine that the caller comes from. */
  readonly from?: string
}

export interface Answered {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

const name = 'directory.example'

/** Asks as a browser would that knows the proxy by its name and believes its certificate. */
export async function ask(proxy: Proxy, path: string, asked: Asked = {}): Promise<Answered> {
  const answer = await open(proxy, path, asked)
  return { status: answer.statusCode ?? 0, headers: answer.headers, text: await text(answer) }
}

/** The same, before its end: for what comes bit by bit. */
export function open(
  proxy: Proxy,
  path: string,
  { method = 'GET', headers = {}, body, from }: Asked,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const way = {
      host: '127.0.0.1',
      port: proxy.securePort,
      servername: name,
      ca: proxy.certificate,
      localAddress: from ?? '127.0.0.1',
      agent: false,
    } as const
    const asking = request({ ...way, path, method, headers: { host: name, ...headers } }, resolve)
    // A proxy that refuses a long body answers before it was sent.
    let isAnswered = false
    asking.once('response', () => (isAnswered = true))
    asking.on('error', (fault) => (isAnswered ? undefined : reject(fault)))
    asking.end(body)
  })
}

export async function askPlain(proxy: Proxy, path: string): Promise<Answered> {
  const way = {
    host: '127.0.0.1',
    port: proxy.plainPort,
    path,
    headers: { host: name },
    agent: false,
  } as const
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    requestPlain(way, resolve).on('error', reject).end()
  })
  return { status: answer.statusCode ?? 0, headers: answer.headers, text: await text(answer) }
}

/** What a proxy says to bytes that no browser would send; nothing where it hangs up. */
export function askRaw(proxy: Proxy, bytes: string, servername = name): Promise<string> {
  return new Promise((resolve) => {
    let came = ''
    const way = { host: '127.0.0.1', port: proxy.securePort, servername, ca: proxy.certificate }
    const socket = connect(way, () => socket.write(bytes))
    socket.on('data', (part) => (came += String(part)))
    socket.on('error', () => resolve(came))
    socket.on('close', () => resolve(came))
  })
}
