import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A program of a bench in a process of its own, asked one thing at a time. */
export interface Child {
  ask<T>(question: string, about?: unknown): Promise<T>
  end(): Promise<void>
}

/** What a piece of work took: milliseconds, and the most memory that the process ever held, in megabytes. */
export interface Used {
  readonly wall: number
  readonly cpu: number
  readonly memory: number
}

interface Reply {
  readonly value?: unknown
  readonly fault?: string
}

/** Starts `program`. With BENCH_PROFILE=<folder> it leaves a CPU profile there when it ends. */
export function startChild(program: URL, settings: object = {}): Child {
  const folder = process.env['BENCH_PROFILE']
  const execArgv = folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : []
  const child = fork(program, [JSON.stringify(settings)], { execArgv })
  let asked = Promise.withResolvers<Reply>()
  child.on('message', (reply: Reply) => asked.resolve(reply))
  child.on('exit', () => asked.resolve({ fault: 'the process ended' }))
  return {
    ask: async (question, about) => {
      asked = Promise.withResolvers()
      child.send({ question, about: about ?? null })
      const { value, fault } = await asked.promise
      if (fault !== undefined) throw new Error(`${program.pathname.split('/').at(-1)}: ${fault}`)
      return JSON.parse(String(value))
    },
    end: async () => {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

type Answers = Readonly<Record<string, (about: string) => Promise<unknown>>>

/** The child's side: answers until the one who asks goes away, then cleans up and ends. */
export function answer(answers: Answers, close: () => Promise<unknown>): void {
  const reply = async (asked: { question: string; about: string }) => {
    try {
      const value = await answers[asked.question]?.(asked.about)
      process.send?.({ value: JSON.stringify(value ?? null) })
    } catch (fault) {
      process.send?.({ fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) })
    }
  }
  process.on('message', (asked: { question: string; about: string }) => void reply(asked))
  process.on('disconnect', () => void close().finally(() => process.exit()))
}

/** The settings that the parent started this process with. */
export function settingsOf<Settings>(): Settings {
  return JSON.parse(process.argv[2] ?? '{}')
}

export async function measure(work: () => Promise<unknown>): Promise<Used> {
  const cpuBefore = process.cpuUsage()
  const began = performance.now()
  await work()
  const wall = performance.now() - began
  const { user, system } = process.cpuUsage(cpuBefore)
  return { wall, cpu: (user + system) / 1000, memory: process.resourceUsage().maxRSS / 1024 }
}
