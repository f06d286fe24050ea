import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'

let running: ChildProcess | undefined

/** Runs a program in the foreground, its output live, and gives its exit code. */
export async function run(
  command: string,
  commandArguments: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  const child = spawn(command, commandArguments, { stdio: 'inherit', env: { ...process.env, ...env } })
  running = child
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code) => resolve(code ?? 1))
    })
  } finally {
    running = undefined
  }
}

/** On a signal: hands it to what is running, waits for its end, and leaves. */
export function leaveOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      const leave = () => process.exit(128 + constants.signals[signal])
      if (!running) leave()
      running?.once('exit', leave)
      // A terminal gives Ctrl+C to the child as well; it must not come twice.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) running?.kill(signal)
    })
  }
}
