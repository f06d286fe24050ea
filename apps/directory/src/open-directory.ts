import { join, resolve } from 'node:path'
import { lockFolder } from '@parley/host'
import { type Clock, systemClock } from '@parley/kernel'
import { openMailbox, openOutbound, reachRelay } from '@parley/mail'
import type { Logger } from 'pino'
import { compose, type Directory, type Outside } from './compose.ts'
import { type Community, loadCommunity } from './modules/community/index.ts'
import { isRestoring } from './platform/backup/load-backup.ts'
import { type CommandScope, runCommand } from './platform/command.ts'
import type { CommandRequest } from './platform/command-socket.ts'
import { openKeys } from './platform/config/keys.ts'
import { type Settings, UnsafeSettings } from './platform/config/settings.ts'
import type { Engine } from './platform/database/database.ts'
import { isDemonstration } from './platform/database/demonstration-mark.ts'
import { openEmbedded } from './platform/database/embedded.ts'
import { findLoginProblems } from './platform/database/login-role.ts'
import { openPostgres } from './platform/database/postgres.ts'
import type { SigningKey } from './platform/mail/signing-key.ts'
import { prepareEmbedded } from './platform/database/prepare-embedded.ts'
import { readWholeBytes, readWholeFile, writeWholeFile } from './platform/typed-files.ts'

/**
 * A Directory as the settings of real operation say. Throws `UnsafeSettings`, `WrongProfile` or `FolderInUse` before it
 * does harm.
 */
export async function openDirectory(
  settings: Settings,
  log: Logger,
  signingKey?: SigningKey,
): Promise<Directory> {
  const community = loadCommunity(settings.PARLEY_PROFILE, { demonstration: false })
  return openOn(await openEngine(settings), {
    settings,
    community,
    log,
    ...(signingKey ? { signingKey } : {}),
  })
}

/** A database that is open for this process alone, and how to let its folder go. */
interface Opened {
  readonly engine: Engine
  readonly release: () => void
}

interface Opening {
  readonly settings: Settings
  readonly community: Community
  readonly log: Logger
  readonly signingKey?: SigningKey
  /** Fills the database first; then it may hold an unfinished restore. */
  readonly fill?: Outside['fill']
}

/** The same on a database opened by the caller. */
export async function openOn(
  { engine, release }: Opened,
  { settings, community, log, signingKey, fill }: Opening,
): Promise<Directory> {
  try {
    const outbound = openOutbound(settings.SMTP_URL, { connections: settings.SMTP_CONNECTIONS })
    const directory = await compose({
      engine,
      clock: systemClock,
      keys: openKeys(settings.PARLEY_SECRET),
      log,
      community,
      origin: new URL(settings.PARLEY_ORIGIN),
      managerEmail: settings.MANAGER_EMAIL,
      behindProxy: settings.BEHIND_PROXY,
      mailbox: openMailbox(settings.IMAP_URL),
      folder: resolve(settings.PARLEY_FOLDER),
      reachRelay: () => reachRelay(settings.SMTP_URL),
      ...(settings.BACKUP_RECIPIENT === undefined ? {} : { backupRecipient: settings.BACKUP_RECIPIENT }),
      ...(fill ? { fill } : {}),
      ...(signingKey ? { signingKey } : {}),
      post: {
        outbound,
        connections: settings.SMTP_CONNECTIONS,
        pace: {
          perMinute: settings.SMTP_PER_MINUTE,
          perMinuteAndDomain: settings.SMTP_PER_MINUTE_AND_DOMAIN,
          firstWave: settings.SMTP_FIRST_WAVE,
        },
        from: settings.MAIL_FROM,
        mailbox: settings.MAIL_RETURN_PATH ?? settings.MAIL_FROM,
      },
    })
    const problems = await findLoginProblems(engine)
    if (!fill && (await directory.database.transaction({ role: 'worker' }, isRestoring)))
      problems.push('A restore into this database was not finished: run it again')
    if (await directory.database.transaction({ role: 'worker' }, isDemonstration))
      problems.push('The database holds the fictional States of a demonstration; use another one')
    if (problems.length > 0) throw new UnsafeSettings(problems)
    return {
      ...directory,
      close: async () => {
        await directory.close()
        await outbound.close()
        release()
      },
    }
  } catch (fault) {
    await engine.close()
    release()
    throw fault
  }
}

async function openEngine(settings: Settings): Promise<Opened> {
  const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, DATABASE_CONNECTIONS: connections } = settings
  if (url !== undefined && ownerUrl !== undefined)
    return { engine: await openPostgres({ url, ownerUrl, connections }), release: () => undefined }
  const folder = resolve(settings.PARLEY_FOLDER)
  const release = lockFolder(folder)
  try {
    const database = join(folder, 'database')
    await prepareEmbedded(database)
    return { engine: await openEmbedded(database), release }
  } catch (fault) {
    release()
    throw fault
  }
}

/** Runs a command on an open Directory, for somebody who typed it in `request.directory`. */
export function runTyped(
  directory: Pick<Directory, 'commands' | 'performer'>,
  clock: Clock,
  request: CommandRequest,
  say: (line: string) => void,
): Promise<number> {
  const scope: CommandScope = {
    performer: directory.performer,
    clock,
    say,
    pathOf: (name) => resolve(request.directory, name),
    readFile: (path) => readWholeFile(resolve(request.directory, path)),
    readBytes: (path, largest) => readWholeBytes(resolve(request.directory, path), largest),
    writeFile: (path, text, over) => writeWholeFile(resolve(request.directory, path), text, over),
  }
  return runCommand(directory.commands, scope, request.words)
}
