import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process that is started again whenever it is gone, as an operator's supervisor does. */
export interface Supervised {
  readonly name: string
  /** Waits until it is ready for work. */
  ready(): Promise<void>
  /** As by `kill -9`. */
  kill(): Promise<void>
  /** How often it ended without being told to, after it had been ready. */
  readonly fell: () => number
  stop(): Promise<void>
}

export function supervise(name: string, program: URL, orders: object): Supervised {
  let isStopped = false
  let fell = 0
  let child: ChildProcess
  let ready = Promise.withResolvers<void>()
  const killed = new WeakSet<ChildProcess>()
  const start = () => {
    const next = fork(program, [JSON.stringify(orders)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    child = next
    let isReady = false
    let complaint = ''
    next.stderr?.on('data', (piece) => (complaint += String(piece)))
    next.once('message', () => {
      isReady = true
      ready.resolve()
    })
    next.once('exit', () => {
      if (isReady && !killed.has(next) && !isStopped) {
        fell += 1
        console.error(`${name} ended by itself: ${complaint.slice(0, 2_000)}`)
      }
      if (isReady) ready = Promise.withResolvers()
      if (!isStopped) void sleep(300).then(() => isStopped || start())
    })
  }
  start()
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    killed.add(child)
    child.kill('SIGKILL')
    await ended
  }
  return {
    name,
    ready: () => ready.promise,
    kill: end,
    fell: () => fell,
    stop: async () => {
      isStopped = true
      await end()
    },
  }
}
