import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { after, day } from '@parley/kernel'
import { asDuty, done } from './platform/action.ts'
import { BackupRefused, makeKeyPair, parseRecipients } from './platform/backup/encryption.ts'
import { writeBackup } from './platform/backup/write-backup.ts'
import type { Command, CommandScope } from './platform/command.ts'
import type { Keys } from './platform/config/keys.ts'
import type { Engine } from './platform/database/database.ts'
import { listErasures } from './platform/history/erase.ts'
import { erasureText } from './platform/history/erasure-file.ts'

interface BackupNeeds {
  readonly engine: Engine
  readonly keys: Keys
  readonly recipient: string | undefined
  /** Days for which backups are kept in a folder. */
  readonly keepDays: number
}

/** One state of everything, encrypted to a public key whose private half never lies on this machine. */
export function backupCommand({ engine, keys, recipient, keepDays }: BackupNeeds): Command {
  return {
    name: 'backup',
    usage: 'backup (--to FILE | --keep-in FOLDER) [--recipient FILE]   write an encrypted backup',
    run: async (scope, words) => {
      const { values } = parseArgs({
        args: [...words],
        options: {
          to: { type: 'string' },
          'keep-in': { type: 'string' },
          recipient: { type: 'string' },
        },
      })
      const { performer, clock, say } = scope
      const keepIn = values['keep-in'] === undefined ? undefined : scope.pathOf(values['keep-in'])
      const now = clock.now()
      if ((values.to === undefined) === (keepIn === undefined)) {
        say('Say where to: --to FILE, or --keep-in FOLDER.')
        return 2
      }
      try {
        const file = keepIn === undefined ? scope.pathOf(values.to ?? '') : join(keepIn, fileNameAt(now))
        const recipients = parseRecipients(recipientOf(scope, values.recipient, recipient))
        if (keepIn !== undefined) mkdirSync(keepIn, { recursive: true, mode: 0o700 })
        const { id, rows } = await writeBackup(engine, keys, { file, recipients }, now)
        await performer.perform(asDuty('backup', now), async () =>
          done(undefined, [{ verb: 'backup.made', subject: `backup:${id}` }]),
        )
        say(`Backed up ${rows} rows into ${file}`)
        if (keepIn !== undefined) {
          for (const old of removeOld(keepIn, after(now, -keepDays * day)))
            say(`Removed ${old}: it was older than ${keepDays} days.`)
        }
        return 0
      } catch (fault) {
        if (!(fault instanceof BackupRefused)) throw fault
        say(`Not backed up: ${fault.message}`)
        return 1
      }
    },
  }
}

function recipientOf({ readFile }: CommandScope, named: string | undefined, set: string | undefined): string {
  if (named !== undefined) return readFile(named)
  if (set !== undefined) return set
  throw new BackupRefused(
    'say to whom: set BACKUP_RECIPIENT, or give --recipient FILE with a public key (age1…).',
  )
}

/** `parley-2026-11-26T193601Z.age` */
function fileNameAt(now: Date): string {
  return `parley-${now.toISOString().slice(0, 19).replaceAll(':', '')}Z.age`
}

const fileName = /^parley-(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})Z\.age$/

function removeOld(folder: string, before: Date): readonly string[] {
  const old = readdirSync(folder).filter((name) => {
    const [, date, hours, minutes, seconds] = fileName.exec(name) ?? []
    return date !== undefined && new Date(`${date}T${hours}:${minutes}:${seconds}Z`) < before
  })
  for (const name of old) rmSync(join(folder, name))
  return old
}

/** Named among the commands, so that the running program can say why it does not do it (`restore.ts` does). */
export const restoreCommand: Command = {
  name: 'restore',
  usage:
    'restore --from FILE --key FILE [--erasures FILE|none]   fill an empty database from a backup; the program must not run',
  run: async ({ say }) => {
    say('A restore fills an empty database, and this one is in use: stop the program first.')
    return 2
  },
}

/** Named among the commands, so that the running program can say why it does not do it (`move-to-postgres.ts` does). */
export const moveCommand: Command = {
  name: 'move-to-postgres',
  usage:
    'move-to-postgres   moves the embedded database into the empty one of DATABASE_URL; the program must not run',
  run: async ({ say }) => {
    say('The database is moved while nobody uses it: stop the program, and set DATABASE_URL.')
    return 2
  },
}

/** The list that a restore on another machine needs: what was erased must not come back with an older backup. */
export const erasuresCommand: Command = {
  name: 'erasures',
  usage: 'erasures --out FILE   write the list of what was erased, to keep beside the backups',
  run: async ({ performer, say, pathOf }, words) => {
    const { values } = parseArgs({ args: [...words], options: { out: { type: 'string' } } })
    if (values.out === undefined) {
      say('Say where to: --out FILE.')
      return 2
    }
    const erasures = await performer.database.transaction({ role: 'worker' }, (tx) =>
      listErasures(tx, new Date(0)),
    )
    writeFileSync(pathOf(values.out), erasureText(erasures), { mode: 0o600 })
    say(`Erasures written: ${erasures.length}`)
    return 0
  },
}

/** Needs no database: it is meant for another machine. */
export const makeBackupKeyCommand = {
  name: 'make-backup-key',
  usage: 'make-backup-key --out FILE   make a key pair for backups, on a machine that is not the server',
  run: async ({ say, pathOf }: Pick<CommandScope, 'say' | 'pathOf'>, words: readonly string[]) => {
    const { values } = parseArgs({ args: [...words], options: { out: { type: 'string' } } })
    if (values.out === undefined || existsSync(pathOf(values.out))) {
      say('Say where to put the private key: --out FILE, a new file.')
      return 2
    }
    const { keyFile, recipient } = await makeKeyPair()
    writeFileSync(pathOf(values.out), keyFile, { mode: 0o600, flag: 'wx' })
    say(`The private key is in ${pathOf(values.out)}: keep it, and two copies, away from the server.`)
    say(`The public key, for BACKUP_RECIPIENT on the server: ${recipient}`)
    return 0
  },
} satisfies Command
