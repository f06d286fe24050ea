import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { lockFolder } from '@parley/host'
import type { Clock } from '@parley/kernel'
import type { Logger } from 'pino'
import { restoreCommand } from './backup.command.ts'
import type { Directory } from './compose.ts'
import { openOn } from './open-directory.ts'
import { asDuty, done } from './platform/action.ts'
import { BackupRefused } from './platform/backup/encryption.ts'
import {
  finishRestore,
  isEmpty,
  isRestoring,
  loadBackup,
  undoRestore,
} from './platform/backup/load-backup.ts'
import { type OpenBackup, openBackup } from './platform/backup/read-backup.ts'
import { openKeys } from './platform/config/keys.ts'
import type { Settings } from './platform/config/settings.ts'
import { type Engine, openDatabase } from './platform/database/database.ts'
import { openEmbedded } from './platform/database/embedded.ts'
import { readMigrations } from './platform/database/migrate.ts'
import { openPostgres } from './platform/database/postgres.ts'
import { runDuty } from './platform/duties/duties.ts'
import { describeBreak } from './platform/history/describe-break.ts'
import type { Erasure } from './platform/history/erase.ts'
import { BrokenErasures, erasureFileIn, parseErasures } from './platform/history/erasure-file.ts'
import { repeatErasures } from './platform/history/repeat-erasures.ts'
import { verifyHistory } from './platform/history/verify.ts'
import { loadCommunity } from './modules/community/index.ts'

type Say = (line: string) => void

/** `parley restore`, in a process of its own. Gives back the exit code; nothing half restored is left. */
export async function restore(
  words: readonly string[],
  settings: Settings,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
  say: Say,
): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: { from: { type: 'string' }, key: { type: 'string' }, erasures: { type: 'string' } },
  })
  if (values.from === undefined || values.key === undefined) {
    say(`  parley ${restoreCommand.usage}`)
    return 2
  }
  try {
    const erasures = readErasures(settings, values.erasures)
    const keyFile = readFileSync(values.key, 'utf8')
    await restoreFile({ file: values.from, keyFile, erasures }, settings, { clock, log }, say)
    say(
      'Keep the list of erasures. Compare with a checkpoint that somebody kept: parley verify-history --against FILE',
    )
    return 0
  } catch (fault) {
    if (!(fault instanceof BackupRefused) && !(fault instanceof BrokenErasures)) throw fault
    say(`Not restored: ${fault.message}`)
    return 1
  }
}

/** Fills the empty place that the settings name; throws `BackupRefused`, and leaves nothing there, where it cannot. */
export async function restoreFile(
  {
    file,
    keyFile,
    erasures,
  }: { readonly file: string; readonly keyFile: string; readonly erasures: readonly Erasure[] },
  settings: Settings,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
  say: Say,
): Promise<void> {
  const backup = await openBackup(file, keyFile, openKeys(settings.PARLEY_SECRET))
  const ground = await clearGround(settings)
  const rows = await ground.build((engine) => fill(engine, { settings, backup, erasures, clock, log, say }))
  say(`Restored ${rows} rows of the backup made at ${backup.at.toISOString()}.`)
}

/** Without the list, what was erased since the backup would come back. */
function readErasures(settings: Settings, named: string | undefined): readonly Erasure[] {
  if (named === 'none') return []
  const file = named ?? erasureFileIn(resolve(settings.PARLEY_FOLDER))
  if (named === undefined && !existsSync(file))
    throw new BackupRefused(
      `there is no list of erasures in ${file}. Give it with --erasures FILE; say --erasures none only if nothing was erased since the backup.`,
    )
  return parseErasures(readFileSync(file, 'utf8'))
}

interface Filling {
  readonly settings: Settings
  readonly backup: OpenBackup
  readonly erasures: readonly Erasure[]
  readonly clock: Clock
  readonly log: Logger
  readonly say: Say
}

