import { timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

export interface MetricsDoor {
  readonly host: string
  readonly port: number
  /** What a caller must present as `Authorization: Bearer`; needed beyond this machine. */
  readonly token?: string
}

/** Metrics have a port of their own: the street never answers them. Gives back the port and how to close it. */
export async function serveMetrics(
  { host, port, token }: MetricsDoor,
  text: () => Promise<string>,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') return void response.writeHead(404).end()
    if (token !== undefined && !isSame(request.headers.authorization ?? '', `Bearer ${token}`))
      return void response.writeHead(401).end()
    text().then(
      (body) =>
        response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(body),
      () => response.writeHead(503).end(),
    )
  })
  await new Promise<void>((listening, refused) => {
    server.once('error', refused)
    server.listen(port, host, listening)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

function isSame(given: string, ours: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(ours)]
  return one.length === other.length && timingSafeEqual(one, other)
}
