import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** A reply; `''` for none at all, undefined to hang up. */
type ScriptedReply = string | undefined

export interface ScriptedRelay {
  readonly url: string
  /** Every line of every client, but what stands in a message. */
  readonly said: readonly string[]
  /** Ends its connections, as one does that heard nothing for long. */
  hangUp(): Promise<void>
  close(): void
}

/** A mail server that keeps to a script: a reply by command (`''` greets, `.` ends a message), or one for each time. */
export async function openScriptedRelay(
  replies: Readonly<Record<string, ScriptedReply | readonly ScriptedReply[]>> = {},
): Promise<ScriptedRelay> {
  const said: string[] = []
  const sockets = new Set<Socket>()
  const times = new Map<string, number>()
  const script: typeof replies = {
    '': '220 relay.example',
    EHLO: '250-relay.example\r\n250 DSN',
    DATA: '354 Go on',
    '.': '250 2.0.0 Taken',
    ...replies,
  }
  const replyTo = (command: string): ScriptedReply => {
    if (!(command in script)) return '250 2.0.0 Ok'
    const reply = script[command]
    if (typeof reply === 'string' || reply === undefined) return reply
    const time = times.get(command) ?? 0
    times.set(command, time + 1)
    return reply[Math.min(time, reply.length - 1)]
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    let inData = false
    const answer = (command: string) => {
      const reply = replyTo(command)
      if (reply === undefined) socket.destroy()
      else if (reply !== '') socket.write(`${reply}\r\n`)
    }
    answer('')
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n').slice(0, -1)) {
        if (inData && line !== '.') continue
        said.push(line)
        answer(line.split(' ')[0] ?? '')
        inData = line === 'DATA'
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `smtp://127.0.0.1:${port}`,
    said,
    hangUp: async () => {
      const ends = [...sockets].map((socket) => once(socket, 'close'))
      for (const socket of sockets) socket.end()
      await Promise.all(ends)
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
