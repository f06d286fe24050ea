import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
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
  /** Asks whichever is running for something; nothing where it does not live to answer. */
  ask(question: Question): Promise<string | undefined>
  stop(): Promise<void>
}

/** What is asked of a process, and told apart by its id. */
export interface Question {
  readonly id: string
  readonly what: string
}

export interface Told {
  readonly id: string
  readonly outcome: string
}

/** `logTo` is a file that takes what it says. */
export function supervise(name: string, program: URL, orders: object, logTo?: string): Supervised {
  const waiting = new Map<string, (outcome: string | undefined) => void>()
  let isStopped = false
  let fell = 0
  let child: ChildProcess
  let ready = Promise.withResolvers<void>()
  const killed = new WeakSet<ChildProcess>()
  const start = () => {
    const log = logTo === undefined ? undefined : openSync(logTo, 'a')
    const next = fork(program, [JSON.stringify(orders)], {
      stdio: ['ignore', log ?? 'ignore', 'pipe', 'ipc'],
    })
    if (log !== undefined) closeSync(log)
    child = next
    let isReady = false
    let complaint = ''
    next.stderr?.on('data', (piece) => (complaint += String(piece)))
    next.once('message', () => {
      isReady = true
      ready.resolve()
    })
    next.on('message', (told) => {
      if (!isTold(told)) return
      waiting.get(told.id)?.(told.outcome)
      waiting.delete(told.id)
    })
    // Asked in the moment in which it died.
    next.on('error', () => undefined)
    next.once('exit', () => {
      if (isReady && !killed.has(next) && !isStopped) {
        fell += 1
        console.error(`${name} ended by itself: ${complaint.slice(0, 2_000)}`)
      }
      if (isReady) ready = Promise.withResolvers()
      for (const forget of waiting.values()) forget(undefined)
      waiting.clear()
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
    ask: async (question) => {
      await ready.promise
      if (isStopped || !child.connected) return undefined
      return new Promise((resolve) => {
        waiting.set(question.id, resolve)
        child.send(question)
      })
    },
    stop: async () => {
      isStopped = true
      await end()
    },
  }
}

function isTold(message: unknown): message is Told {
  return typeof message === 'object' && message !== null && 'id' in message && 'outcome' in message
}
