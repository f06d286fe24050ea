import { connect as connectPlain } from 'node:net'
import { connect as connectSecure } from 'node:tls'

/** Whether the relay at `smtpUrl` greets us within ten seconds. Nothing is sent. */
export function reachRelay(smtpUrl: string, within = 10_000): Promise<boolean> {
  const { protocol, hostname, port } = new URL(smtpUrl)
  const isSecure = protocol === 'smtps:'
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const to = { host, port: Number(port || (isSecure ? 465 : 25)) }
  return new Promise((resolve) => {
    const socket = isSecure ? connectSecure({ ...to, servername: host }) : connectPlain(to)
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(within, () => end(false))
    socket.once('error', () => end(false))
    socket.once('data', (greeting) => end(String(greeting).startsWith('220')))
    socket.once('close', () => end(false))
  })
}
