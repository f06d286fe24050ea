import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort, startPostgres } from '@parley/testkit'
import { mostMemoryOf, type Row } from './figures.ts'
import { askAll } from './load.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const paths = [
  '/en',
  '/ar',
  '/zh',
  '/fr/how-to-join',
  '/es/privacy',
  '/ru/accessibility',
  '/en/api',
  '/en/documents',
]

/** From the command to the first page, and the most memory: the demonstration, and a Directory on PostgreSQL. */
export async function benchStart(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const postgres = await startPostgres({ durable: true })
  try {
    const { appUrl, ownerUrl } = await postgres.createDatabase('start')
    const embedded = { PARLEY_FOLDER: join(folder, 'embedded') }
    const served = {
      PARLEY_FOLDER: join(folder, 'served'),
      PARLEY_SECRET: 'q8Vb2nZx7Lk0PwYt5RmJc1SdHf9GaUe3TiOo6BlNvMs=',
      DATABASE_URL: appUrl,
      DATABASE_OWNER_URL: ownerUrl,
      SMTP_URL: 'smtp://127.0.0.1:9',
      IMAP_URL: 'imap://parley:secret@127.0.0.1:9',
      MAIL_FROM: 'checks@directory.example',
      MANAGER_EMAIL: 'manager@directory.example',
      LOG_LEVEL: 'silent',
    }
    return [
      await started('demonstration, first run', ['apps/directory/src/main.ts', 'demonstration'], embedded),
      await started('demonstration, again', ['apps/directory/src/main.ts', 'demonstration'], embedded),
      await started('on PostgreSQL, first run', serveWords(), served),
      await started('on PostgreSQL, again', serveWords(), served),
    ]
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What `npm run serve` starts, with its limits of memory. */
function serveWords(): readonly string[] {
  const { scripts }: { scripts: { serve: string } } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  return scripts.serve.split(' ').slice(1)
}

async function started(
  what: string,
  words: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<Row> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: `${port}`,
      PARLEY_PORT: `${port}`,
      PARLEY_ORIGIN: `http://localhost:${port}`,
      ...settings,
    },
    stdio: 'ignore',
  })
  try {
    await firstPage(child, port)
    const first = performance.now() - began
    const fresh = Math.round(await mostMemoryOf(child.pid ?? 0))
    const headers = { host: `localhost:${port}` }
    const { answered } = await askAll(
      port,
      paths.map((path) => ({ path, headers })),
      5,
    )
    return {
      start: what,
      'first page': `${(first / 1000).toFixed(2)} s`,
      'memory then': `${fresh} MB`,
      'after pages': `${Math.round(await mostMemoryOf(child.pid ?? 0))} MB`,
      'pages/s': answered.toFixed(0),
    }
  } finally {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
}

async function firstPage(child: ChildProcess, port: number): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`http://localhost:${port}/en`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(20)
  }
  throw new Error('The program ended before its first page.')
}
