import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { FolderInUse } from '@parley/host'
import { systemClock } from '@parley/kernel'
import type { Logger } from 'pino'
import type { Directory } from './compose.ts'
import { WrongProfile } from './modules/community/index.ts'
import { importFolder } from './modules/library/index.ts'
import { openDirectory, runTyped } from './open-directory.ts'
import { listenForCommands } from './platform/command-socket.ts'
import { readSettings, type Settings, UnsafeSettings } from './platform/config/settings.ts'
import { endsSoon, openSigningKey, type SigningKey } from './platform/mail/signing-key.ts'
import { openLog } from './platform/telemetry/log.ts'
import { run, stopOnSignal } from './run.ts'

/** `serve [--web] [--worker]`: real operation, with settings from the environment. Both parts unless one is named. */
export async function startServe(words: readonly string[]): Promise<void> {
  try {
    const asked = parts(words)
    const settings = readSettings(process.env)
    const log = openLog(settings.LOG_LEVEL)
    const signingKey = await openSigningKeyOf(settings, log)
    const directory = await openDirectory(settings, log, signingKey)
    // The embedded database belongs to one process: there is no other that could do the other part.
    const isEmbedded = directory.database.kind === 'embedded'
    await serve(directory, settings, isEmbedded ? { web: true, worker: true } : asked, log)
  } catch (fault) {
    process.exitCode = explain(fault)
  }
}

/** Before anything is opened: a key that cannot sign would be noticed in the middle of a round. */
async function openSigningKeyOf(settings: Settings, log: Logger): Promise<SigningKey | undefined> {
  const { PARLEY_SIGNING_KEY: armored, PARLEY_SIGNING_PASSPHRASE: passphrase } = settings
  if (armored === undefined) return undefined
  const now = systemClock.now()
  const key = await openSigningKey(armored, passphrase, now)
  if (endsSoon(key, now))
    log.warn({ fingerprint: key.fingerprint, until: key.until }, 'the key that signs checks ends soon')
  return key
}

async function serve(
  directory: Directory,
  settings: Settings,
  { web, worker }: { readonly web: boolean; readonly worker: boolean },
  log: Logger,
): Promise<void> {
  const clock = systemClock
  const { PARLEY_DOCUMENTS: documents } = settings
  if (worker && documents !== undefined)
    await importFolder(directory.performer, clock.now(), documents, (line) => log.warn(line))
  const stopListening =
    directory.database.kind === 'embedded'
      ? await listenForCommands(resolve(settings.PARLEY_FOLDER), (request, say) =>
          runTyped(directory, clock, request, say),
        )
      : async () => undefined
  const { PARLEY_HOST: host, PARLEY_PORT: port } = settings
  const { METRICS_PORT, METRICS_HOST, METRICS_TOKEN } = settings
  const metrics = METRICS_PORT !== undefined && {
    host: METRICS_HOST,
    port: METRICS_PORT,
    ...(METRICS_TOKEN === undefined ? {} : { token: METRICS_TOKEN }),
  }
  const running = await run(directory, { host, port, web, worker, clock, log, ...(metrics && { metrics }) })
  stopOnSignal(async () => {
    await stopListening()
    await running.stop()
  })
  if (web) console.log(`Parley is running: ${settings.PARLEY_ORIGIN} (on ${host}, port ${running.port})`)
  if (worker) console.log('Parley works in the background.')
}

function parts(words: readonly string[]): { readonly web: boolean; readonly worker: boolean } {
  const { values } = parseArgs({
    args: [...words],
    options: { web: { type: 'boolean', default: false }, worker: { type: 'boolean', default: false } },
  })
  return values.web || values.worker ? values : { web: true, worker: true }
}

/** Says why it cannot start, and gives back the exit code: 2 where the operator set something wrong. */
export function explain(fault: unknown): number {
  if (fault instanceof UnsafeSettings || fault instanceof WrongProfile) {
    for (const problem of fault.problems) console.error(problem)
    return 2
  }
  if (!(fault instanceof Error)) throw fault
  console.error(fault.message)
  if (fault instanceof FolderInUse) return 1
  return 'code' in fault && String(fault.code).startsWith('ERR_PARSE_ARGS') ? 2 : 1
}
