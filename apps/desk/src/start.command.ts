import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { serve, type ServerType } from '@hono/node-server'
import { FolderInUse } from '@parley/host'
import { systemClock } from '@parley/kernel'
import { type DeskNeeds, openDesk, type RunningDesk } from './open-desk.ts'

export const startUsage =
  'start [--folder FOLDER] [--port PORT] [--profile FOLDER] [--listen HOST --address https://NAME]'

interface Console {
  readonly say: (line: string) => void
}

/** Starts the Desk and says where it is. Gives back the code to end with where it does not start. */
export async function startCommand(words: readonly string[], { say }: Console): Promise<number | undefined> {
  const asked = readWords(words)
  if (asked === undefined) {
    say(`Usage: npm run desk -- ${startUsage}`)
    return 2
  }
  const { folder, port, profile, listen, origin } = asked
  const isShared = listen !== undefined
  const running = openOrExplain({ folder, profile, origin, clock: systemClock, isShared }, say)
  if (!running) return 1
  if (listen !== undefined && running.desk.store.isNew()) {
    await running.close()
    say(
      'There is no user yet: whoever came first would own this Desk. Start it without --listen and make one.',
    )
    return 2
  }
  const servers = await listenAt(running.fetch, listen === undefined ? loopback : [listen], port)
  stopOnSignal(async () => {
    for (const server of servers) server.close()
    await running.close()
  })
  say(`Parley Desk is running: ${origin.origin}`)
  if (running.secret !== undefined) say(`One-time secret for the first visit: ${running.secret}`)
  say('It is locked until a passphrase opens it; while it is locked, no mail is fetched.')
  return undefined
}

function openOrExplain(needs: DeskNeeds, say: Console['say']): RunningDesk | undefined {
  try {
    return openDesk(needs)
  } catch (fault) {
    if (!(fault instanceof FolderInUse)) throw fault
    say(fault.message)
    return undefined
  }
}

/** Both, so that no other program of this machine can answer under the same name. */
const loopback = ['127.0.0.1', '::1']

function readWords(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      folder: { type: 'string', default: join(homedir(), 'parley-desk') },
      port: { type: 'string', default: '8300' },
      profile: { type: 'string', default: usualProfile },
      listen: { type: 'string' },
      address: { type: 'string' },
    },
  })
  const { folder, profile, listen, address } = values
  const port = Number(values.port)
  const isShared = listen !== undefined && address !== undefined && URL.canParse(address)
  if (!Number.isInteger(port) || port < 1 || port > 65_535 || (listen !== undefined) !== isShared)
    return undefined
  const origin = new URL(address ?? `http://localhost:${port}`)
  // A passphrase that crosses a network in clear is everybody's.
  if (isShared && origin.protocol !== 'https:') return undefined
  return { folder, profile, port, origin, ...(listen !== undefined && { listen }) }
}

const usualProfile = fileURLToPath(new URL('../../directory/profiles/united-nations', import.meta.url))

async function listenAt(
  fetch: (request: Request) => Response | Promise<Response>,
  hosts: readonly string[],
  port: number,
): Promise<readonly ServerType[]> {
  const servers: ServerType[] = []
  for (const hostname of hosts) {
    const server = await new Promise<ServerType | undefined>((resolve, reject) => {
      const made = serve({ fetch, hostname, port }, () => resolve(made))
      // A machine without IPv6 has no such address.
      made.on('error', (fault: NodeJS.ErrnoException) =>
        fault.code === 'EADDRNOTAVAIL' || fault.code === 'EAFNOSUPPORT' ? resolve(undefined) : reject(fault),
      )
    })
    if (server) servers.push(server)
  }
  return servers
}

function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
}