async function fill(
  engine: Engine,
  { settings, backup, erasures, clock, log, say }: Filling,
): Promise<number> {
  let rows = 0
  const directory = await openOn(
    { engine, release: () => undefined },
    {
      settings,
      community: loadCommunity(settings.PARLEY_PROFILE, { demonstration: false }),
      log,
      fill: async (migrations) => {
        rows = await loadBackup(engine, backup.lines, await readMigrations(migrations))
      },
    },
  )
  try {
    await finish(directory, { backup, erasures, clock, say })
    await finishRestore(engine)
  } finally {
    await directory.close()
  }
  return rows
}

/** Held to be whole, and without what was erased since, before anybody may use it. */
async function finish(
  directory: Directory,
  { backup, erasures, clock, say }: Omit<Filling, 'settings' | 'log'>,
): Promise<void> {
  const verdict = await verifyHistory(directory.database, directory.checkpointKey)
  if (verdict.broken) throw new BackupRefused(`its history is broken: ${describeBreak(verdict.broken)}`)
  say(`The history holds: ${verdict.length} acts, ${verdict.checkpoints} checkpoints.`)
  await eraseAgain(directory, erasures, clock, say)
  await directory.performer.perform(asDuty('restore', clock.now()), async () =>
    done(undefined, [{ verb: 'backup.restored', subject: `backup:${backup.id}` }]),
  )
}

async function eraseAgain(
  directory: Directory,
  erasures: readonly Erasure[],
  clock: Clock,
  say: Say,
): Promise<void> {
  const { performer, database, rooms, duties } = directory
  const erasers = rooms.flatMap((room) => (room.erasers ? [room.erasers] : []))
  const unknown = await repeatErasures(performer, erasers, erasures, clock.now())
  for (const duty of duties) if (duty.erases) await runDuty(duty, database, clock.now())
  say(`Erasures repeated: ${erasures.length}`)
  if (unknown > 0) say(`Of these, ${unknown} are of a kind that this Parley does not know: use a newer one.`)
}

/** A place for the new database, where a failure leaves nothing behind. */
interface Ground {
  build<T>(work: (engine: Engine) => Promise<T>): Promise<T>
}

function clearGround(settings: Settings): Promise<Ground> {
  const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, DATABASE_CONNECTIONS: connections } = settings
  return url !== undefined && ownerUrl !== undefined
    ? groundOnServer({ url, ownerUrl, connections })
    : groundInFolder(resolve(settings.PARLEY_FOLDER))
}

async function groundOnServer(server: Parameters<typeof openPostgres>[0]): Promise<Ground> {
  const engine = await openPostgres(server)
  if (!(await isEmpty(engine))) {
    const isOurs = await openDatabase(engine)
      .transaction({ role: 'worker' }, isRestoring)
      .catch(() => false)
    if (isOurs) await undoRestore(engine)
    else {
      await engine.close()
      throw new BackupRefused('the database is not empty. Make a new one; this one was not touched.')
    }
  }
  return {
    build: async (work) => {
      try {
        return await work(engine)
      } catch (fault) {
        // The engine may be closed by now.
        const again = await openPostgres(server)
        if (!(await isEmpty(again))) await undoRestore(again)
        await again.close()
        throw fault
      }
    },
  }
}

/** Beside its place, whose name it takes only when it is whole. */
async function groundInFolder(folder: string): Promise<Ground> {
  const release = lockFolder(folder)
  const [place, unfinished] = [join(folder, 'database'), join(folder, 'database-unfinished')]
  if (existsSync(place)) {
    release()
    throw new BackupRefused(
      `there is a database in ${folder} already: move ${place} away, or set another PARLEY_FOLDER.`,
    )
  }
  return {
    build: async (work) => {
      try {
        rmSync(unfinished, { recursive: true, force: true })
        const built = await work(await openEmbedded(unfinished))
        renameSync(unfinished, place)
        return built
      } finally {
        rmSync(unfinished, { recursive: true, force: true })
        release()
      }
    },
  }
}
