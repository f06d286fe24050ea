import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const sources = new URL('../src/', import.meta.url)

type Environment = Readonly<Record<string, string>>

/** The program as an operator runs it: a process of its own, told by its environment alone. */
export interface Program {
  readonly pid: number
  /** Everything it has said until now, on both outputs. */
  said(): string
  /** Waits until it says a text; throws with all it said when it ends before. */
  says(text: string): Promise<void>
  kill(signal: NodeJS.Signals): void
  /** Its exit code; the signal's name when one ended it. */
  readonly ended: Promise<number | string>
}

export function startProgram(
  file: 'main.ts' | 'cli.ts',
  words: readonly string[],
  settings: Environment,
): Program {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, sources)), ...words], {
    env: { PATH: process.env['PATH'] ?? '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const output of [child.stdout, child.stderr]) output.on('data', (piece) => (text += String(piece)))
  const ended = endOf(child)
  return {
    pid: child.pid ?? 0,
    said: () => text,
    says: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => text.includes(wanted) && resolve()
        for (const output of [child.stdout, child.stderr]) output.on('data', look)
        look()
        void ended.then((code) => reject(new Error(`The program ended (${code}):\n${text}`)))
      }),
    kill: (signal) => child.kill(signal),
    ended,
  }
}

/** Runs a program to its end. */
export async function runProgram(
  file: 'main.ts' | 'cli.ts',
  words: readonly string[],
  settings: Environment,
): Promise<{ readonly code: number | string; readonly said: string }> {
  const program = startProgram(file, words, settings)
  const code = await program.ended
  return { code, said: program.said() }
}

async function endOf(child: ChildProcess): Promise<number | string> {
  const [code, signal]: (number | string | null)[] = await once(child, 'close')
  return code ?? signal ?? 'unknown'
}

/** Settings that are fit for operation, without a database; mail goes to a port where nobody listens. */
export function safeSettings(port: number): Environment {
  return {
    PARLEY_ORIGIN: `http://localhost:${port}`,
    PARLEY_PORT: String(port),
    PARLEY_SECRET: 'q8Vb2nZx7Lk0PwYt5RmJc1SdHf9GaUe3TiOo6BlNvMs=',
    SMTP_URL: 'smtp://127.0.0.1:9',
    IMAP_URL: 'imap://parley:secret@127.0.0.1:9',
    MAIL_FROM: 'checks@directory.example',
    MANAGER_EMAIL: 'manager@directory.example',
    LOG_LEVEL: 'silent',
  }
}
