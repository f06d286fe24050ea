import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemClock } from '@parley/kernel'
import { openOutbound, openSink } from '@parley/mail'
import { compose } from './compose.ts'
import { loadCommunity } from './modules/community/index.ts'
import { openKeys } from './platform/config/keys.ts'
import { openEmbedded } from './platform/database/embedded.ts'
import { FolderInUse, lockFolder } from './platform/database/folder-lock.ts'
import { openLog } from './platform/telemetry/log.ts'
import { run, stopOnSignal } from './run.ts'

/** `npm start`: the fictional community in an embedded database, with a mail sink, for one browser on this machine. */
export async function startDemonstration(): Promise<void> {
  const folder = resolve(process.env['PARLEY_FOLDER'] ?? 'data')
  const port = Number(process.env['PORT'] ?? 8080)
  const unlock = takeFolder(folder)
  if (!unlock) return
  const log = openLog(process.env['LOG_LEVEL'] ?? 'warn')
  const clock = systemClock
  const origin = new URL(`http://localhost:${port}`)
  const sink = await openSink({ host: '127.0.0.1', port: 0, folder: join(folder, 'mail') })
  const directory = await compose({
    engine: await openEmbedded(join(folder, 'database')),
    clock,
    keys: openKeys(readSecret(folder)),
    log,
    community: loadCommunity('united-nations', { demonstration: true }),
    origin,
    post: {
      outbound: openOutbound(sink.url, { connections: 2 }),
      from: 'checks@directory.example',
      mailbox: 'checks@directory.example',
    },
    band: () => 'DEMONSTRATION',
  })
  const running = await run(directory, { host: 'localhost', port, web: true, worker: true, clock, log })
  stopOnSignal(async () => {
    await running.stop()
    await sink.close()
    unlock()
  })
  console.log(`Parley is running: ${origin.origin}`)
}

function takeFolder(folder: string): (() => void) | undefined {
  try {
    return lockFolder(folder)
  } catch (fault) {
    if (!(fault instanceof FolderInUse)) throw fault
    console.error(fault.message)
    process.exitCode = 1
    return undefined
  }
}

function readSecret(folder: string): string {
  const file = join(folder, 'secret')
  mkdirSync(folder, { recursive: true })
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}
