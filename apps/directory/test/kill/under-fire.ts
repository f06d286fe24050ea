import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, minute, newId } from '@parley/kernel'
import { openOutbound, openSink } from '@parley/mail'
import { createPostgresDatabase, settableClock } from '@parley/testkit'
import { openWorld, origin, type World } from '../world.ts'
import { openPlace, type Orders, type Place } from './orders.ts'
import type { Strike } from './strike.ts'

/** One Directory's database and mail, and processes on them that are killed. */
export interface UnderFire {
  readonly connections: number
  /** The same Directory in this process, which nobody kills. No other process runs meanwhile. */
  inPeace<T>(work: (world: World) => Promise<T>): Promise<T>
  /** Does duties in a process of their own; gives back where it was struck, or nothing if it came to its end. */
  work(duties: readonly string[], strike?: Strike): Promise<string | undefined>
  /** Presses the button of a check in a process that is killed at once after, if not before; whether it confirmed. */
  press(code: string, strike?: Strike): Promise<{ readonly confirmed: boolean; readonly struck?: string }>
  advance(milliseconds: number): void
  /** The Message-IDs of everything that the mail server took, in order. */
  arrived(): Promise<readonly string[]>
  close(): Promise<void>
}

/** Longer than a dead process's claim on a message is held for it. */
const untilRestart = 3 * minute
const program = new URL('killed-directory.ts', import.meta.url).pathname

export async function openUnderFire(): Promise<UnderFire> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-kill-'))
  const place = await choosePlace(folder)
  const connections = 2
  const sink = await openSink({ host: '127.0.0.1', port: 0, folder: join(folder, 'mail') })
  let now = settableClock().now()
  const ordersFor = (step: Orders['step'], strike: Strike | undefined): Orders => {
    const at = now
    now = after(now, untilRestart)
    return { place, smtp: sink.url, connections, now: at.toISOString(), step, ...(strike ? { strike } : {}) }
  }

  // The next process loads the program while one is at work.
  const raise = () => raiseChild(join(folder, 'compiled'))
  let next = raise()
  const start = (orders: Orders) => {
    const child = next
    next = raise()
    child.order(orders)
    return child
  }

  return {
    connections,
    inPeace: async (work) => {
      const { engine, leave } = await openPlace(place)
      const outbound = openOutbound(sink.url, { connections })
      const world = await openWorld({ engine, clock: settableClock(now), relay: { outbound, connections } })
      try {
        return await work(world)
      } finally {
        await outbound.close()
        await world.close()
        leave()
      }
    },
    work: async (duties, strike) => {
      const child = start(ordersFor(duties, strike))
      const { struck } = await child.ended
      return struck
    },
    press: async (code, strike) => {
      const child = start(ordersFor('answer', strike))
      const port = await child.port
      const status = port === undefined ? undefined : await postTo(port, `/en/checks/${code}`)
      child.kill()
      return { confirmed: status === 303, ...(await child.ended) }
    },
    advance: (milliseconds) => {
      now = after(now, milliseconds)
    },
    arrived: async () => {
      const all = (await sink.list(2_000)).toReversed()
      return Promise.all(
        all.map(async ({ id }) => {
          const raw = Buffer.from((await sink.read(id)) ?? []).toString('latin1')
          return /^Message-ID: (<[^>]+>)/im.exec(raw)?.[1] ?? ''
        }),
      )
    },
    close: async () => {
      next.kill()
      await next.ended
      await sink.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function choosePlace(folder: string): Promise<Place> {
  if (process.env['PARLEY_TEST_ENGINE'] !== 'postgres') return { kind: 'embedded', folder }
  const owner = process.env['PARLEY_TEST_POSTGRES'] ?? ''
  const urls = await createPostgresDatabase(owner, `kill_${newId().replaceAll('-', '')}`)
  return { kind: 'postgres', url: urls.appUrl, ownerUrl: urls.ownerUrl }
}

/** A process that waits for orders. It must come to its end or be killed: anything else is a fault. */
function raiseChild(compiled: string) {
  const child = spawn(process.execPath, [program], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // The first one spares the others half of their start.
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  })
  let struck: string | undefined
  let killed = false
  let complaint = ''
  child.stderr.on('data', (bytes: Buffer) => {
    complaint += bytes.toString()
  })
  const port = Promise.withResolvers<number | undefined>()
  createInterface(child.stdout).on('line', (line) => {
    const said: { port?: number; struck?: string } = JSON.parse(line)
    if (said.port !== undefined) port.resolve(said.port)
    struck = said.struck ?? struck
  })
  const ended = new Promise<{ struck?: string }>((resolve, reject) => {
    child.on('close', (code, signal) => {
      port.resolve(undefined)
      const asOrdered = signal === 'SIGKILL' ? killed || struck !== undefined : code === 0
      if (asOrdered) resolve(struck === undefined ? {} : { struck })
      else reject(new Error(`A Directory ended by itself (${signal ?? code}): ${complaint}`))
    })
  })
  return {
    port: port.promise,
    ended,
    order: (orders: Orders) => void child.stdin.write(`${JSON.stringify(orders)}\n`),
    kill: () => {
      killed = true
      child.kill('SIGKILL')
    },
  }
}

/** The status, or nothing when the line broke before there was one. */
function postTo(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const headers = { host: origin.host, origin: origin.origin, 'content-length': 0 }
    const asking = request({ host: '127.0.0.1', port, path, method: 'POST', headers }, (answer) => {
      resolve(answer.statusCode)
      answer.resume()
    })
    asking.on('error', () => resolve(undefined))
    asking.end()
  })
}
