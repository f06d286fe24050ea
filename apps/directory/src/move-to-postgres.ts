import { existsSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { lockFolder } from '@parley/host'
import type { Clock } from '@parley/kernel'
import type { Logger } from 'pino'
import { BackupRefused, makeKeyPair } from './platform/backup/encryption.ts'
import { writeBackup } from './platform/backup/write-backup.ts'
import { openKeys } from './platform/config/keys.ts'
import type { Settings } from './platform/config/settings.ts'
import { openEmbedded } from './platform/database/embedded.ts'
import { restoreFile } from './restore.ts'

/**
 * `parley move-to-postgres`, in a process of its own: a backup to a key that lives for this moment, restored where the
 * settings say. The embedded database is only read, and put aside when all has arrived and its history holds.
 */
export async function moveToPostgres(
  settings: Settings,
  outside: { readonly clock: Clock; readonly log: Logger },
  say: (line: string) => void,
): Promise<number> {
  if (settings.DATABASE_URL === undefined) {
    say('Say where to: set DATABASE_URL and DATABASE_OWNER_URL.')
    return 2
  }
  const folder = resolve(settings.PARLEY_FOLDER)
  const [from, aside, file] = ['database', 'database-moved', 'moving.age'].map((name) => join(folder, name))
  if (!from || !aside || !file || !existsSync(from)) {
    say(`Not moved: there is no embedded database in ${folder}.`)
    return 1
  }
  const release = lockFolder(folder)
  try {
    if (existsSync(aside)) throw new BackupRefused(`there is a database in ${aside} already: take it away.`)
    const { keyFile, recipient } = await makeKeyPair()
    // What a move that was interrupted left; nobody has its key.
    rmSync(file, { force: true })
    const engine = await openEmbedded(from)
    const to = { file, recipients: [recipient] }
    try {
      await writeBackup(engine, openKeys(settings.PARLEY_SECRET), to, outside.clock.now())
    } finally {
      await engine.close()
    }
    // Nothing was erased since: nobody has used the database meanwhile.
    await restoreFile({ file, keyFile, erasures: [] }, settings, outside, say)
    renameSync(from, aside)
    say(`Moved. The embedded database stands in ${aside}: take it away when you have made a backup.`)
    return 0
  } catch (fault) {
    if (!(fault instanceof BackupRefused)) throw fault
    say(`Not moved: ${fault.message}`)
    return 1
  } finally {
    rmSync(file, { force: true })
    release()
  }
}
