import { createServer, connect, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** A line between the program and what it stands on, which can be made bad. */
export interface Link {
  readonly port: number
  /** Each piece takes so many milliseconds longer; nought is a good line. */
  delay(milliseconds: number): void
  /** Nothing passes until `release`, and nobody is told. */
  hold(): void
  release(): void
  /** Breaks every connection; gives back how many there were. */
  cut(): number
  /** Takes no connection until `accept`. */
  refuse(): void
  accept(): Promise<void>
  close(): void
}

/** What may happen to a piece on its way: it is passed on, or not. */
interface Way {
  readonly client: Socket
  readonly server: Socket
  readonly pass: () => void
  readonly cut: () => void
}

/** Told of each piece from the client or the server, in order; passes it on or does something else with it. */
type Look = (piece: Buffer, from: 'client' | 'server', way: Way) => void

/** A line from a port of our own to another port of this machine. */
export async function openLink(to: number, look: Look = (_, __, { pass }) => pass()): Promise<Link> {
  const pairs = new Set<{ readonly client: Socket; readonly server: Socket }>()
  let delay = 0
  let held = Promise.withResolvers<void>()
  held.resolve()
  const actLater = async (before: Promise<unknown>, act: () => void) => {
    await before
    if (delay > 0) await sleep(delay)
    await held.promise
    act()
  }
  const carry = (client: Socket, server: Socket, from: 'client' | 'server', cut: () => void) => {
    const [source, target] = from === 'client' ? [client, server] : [server, client]
    let last: Promise<unknown> = Promise.resolve()
    const inTurn = (act: () => void) => {
      last = actLater(last, act)
    }
    source.on('data', (piece) => {
      inTurn(() => look(piece, from, { client, server, pass: () => void target.write(piece), cut }))
    })
    source.on('end', () => inTurn(() => target.end()))
    source.on('error', cut)
    source.on('close', () => inTurn(cut))
  }
  const server = createServer((client) => {
    const onward = connect(to, '127.0.0.1')
    const pair = { client, server: onward }
    pairs.add(pair)
    const cut = () => {
      pairs.delete(pair)
      client.destroy()
      onward.destroy()
    }
    for (const socket of [client, onward]) socket.setNoDelay(true)
    carry(client, onward, 'client', cut)
    carry(client, onward, 'server', cut)
  })
  const port = await listen(server, 0)
  const cutAll = () => {
    const count = pairs.size
    for (const { client, server: onward } of pairs) {
      client.destroy()
      onward.destroy()
    }
    pairs.clear()
    return count
  }
  return {
    port,
    delay: (milliseconds) => {
      delay = milliseconds
    },
    hold: () => {
      held = Promise.withResolvers()
    },
    release: () => held.resolve(),
    cut: cutAll,
    refuse: () => {
      server.close()
      cutAll()
    },
    accept: async () => {
      if (!server.listening) await listen(server, port)
    },
    close: () => {
      held.resolve()
      server.close()
      cutAll()
    },
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}
